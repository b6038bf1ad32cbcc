"""What keeps a brief from being final: a date that cannot be, and a final brief is not written over."""

import calendar
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import moitt_report
from moitt_report.brief.settings import day_of

TITLE = {
    "to": "The Secretary",
    "sender": "Development Wing",
    "file_number": "F. 1(2)/2025-Dev",
    "classification": "RESTRICTED",
    "date": "2 July 2025",
}


def build(out: Path, **more: object) -> moitt_report.Built:
    given: dict[str, object] = {"out": out, "formats": ["json"], "stage": "final", "settings": TITLE}
    return moitt_report.build(["2024-25-Q3"], **(given | more))


@pytest.mark.parametrize(
    ("date", "what"),
    [
        ("03/04/2025", "“03/04/2025” is not a date that can be read"),
        ("31 June 2025", "“31 June 2025” is not a date that can be read"),
        ("30 March 2025", "the date 30 March 2025 is before 31 March 2025, of which the data are"),
        ("1 May 2025", "the date 1 May 2025 is before 1 July 2025, when source S2 was published"),
    ],
)
def test_a_final_brief_is_not_dated_before_what_it_tells(date: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(moitt_report.InputError) as caught:
        build(tmp_path, settings=TITLE | {"date": date})
    assert what in [problem.what for problem in caught.value.problems]
    assert not list(tmp_path.iterdir())


def test_a_draft_may_carry_any_date_for_it_is_not_signed(tmp_path: Path) -> None:
    assert build(tmp_path, stage="draft", settings={"date": "to be filled in"}).files


@given(st.dates(min_value=dt.date(1947, 8, 14), max_value=dt.date(2999, 12, 31)))
def test_a_day_is_read_in_every_usual_spelling(day: dt.date) -> None:
    month, short = calendar.month_name[day.month], calendar.month_abbr[day.month]
    for words in (
        f"{day.day} {month} {day.year}",
        f"{day.day:02}th {month}, {day.year}",
        f"{short}. {day.day}, {day.year}",
        f"{month.upper()} {day.day} {day.year}",
        day.isoformat(),
    ):
        assert day_of(words) == day


def test_a_draft_does_not_take_the_place_of_the_final_brief(tmp_path: Path) -> None:
    (final,) = build(tmp_path).files
    sent = final.read_bytes()
    with pytest.raises(moitt_report.OutputError, match="is the final brief, which a draft does not replace"):
        build(tmp_path, stage="draft", formats=["xlsx"])
    assert [path.read_bytes() for path in final.parent.iterdir()] == [sent]
    assert build(tmp_path).files == (final,)
    assert build(tmp_path / "drafts", stage="draft").files
    assert build(tmp_path / "drafts").brief.stage == "final"
    draft = build(tmp_path / "elsewhere", stage="draft").files[0]
    from moitt_report.pipeline.render import render

    with pytest.raises(moitt_report.OutputError, match="which a draft does not replace"):
        render(draft, out=tmp_path)


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_a_final_brief_is_known_in_each_format(suffix: str, tmp_path: Path) -> None:
    build(tmp_path, formats=[suffix])
    with pytest.raises(moitt_report.OutputError, match=rf"quarterly\.{suffix} is the final brief"):
        build(tmp_path, stage="draft")
