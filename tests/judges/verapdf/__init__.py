"""veraPDF, asked about many files in one call: starting it takes longer than judging a brief."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]
JARS = Path(os.environ.get("MOITT_VERAPDF", HOME / ".judges" / "verapdf"))
FLAVOURS = ("3a", "ua1")
_MAIN = "org.verapdf.apps.GreenfieldCliWrapper"


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file: how many rules it tried, and those that failed."""

    rules: int
    failed: tuple[str, ...]


def missing() -> str:
    """Why veraPDF cannot be asked here; empty when it can."""
    if shutil.which("java") is None:
        return "java is not installed"
    if not list(JARS.glob("greenfield-apps-*.jar")):
        return f"veraPDF is not in {JARS.name}; tests/judges/verapdf/pom.xml says how to fetch it"
    return ""


def judge(folder: Path, flavour: str) -> dict[str, Verdict]:
    """The verdict on each PDF in `folder`, by the name of the file."""
    ran = subprocess.run(
        [
            "java", "-XX:+UseSerialGC", "-Djava.awt.headless=true", "-cp", f"{JARS}/*", _MAIN,
            "--format", "json", "--maxfailuresdisplayed", "1", "--flavour", flavour, str(folder),
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    jobs = json.loads(ran.stdout)["report"]["jobs"]
    return {Path(job["itemDetails"]["name"]).name: _verdict(job) for job in jobs}


def _verdict(job: dict) -> Verdict:
    results = job.get("validationResult")
    if not results:
        return Verdict(0, (f"veraPDF could not read the file: {job.get('taskException')}",))
    result = results[0] if isinstance(results, list) else results
    details = result["details"]
    failed = tuple(
        f"{rule['clause']}-{rule['testNumber']} {rule['description']} at {rule['checks'][0]['context']}"
        for rule in details["ruleSummaries"]
    )
    return Verdict(details["passedRules"] + details["failedRules"], failed)
