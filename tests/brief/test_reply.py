"""A written reply: the question in its own words, the answer from the returns, nothing between."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import moitt_report
from conftest import QUESTION
from moitt_report.brief.content import Brief, Paragraph, Table, blocks, plain
from moitt_report.brief.reply import question_parts, unanswered
from moitt_report.errors import UsageError
from moitt_report.pipeline.inputs import read_settings
from moitt_report.shipped import shipped


def reply(input: str = "2023-24_2024-25", stage: str = "draft", **settings: Any) -> Brief:
    portfolio, _ = moitt_report.load([input])
    outline = moitt_report.load_outline("parliament")
    return moitt_report.compose(portfolio, outline, moitt_report.Settings(**settings), stage)  # type: ignore[arg-type]


def paragraphs(brief: Brief) -> list[str]:
    return [plain(b.runs).replace("\u00a0", " ") for b in blocks(brief) if isinstance(b, Paragraph)]


UNLETTERED = QUESTION | {"question": "What was completed?", "answers": {}}


def test_the_ministry_s_reply_of_13_november_2025_says_its_published_figures() -> None:
    said = paragraphs(reply(**UNLETTERED))
    assert said[1].startswith(
        "19 public-sector IT and telecom projects were completed in FY 2023-24 to FY 2024-25. "
        "Rs 12,650 million was allocated to them and Rs 12,060 million utilised, 95.3 % of the allocation."
    )
    assert said[2] == "By agency: SCO 7 and PSEB 6. The source does not name the agency of 6 of the projects."
    assert "13 National Incubation Centers: Punjab 4, Sindh 3" in said[3]


def test_the_parts_of_the_question_are_paragraphs_in_its_own_words() -> None:
    said = paragraphs(reply(**QUESTION))
    assert [words[:4] for words in said[:4]] == ["Will", "(a) ", "(b) ", "(c) "]
    assert " ".join(said[:4]) == QUESTION["question"]


def test_each_part_is_answered_under_its_letter_in_the_order_asked() -> None:
    said = paragraphs(reply(**QUESTION))
    assert [words[:4] for words in said[4:7]] == ["(a) ", "(b) ", "(c) "]
    assert said[4].startswith(
        "(a) 19 public-sector IT and telecom projects were completed in FY 2023-24 to FY 2024-25: SCO 7"
    )
    assert said[5] == (
        "(b) Rs 12,650 million was allocated to them and Rs 12,060 million utilised, 95.3 % of the allocation."
    )
    assert "13 National Incubation Centers" in said[6]


def test_answers_given_in_another_order_stand_in_the_order_asked() -> None:
    turned = dict(reversed(QUESTION["answers"].items()))
    assert paragraphs(reply(**QUESTION | {"answers": turned})) == paragraphs(reply(**QUESTION))


def without_b(stage: str, tmp_path: Path) -> moitt_report.Built:
    rest = {f"answer.{letter}": words for letter, words in QUESTION["answers"].items() if letter != "b"}
    typed = {name: words for name, words in QUESTION.items() if name != "answers"} | rest
    return moitt_report.build(
        ["2023-24_2024-25"],
        out=tmp_path,
        outline="parliament",
        formats=["pdf"],
        settings=typed | {"classification": "ILLUSTRATIVE"},
        stage=stage,  # type: ignore[arg-type]
    )


def test_a_draft_shows_where_the_answer_to_a_part_goes_and_warns_of_it(tmp_path: Path) -> None:
    built = without_b("draft", tmp_path)
    said = paragraphs(built.brief)
    assert said[5] == "(b) (The answer to this part goes here.)"
    (problem,) = [p for p in built.problems if p.where == "reply"]
    assert str(problem) == (
        "warning: reply: part (b) of the question is not answered; "
        "answer it by --set answer.b=… or under “answers” in brief.yaml"
    )


def test_no_final_reply_leaves_a_part_unanswered(tmp_path: Path) -> None:
    with pytest.raises(moitt_report.InputError) as caught:
        without_b("final", tmp_path)
    assert "part (b) of the question is not answered" in {p.what for p in caught.value.problems}


def problems_of(stage: str = "draft", question: str = "State: (a) one; (b) two", **answers: str) -> list[str]:
    outline = moitt_report.load_outline("parliament")
    typed = moitt_report.Settings(question=question, answers=answers)
    return [problem.what for problem in unanswered(outline, typed)]


def test_an_answer_to_a_part_that_was_not_asked_is_a_problem() -> None:
    assert problems_of(a="One.", b="Two.", c="Three.") == [
        "there is an answer to part (c), which the question does not have"
    ]
    assert problems_of(question="How many parks?", a="Two.") == [
        "there is an answer to part (a), which the question does not have"
    ]
    assert problems_of(a="One.", b="Two.") == []
    assert problems_of(question="How many parks?") == []


def test_a_numeral_in_an_answer_that_no_figure_stands_behind_is_told(tmp_path: Path) -> None:
    (tmp_path / "moitt.yaml").write_bytes(shipped("data", "returns", "2024-25-Q2", "moitt.yaml").read_bytes())
    (tmp_path / "brief.yaml").write_text(
        "question: State (a) the funds utilised.\nanswers:\n  a: Funds of 777 million were utilised, {utilised}.\n",
        "utf-8",
    )
    built = moitt_report.build([tmp_path], out=tmp_path / "out", outline="parliament", formats=["pdf"])
    told = [p.what for p in built.problems if "answer to part (a)" in p.what]
    assert told == [
        "“777” in the answer to part (a) “Funds of 777 million were utilised, {utilised}.” is no figure of the brief"
    ]
    assert "(a) Funds of 777 million were utilised, Rs 2,243.6 million." in paragraphs(built.brief)


def test_an_unknown_token_in_an_answer_is_refused() -> None:
    with pytest.raises(moitt_report.InputError, match="answer to part \\(a\\) is not a known token"):
        reply(question="State (a) one.", answers={"a": "It was {utilisd}."})


def test_a_long_answer_full_of_dates_is_printed_whole() -> None:
    words = " ".join(f"On {n} May 2025 the committee met." for n in range(1, 31))
    assert f"(a) {words}" in paragraphs(reply(question="State (a) one.", answers={"a": words}))


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


@pytest.mark.parametrize("words", ["-", "n/a", "…", "N.A.", "TBD"])
def test_an_answer_that_says_nothing_is_none(words: str) -> None:
    assert problems_of(a="Nil.", b=words) == ["part (b) of the question is not answered"]


@pytest.mark.parametrize("words", ["{completed projects", "completed} projects", "{ completed } projects"])
def test_a_brace_in_an_answer_that_holds_no_token_is_refused(words: str) -> None:
    with pytest.raises(moitt_report.InputError) as caught:
        reply(**QUESTION | {"answers": {"a": words}})
    assert [(p.what, p.remedy) for p in caught.value.problems] == [
        (
            f"a brace in the answer to part (a) “{words}” holds no token",
            "write a token in braces, as {utilised}, or leave the brace out; see: moitt-report list tokens",
        )
    ]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Exports rose by {exports.rose}.", "{exports.rose} stands for nothing in this brief"),
        ("{completed:long} were completed.", "“completed” has no printing “long”"),
    ],
)
def test_a_token_of_an_answer_that_gives_no_words_is_refused_where_it_stands(words: str, what: str) -> None:
    with pytest.raises(moitt_report.InputError) as caught:
        reply(**QUESTION | {"answers": {"a": words}})
    assert [(p.where, p.what) for p in caught.value.problems] == [("reply, part (a)", what)]
