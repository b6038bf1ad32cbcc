"""Outlines: what an officer may write in them, and how their faults are named."""

from pathlib import Path

import pytest

import moitt_report
from moitt_report.brief.content import Brief, Table, blocks, plain
from moitt_report.errors import InputError
from moitt_report.shipped import shipped

SMALL = """\
outline: mine
title: My brief
running_head: Mine
letterhead: [GOVERNMENT OF PAKISTAN]
fields:
  - {name: to, label: To}
sections:
  - id: front
    parts:
      - heading: Summary
      - paragraph: "**By {as-of}**, {utilised} was *spent*."
"""


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        moitt_report.read_outline(text, "mine.yaml")
    return [f"{p.where}: {p.what}" for p in caught.value.problems]


@pytest.mark.parametrize("name", ["quarterly", "completion"])
def test_the_shipped_outlines_are_sound(name: str) -> None:
    assert moitt_report.load_outline(name).outline == name


def test_a_small_outline_makes_a_brief() -> None:
    portfolio, _ = moitt_report.load(["2024-25-Q2"])
    brief = moitt_report.compose(portfolio, moitt_report.read_outline(SMALL, "mine.yaml"))
    assert "2,243.6" in brief.as_json


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "heading: Summary",
            "heading: Summary of 3",
            "mine.yaml:10: “Summary of 3” has a numeral of its own",
        ),
        ("*spent*", "*spent", "mine.yaml:11: “**By {as-of}**, {utilised} was *spent.” has an asterisk"),
        ("{utilised}", "{utilised", "has a brace that is no {token}"),
        ("heading: Summary", "headline: Summary", "mine.yaml:10: parts: begin each part with one of heading"),
        ("title: My brief", "titel: My brief", "mine.yaml:2: titel: Extra inputs are not permitted"),
        ("sections:", "sections: [", "is not valid YAML"),
    ],
)
def test_each_fault_of_an_outline_is_named_with_its_line(old: str, new: str, said: str) -> None:
    assert any(said in problem for problem in problems(SMALL.replace(old, new, 1)))


def test_unknown_blocks_and_tokens_are_all_named_at_once() -> None:
    text = shipped("templates", "quarterly.yaml").read_text("utf-8")
    text = text.replace("{utilised.of-authorised}", "{utilised.of-autorised}").replace(
        "block: position\n", "block: positions\n"
    )
    portfolio, _ = moitt_report.load(["2024-25-Q2"])
    with pytest.raises(InputError) as caught:
        moitt_report.compose(portfolio, moitt_report.read_outline(text, "mine.yaml"))
    whats = {p.what for p in caught.value.problems}
    assert "{utilised.of-autorised} is not a known token" in whats
    assert "“positions” is not a known block" in whats


def test_a_paragraph_falls_back_when_a_figure_is_not_reported() -> None:
    text = SMALL.replace(
        'paragraph: "**By {as-of}**, {utilised} was *spent*."',
        'paragraph:\n          - "Released: {released}."\n          - "Nothing was released that is reported."',
    )
    portfolio, _ = moitt_report.load(["2024-25-Q2"])
    brief = moitt_report.compose(portfolio, moitt_report.read_outline(text, "mine.yaml"))
    assert "Nothing was released that is reported." in brief.as_json
    assert "Released:" not in brief.as_json


def test_more_utilised_than_authorised_is_said_as_such_and_asks_for_no_surrender() -> None:
    portfolio, _ = moitt_report.load(["2024-25-Q2"])
    (filed,) = portfolio.returns
    first, *others = filed.budgets
    more = moitt_report.Amount.model_validate(
        {"amount": "Rs 9,375 million", "as_of": "2024-12-31", "source": first.utilised[0].source}
    )
    budget = moitt_report.Budget.model_validate({**dict(first), "utilised": (more,)})
    returns = (moitt_report.AgencyReturn.model_validate({**dict(filed), "budgets": (budget, *others)}),)
    changed = moitt_report.assemble(returns, portfolio.registers)
    text = moitt_report.compose(changed, moitt_report.load_outline("quarterly")).as_json
    assert "more was utilised than authorised" in text
    assert "authorised and unused" not in text


def test_money_that_is_reported_by_project_only_is_not_called_unreported() -> None:
    portfolio, _ = moitt_report.load([Path(__file__).parents[1] / "illustrative" / "2025-26-Q1"])
    (first,) = (filed for filed in portfolio.returns if filed.budgets)
    without = moitt_report.AgencyReturn.model_validate({**dict(first), "budgets": ()})
    book = moitt_report.assemble((without,), portfolio.registers)
    said = moitt_report.compose(book, moitt_report.load_outline("quarterly")).as_json
    assert "The money of the period is reported by project only:" in said
    assert "The money of the period is not reported:" not in said


def test_agencies_that_were_never_heard_of_are_named_beside_those_that_filed() -> None:
    portfolio, _ = moitt_report.load([Path(__file__).parents[1] / "illustrative" / "2025-26-Q2"])
    brief = moitt_report.compose(portfolio, moitt_report.load_outline("quarterly"))
    (table,) = (b for b in blocks(brief) if isinstance(b, Table) and b.anchor == "returns")
    (note,) = (plain(note) for note in table.notes)
    told = note.partition("Neither filed nor awaited: ")[2].partition(".")[0]
    heard = {filed.agency for filed in portfolio.returns} | set(portfolio.not_filed)
    asked = [agency.short for agency in portfolio.registers.asked if agency.id not in heard]
    assert told == f"{', '.join(asked[:-1])} and {asked[-1]}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("outline: mine", "outline: ../mine", "mine.yaml:1: “../mine” is no id"),
        ("id: front", "id: <b>", "mine.yaml:8: “<b>” is no id"),
        ("id: front", f"id: {'x' * 65}", "is no id"),
        ("  - id: front\n", "  - id: front\n    needs: [a b]\n", "mine.yaml:9: “a b” is no id"),
    ],
)
def test_what_becomes_part_of_a_name_is_an_id(old: str, new: str, said: str) -> None:
    assert any(said in problem for problem in problems(SMALL.replace(old, new, 1)))


def composed(text: str) -> Brief:
    portfolio, _ = moitt_report.load(["2024-25-Q2"])
    return moitt_report.compose(portfolio, moitt_report.read_outline(text, "mine.yaml"))


def test_a_text_of_several_lines_is_one_text() -> None:
    block = "title: |\n  My\n  brief\n"
    assert composed(SMALL.replace("title: My brief\n", block)).title.startswith("My brief, ")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            "      - {block: position, title: Position}\n",
            "notes that are referred to are not there: S1, S2, S3, S10",
        ),
        (2 * "      - {block: absences, title: Absent}\n", "“absences” stands for two places"),
        ("      - {heading: Deep, level: 3}\n", "the heading level skips at h1"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused_with_the_remedy(more: str, said: str) -> None:
    text = SMALL.replace("      - heading: Summary\n", "") + more
    with pytest.raises(InputError) as caught:
        composed(text)
    (problem,) = caught.value.problems
    assert (problem.where, problem.what) == ("mine.yaml", said)
    assert "sources (S)" in problem.remedy


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "title: My brief",
            "title: &t My brief",
            "mine.yaml:2: uses an anchor (&name)",
        ),
        ("title: My brief", "title: *t", "mine.yaml:2: uses an alias (*name)"),
        ("title: My brief", "title: !!python/name:os.system x", "mine.yaml:2: uses a tag (!!"),
        ("title: My brief", "title: " + "[" * 3_000, "mine.yaml:2: is nested deeper than 20 levels"),
        ("title: My brief", "title: 2024-13-45", "mine.yaml: holds a date or a number that there is not"),
        ("title: My brief", "title: " + "9" * 5_000, "mine.yaml: holds a date or a number that there is not"),
        ("title: My brief", 'title: "\\UFFFFFFFF"', "mine.yaml: holds a date or a number that there is not"),
    ],
    ids=["anchor", "alias", "tag", "deep", "no date", "endless number", "no character"],
)
def test_an_outline_is_plain_yaml(old: str, new: str, said: str) -> None:
    (problem,) = problems(SMALL.replace(old, new, 1))
    assert problem.startswith(said)


def test_aliases_of_aliases_do_not_grow_without_end() -> None:
    lines = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (problem,) = problems("\n".join(["a0: &a0 [x, x]", *lines]))
    assert problem.startswith("mine.yaml:1: uses an anchor")
