"""A Brief that exists is fit to print: what is refused, and in which words."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import ValidationError
from msgspec.json import encode
from msgspec.structs import replace

from builders import Facts, money_table, month_chart, sample_brief, say
from moitt_report.brief.content import (
    Brief,
    Cell,
    Figure,
    Heading,
    Link,
    NoteRef,
    Paragraph,
    Runs,
    Section,
    Text,
    runs,
)
from moitt_report.brief.fact import Fact
from moitt_report.render.docx.document import render_docx
from moitt_report.render.pdf.document import render_pdf
from strategies_brief import briefs


def with_block(block: Any, **changes: Any) -> Brief:
    return sample_brief(sections=(Section(id="only", blocks=(block,)),), **changes)


@given(st.text(min_size=1, max_size=40).filter(lambda t: any(c.isdigit() for c in t)))
def test_a_numeral_in_plain_words_is_always_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"belongs to no Fact|cannot be printed"):
        Text(words=words)


@pytest.mark.parametrize(
    "words", ["31 December 2024", "FY 2024-25 Q2", "July–December 2024", "2024", "Jul–Dec 2023"]
)
def test_dates_are_furniture(words: str) -> None:
    assert Text(words=words, furniture="date").words == words


@pytest.mark.parametrize("words", ["12 million", "2,243.6", "Rs 5", "45 %", "99 December 2024x"])
def test_a_figure_cannot_pass_as_a_date(words: str) -> None:
    with pytest.raises(ValueError, match="does not look like a date"):
        Text(words=words, furniture="date")


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\u202e", "\u2066", "\ufffe"])
def test_characters_that_corrupt_or_mislead_are_refused(character: str) -> None:
    with pytest.raises(ValueError, match="cannot be printed"):
        Text(words=f"a{character}b")


@pytest.mark.parametrize("told", ['"number":"Table 1"', '"anchor":""', '"language":"en-GB"'])
def test_no_name_in_a_brief_that_was_saved_can_steer_a_console(told: str) -> None:
    json = sample_brief().as_json
    assert told in json
    with pytest.raises(ValidationError, match="regex"):
        Brief.from_json(json.replace(told, f'{told[:-1]}\\u009b2J"', 1))


def test_a_chart_draws_what_it_says() -> None:
    f = Facts()
    chart = month_chart(f)
    first, *others = chart.series
    points = (replace(first.points[0], value="239"), *first.points[1:])
    drawn = replace(chart, series=(replace(first, points=points), *others), sources=())
    with pytest.raises(ValueError, match="draws 239 where it says “238”"):
        with_block(drawn, facts=tuple(f.facts.values()))


def test_a_figure_needs_its_fact() -> None:
    stray = Paragraph(runs=(Figure(fact="nowhere", printing="table", words="5"),))
    with pytest.raises(ValueError, match="belongs to the fact nowhere, which is missing"):
        with_block(stray)


def test_a_figure_prints_the_words_of_its_fact_and_no_others() -> None:
    fact = Fact(id="f1", label="x", value="5", unit="", printings={"table": "5"})
    wrong = Paragraph(runs=(Figure(fact="f1", printing="table", words="6"),))
    with pytest.raises(ValueError, match="is not the printing"):
        with_block(wrong, facts=(fact,))


def test_a_fact_has_a_value_or_an_absence_never_both_never_neither() -> None:
    with pytest.raises(ValueError, match="either a value or an absence"):
        Fact(id="f", label="x", value=None, unit="", printings={})
    with pytest.raises(ValueError, match="either a value or an absence"):
        Fact(id="f", label="x", value="1", absence="not reported", unit="", printings={})


def test_a_fact_computed_from_a_missing_one_is_refused() -> None:
    fact = Fact(id="f1", label="x", value="5", unit="", printings={"table": "5"}, inputs=("gone",))
    with pytest.raises(ValueError, match="computed from gone, which is missing"):
        sample_brief(facts=(fact,))


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (NoteRef(words="R9"), "notes that are referred to are not there: R9"),
        (Link(words="there", target="#nowhere"), "the link to #nowhere has no target"),
    ],
)
def test_references_need_a_target(run: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        with_block(Paragraph(runs=(run,)))


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "ftp://x", "data:text/html,x"]
)
def test_links_lead_to_the_web_or_into_the_brief_only(target: str) -> None:
    with pytest.raises(ValueError, match="a link leads to the web or into this brief"):
        Link(words="x", target=target)


def test_heading_levels_do_not_skip() -> None:
    with pytest.raises(ValueError, match="the heading level skips"):
        with_block(Heading(level=3, runs=say("too deep"), anchor="deep"))


def test_a_cell_is_never_empty() -> None:
    with pytest.raises(ValueError, match="a cell is never empty"):
        Cell()


def test_a_status_mark_needs_its_word() -> None:
    with pytest.raises(ValueError, match="a status mark needs its word"):
        Cell(tone="bad")


def test_a_table_is_rectangular() -> None:
    table = money_table(Facts())
    with pytest.raises(ValueError, match="row 1 of table-1 does not fill its 5 columns"):
        replace(table, rows=(replace(table.rows[0], cells=table.rows[0].cells[:-1]),))


def test_grouped_heads_neither_overlap_nor_leave_the_table() -> None:
    table = money_table(Facts())
    with pytest.raises(ValueError, match="overlap or leave the table"):
        replace(table, groups=(*table.groups, *table.groups))


def test_each_series_has_one_point_for_each_category() -> None:
    chart = month_chart(Facts())
    with pytest.raises(ValueError, match="needs one point for each category"):
        replace(chart, categories=chart.categories[:2])


@pytest.mark.parametrize("alt", [(), (Text(words="  "),)])
def test_a_chart_needs_words_for_those_who_do_not_see_it(alt: Runs) -> None:
    chart = month_chart(Facts())
    with pytest.raises(ValueError, match="needs words for those who do not see it"):
        replace(chart, alt=alt)


def test_a_brief_that_runs_from_right_to_left_is_refused_not_set_the_other_way() -> None:
    with pytest.raises(ValueError, match=r"'rtl' - at `\$\.direction`"):
        Brief.from_json(sample_brief().saved.replace(b'"direction":"ltr"', b'"direction":"rtl"'))


def test_two_places_cannot_share_an_anchor() -> None:
    heading = Heading(level=2, runs=say("a"), anchor="same")
    with pytest.raises(ValueError, match="“same” stands for two places"):
        sample_brief(
            sections=(Section(id="s", blocks=(sample_brief().sections[0].blocks[0], heading, heading)),)
        )


def test_the_walk_meets_every_word_of_the_sample() -> None:
    brief = sample_brief()
    met = "".join(run.words for run in runs(brief))
    for words in (
        "R&D <b>not markup</b>",
        "another bullet",
        "Utilised means spent.",
        "authorised and utilised not reported",
    ):
        assert words in met


def test_the_json_of_a_brief_is_made_once_and_a_copy_makes_its_own() -> None:
    brief = sample_brief()
    assert brief.as_json is brief.as_json
    assert brief.as_json.encode() == encode(brief.read_back())
    copied = replace(brief, file_number="F. 9")
    assert copied.as_json.encode() == encode(copied.read_back()) != brief.as_json.encode()
    assert copied.digest == replace(brief, file_number="F. 9").digest != brief.digest
    assert brief == Brief.from_json(brief.as_json)


@settings(max_examples=25, deadline=None)
@given(briefs())
def test_any_brief_reads_back_from_its_json_as_it_was(brief: Brief) -> None:
    again = Brief.from_json(brief.as_json)
    assert again == brief
    assert again.as_json == brief.as_json


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 4001),
        ("outline", "no outline"),
        ("period", "2024/25"),
        ("about", "PSEB"),
        ("sections", ()),
    ],
)
def test_no_file_is_made_of_a_brief_that_nobody_could_read_again(field: str, value: object) -> None:
    brief = sample_brief(**{field: value})
    with pytest.raises(ValueError, match=field):
        _ = brief.as_json
    with pytest.raises(ValueError, match=rf"{field}|invalid literal"):
        render_pdf(brief)
    with pytest.raises(ValueError, match=field):
        render_docx(brief)


@pytest.mark.parametrize("day", ["2024-13-45", "20241231", "yesterday", ""])
def test_the_cut_off_is_a_day_of_the_calendar(day: str) -> None:
    with pytest.raises(ValueError, match="is not a day, written as 2024-12-31"):
        sample_brief(as_of=day)
