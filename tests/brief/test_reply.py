"""A written reply: the question in its own words, the answer from the returns, nothing between."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import moitt_report
from conftest import QUESTION
from moitt_report.brief.content import Brief, Paragraph, Table, blocks, plain
from moitt_report.brief.reply import question_parts
from moitt_report.errors import UsageError
from moitt_report.pipeline.inputs import read_settings


def reply(input: str = "2023-24_2024-25", stage: str = "draft", **settings: str) -> Brief:
    portfolio, _ = moitt_report.load([input])
    outline = moitt_report.load_outline("parliament")
    return moitt_report.compose(portfolio, outline, moitt_report.Settings(**settings), stage)  # type: ignore[arg-type]


def paragraphs(brief: Brief) -> list[str]:
    return [plain(b.runs).replace("\u00a0", " ") for b in blocks(brief) if isinstance(b, Paragraph)]


def test_the_ministry_s_reply_of_13_november_2025_says_its_published_figures() -> None:
    said = paragraphs(reply(**QUESTION))
    assert said[4].startswith(
        "19 public-sector IT and telecom projects were completed in FY 2023-24 to FY 2024-25. "
        "Rs 12,650 million was allocated to them and Rs 12,060 million utilised, 95.3 % of the allocation."
    )
    assert said[5] == "By agency: SCO 7 and PSEB 6. The source does not name the agency of 6 of the projects."
    assert "13 National Incubation Centers: Punjab 4, Sindh 3" in said[6]


def test_the_parts_of_the_question_are_paragraphs_in_its_own_words() -> None:
    said = paragraphs(reply(**QUESTION))
    assert [words[:4] for words in said[:4]] == ["Will", "(a) ", "(b) ", "(c) "]
    assert " ".join(said[:4]) == QUESTION["question"]


def test_tables_follow_for_agencies_money_and_results() -> None:
    anchors = [b.anchor for b in blocks(reply(**QUESTION)) if isinstance(b, Table)]
    assert anchors == [
        "completed",
        "position",
        "nics",
        "results",
        "reconciliation",
        "warnings",
        "sources",
    ]


def test_a_quarter_is_answered_with_its_projects_and_its_money() -> None:
    brief = reply("2024-25-Q2")
    anchors = [b.anchor for b in blocks(brief) if isinstance(b, Table)]
    assert {"position", "projects", "results"} <= set(anchors)
    assert "26.8 % of the amount authorised and 9.4 % of the allocation" in paragraphs(brief)[1]


def test_a_draft_without_a_question_says_where_it_goes_and_a_final_reply_needs_it() -> None:
    assert "the question as admitted goes here" in paragraphs(reply())[0]
    with pytest.raises(moitt_report.InputError) as caught:
        reply(stage="final")
    missing = {p.what for p in caught.value.problems}
    assert {f"a final brief needs “{n}”" for n in ("question", "house", "asked_by", "date")} <= missing


def test_the_number_of_the_question_keeps_two_replies_apart() -> None:
    assert reply(**QUESTION).stem == "parliament-121"
    assert reply().stem == "parliament"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("How many parks?", ["How many parks?"]),
        ("State: (a) one; (b) two", ["State:", "(a) one;", "(b) two"]),
        ("(a) one (b) two (c) three", ["(a) one", "(b) two", "(c) three"]),
        # A letter out of turn is part of the sentence: a section of a law, for example.
        (
            "Under section 5 (c) of the Act, (a) one; (b) two",
            ["Under section 5 (c) of the Act,", "(a) one;", "(b) two"],
        ),
        ("Programme(s) of (a) PSEB", ["Programme(s) of", "(a) PSEB"]),
    ],
)
def test_a_question_is_parted_at_its_letters_in_their_order(question: str, parts: list[str]) -> None:
    assert question_parts(question) == parts


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")), max_size=300))
def test_no_word_of_a_question_is_lost(question: str) -> None:
    kept = "".join(question_parts(question))
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", question)


def test_a_long_question_full_of_numerals_is_printed_whole() -> None:
    question = " ".join(f"whether the sum of Rs {n},000 was paid;" for n in range(1, 60))
    said = paragraphs(reply(question=question))
    assert said[0] == question


def test_line_breaks_of_a_question_are_of_no_account(tmp_path) -> None:
    (tmp_path / "brief.yaml").write_text("question: |\n  (a) one;\n  (b) two?\n", "utf-8")
    settings = read_settings([tmp_path], {})
    assert settings.question == "(a) one; (b) two?"


def test_a_question_beyond_bounds_is_refused_before_anything_is_made() -> None:
    with pytest.raises(UsageError, match="cannot hold that"):
        read_settings([], {"question": "x" * 3001})
    with pytest.raises(UsageError, match="cannot hold that"):
        read_settings([], {"question": "\u202eeht"})
