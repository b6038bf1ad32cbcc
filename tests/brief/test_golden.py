"""The built-in briefs as JSON, reviewed once by a person: what they say, and every Fact behind it."""

import json
from pathlib import Path

from moitt_report.brief.content import Brief, Chart, Figure, Run, Table, block_runs, blocks, plain


def outline_of(brief: Brief) -> dict[str, object]:
    """The brief small enough to be read: each text in order, each figure with its Fact."""
    return {
        "title": brief.title,
        "as_of": brief.as_of,
        "blocks": [_block(block) for block in blocks(brief)],
        "facts": {
            fact.id: " · ".join(
                part
                for part in (
                    fact.value or fact.absence or "",
                    fact.unit,
                    fact.formula,
                    ", ".join(fact.sources),
                    fact.address,
                )
                if part
            )
            for fact in brief.facts
        },
    }


def _block(block: object) -> str:
    match block:
        case Table():
            rows = ["; ".join(plain(cell.runs) or "____" for cell in row.cells) for row in block.rows]
            return "\n".join([f"{block.number} {plain(block.title)}", *rows, plain(block.sources)])
        case Chart():
            return f"{block.number} {plain(block.alt)}"
        case _:
            return "".join(map(_run, block_runs(block)))  # type: ignore[arg-type]


def _run(run: Run) -> str:
    return f"⟨{run.words}|{run.fact}⟩" if isinstance(run, Figure) else run.words


def test_the_built_in_brief_says_what_was_reviewed(
    builtin: Brief, builtin_name: str, golden_folder: Path, regenerate: bool
) -> None:
    file = golden_folder / f"{builtin_name}.json"
    now = json.dumps(outline_of(builtin), ensure_ascii=False, indent=1) + "\n"
    if regenerate:
        file.write_text(now, "utf-8")
    assert now == file.read_text("utf-8"), "run with --regenerate and review the difference"


def test_the_golden_switch_is_off(regenerate: bool) -> None:
    assert not regenerate, "golden files were written; run again without --regenerate"


def test_a_brief_survives_its_own_json(builtin: Brief) -> None:
    assert Brief.from_json(builtin.as_json) == builtin
