"""What keeps a brief from being final: a date that cannot be, and a final brief is not written over."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import moitt_report
from conftest import compose_builtin
from moitt_report.brief.content import Brief
from moitt_report.brief.settings import day_of
from moitt_report.months import MONTHS, SHORT_MONTHS
from moitt_report.pipeline.carried import keep_final

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


@pytest.fixture(scope="module")
def draft() -> Brief:
    """The draft of the same quarter."""
    return compose_builtin("2024-25-Q3")


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
    month, short = MONTHS[day.month - 1], SHORT_MONTHS[day.month - 1]
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


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "json"])
def test_a_final_brief_of_one_format_alone_stays_and_a_draft_is_built_over_a_draft(
    suffix: str, tmp_path: Path
) -> None:
    (final,) = build(tmp_path, formats=[suffix]).files
    sent = final.read_bytes()
    with pytest.raises(moitt_report.OutputError, match=rf"quarterly\.{suffix} is the final brief"):
        build(tmp_path, stage="draft", formats=[suffix])
    assert final.read_bytes() == sent
    first = build(tmp_path / "drafts", stage="draft", formats=[suffix])
    assert build(tmp_path / "drafts", stage="draft", formats=[suffix]).files == first.files


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "json"])
def test_a_file_of_its_name_that_is_no_draft_of_ours_is_not_replaced(
    suffix: str, draft: Brief, tmp_path: Path
) -> None:
    file = tmp_path / "2024-25-Q3" / f"quarterly.{suffix}"
    file.parent.mkdir()
    for content in (b"", b"{}", b"PK\x03\x04", b"%PDF-1.7\n", b'{"stage": "draft"}'):
        file.write_bytes(content)
        with pytest.raises(moitt_report.OutputError, match="cannot be shown to be a draft") as caught:
            keep_final(draft, tmp_path)
        assert "--out" in str(caught.value)
        assert file.read_bytes() == content


@pytest.mark.parametrize("suffix", ["pdf", "docx", "json"])
def test_a_brief_too_long_to_be_read_back_is_known_by_what_its_file_says_of_itself(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "draft", stage="draft", formats=[suffix])
    build(tmp_path / "final", formats=[suffix])
    monkeypatch.setattr("moitt_report.pipeline.carried.MOST_JSON", 10)
    assert build(tmp_path / "draft", stage="draft", formats=[suffix]).files
    with pytest.raises(moitt_report.OutputError, match="is the final brief"):
        build(tmp_path / "final", stage="draft", formats=[suffix])


def test_what_the_title_block_cannot_hold_is_said_in_plain_english(tmp_path: Path) -> None:
    with pytest.raises(moitt_report.UsageError) as caught:
        build(tmp_path, stage="draft", settings={"title": "A" * 400, "to": ""})
    said = str(caught.value)
    assert said.startswith("the title block cannot hold that: ")
    assert "“title” is longer than 200 characters: shorten it" in said
    assert "“to” is empty" in said
    assert "pydantic" not in said
