"""What all tests share: the built-in briefs, the golden switch, and judges that CI may not skip."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import moitt_report
from moitt_report.brief.content import Brief

ILLUSTRATIVE = Path(__file__).parent / "decisions" / "2025-26-Q2"
"""Returns of two agencies that tell everything a return can tell. Every figure in them is invented."""

QUESTION: dict[str, Any] = {
    "house": "National Assembly",
    "question_number": "121",
    "asked_by": "ILLUSTRATIVE, a Member",
    "date": "13 November 2025",
    "question": "Will the Minister be pleased to state: (a) the number of projects completed in the years 2023-24 and "
    "2024-25; (b) the funds allocated to and utilised on them; and (c) the results achieved?",
    "answers": {
        "a": "{completed} public-sector IT and telecom projects were completed in {period}: {completed.parts}. The source "
        "does not name the agency of {completed.not-broken-down} of them.",
        "b": "{allocation} was allocated to them and {utilised} utilised, {utilised.of-allocation} of the allocation.",
        "c": "{kpi.interns-placed} interns were placed and {kpi.nics-established} National Incubation Centers established: "
        "{nics.parts}. The other results stand in the table of results.",
    },
}


class Asked(NamedTuple):
    """What a brief is made of."""

    input: str | Path
    outline: str
    about: str | None = None
    settings: Mapping[str, Any] = {}


INPUTS = {
    "2023-24_2024-25": Asked("2023-24_2024-25", "completion"),
    "2024-25-Q2": Asked("2024-25-Q2", "quarterly"),
    "2024-25-Q3": Asked("2024-25-Q3", "quarterly"),
    "2023-24_2024-25-parliament": Asked("2023-24_2024-25", "parliament", settings=QUESTION),
    "2025-26-Q2": Asked(ILLUSTRATIVE, "quarterly", settings={"classification": "ILLUSTRATIVE"}),
    "2025-26-Q2-agency": Asked(ILLUSTRATIVE, "agency", "pseb", {"classification": "ILLUSTRATIVE"}),
    "2025-26-Q2-project": Asked(
        ILLUSTRATIVE, "project", "karachi-it-park", {"classification": "ILLUSTRATIVE"}
    ),
}
"""Every outline at work: on the built-in data, and on illustrative data where the record has none."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew, to be reviewed")
    parser.addoption("--kills", type=int, default=10, help="how often the filing of returns is killed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI a judge that was skipped is a failure: a gate nobody runs is worse than none."""
    report = yield
    if report.skipped and item.get_closest_marker("judge") and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"a judge was skipped in CI: {report.longrepr}"
    return report


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--regenerate"))


def compose_builtin(name: str) -> Brief:
    asked = INPUTS[name]
    portfolio, _ = moitt_report.load([asked.input])
    outline, settings = moitt_report.load_outline(asked.outline), moitt_report.Settings(**asked.settings)
    return moitt_report.compose(portfolio, outline, settings, about=asked.about)


@pytest.fixture(scope="session", params=sorted(INPUTS))
def builtin_name(request: pytest.FixtureRequest) -> str:
    """The name of each built-in brief in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def builtin(builtin_name: str) -> Brief:
    """Each built-in brief in turn."""
    return compose_builtin(builtin_name)


@pytest.fixture
def golden_folder() -> Path:
    return Path(__file__).parent / "brief" / "golden"
