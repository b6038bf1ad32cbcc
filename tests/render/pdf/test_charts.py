"""Charts of any size: every label printed, none over another, gaps left as gaps."""

import itertools

import pypdfium2
import pytest
from msgspec.structs import replace

from builders import progress_chart, say, target_chart
from moitt_report.brief.content import Category, Chart, Point, Series
from moitt_report.render.pdf.document import render_pdf

FORMS = ("columns", "bars", "line", "progress")
ROLES = ("previous", "actual", "target", "due", "authorised")


def chart(facts, form, categories, series, value, name="Month"):
    """A chart whose values are `value(category, series)`; None is an absence."""

    def point(n, m):
        found = value(n, m)
        words = "n.r." if found is None else str(found).replace("-", "−")
        return Point(value=None if found is None else str(found), label=facts.figure(words))

    return Chart(
        form=form,
        anchor="chart",
        number="Chart 1",
        title=say("Title"),
        unit=say("Rs million"),
        categories=tuple(
            Category(label=say(f"{name} {chr(65 + n % 26)}"), note=(facts.figure(f"+{n} %"),))
            for n in range(categories)
        ),
        series=tuple(
            Series(
                name=say(f"Series {'VWXYZ'[m]}"),
                role=ROLES[(m + (series == 1)) % 5],
                points=tuple(point(n, m) for n in range(categories)),
            )
            for m in range(series)
        ),
        alt=say("In words."),
    )


def plain(n, m):
    return (n * 37 + m * 101) % 350 + 20


VALUES = {
    "positive": plain,
    "negative": lambda n, m: plain(n, m) - 190,
    "all negative": lambda n, m: -plain(n, m),
    "all zero": lambda n, m: 0,
    "all absent": lambda n, m: None,
    "gaps": lambda n, m: None if (n + m) % 3 == 0 else plain(n, m),
    "forty digits": lambda n, m: int("1234567890" * 4),
    "37 negative digits": lambda n, m: -int(("1234567890" * 4)[:37]) * (1 - 2 * m),
    "one negative giant": lambda n, m: -(10**36) if n == m == 0 else 10**36,
    "one giant": lambda n, m: 10**12 if n == m == 0 else 1,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("values", VALUES)
def test_every_label_is_printed_inside_the_text_block(form, values, facts, brief_of, text_of, boxes_of):
    drawn = chart(facts, form, 4, 2, VALUES[values])
    pdf = render_pdf(brief_of(drawn))
    text = text_of(pdf).replace(" ", "")
    for point in itertools.chain.from_iterable(s.points for s in drawn.series):
        assert point.label.words.replace(" ", "") in text
    for name in ("SeriesV", "SeriesW", "MonthA", "MonthD"):
        assert name in text
    for box in itertools.chain.from_iterable(boxes_of(pdf)):
        assert box[0] > 67
        assert box[2] < 546


def test_long_values_on_both_sides_wrap_into_lines_and_not_letter_by_letter(facts, brief_of, boxes_of):
    digits = int("1234567890123456789012345678901234567")
    drawn = chart(facts, "bars", 3, 2, lambda n, m: digits * (1 - 2 * m), "Name of many words " * 6)
    notes = tuple(replace(c, note=say("a remark that wraps")) for c in drawn.categories)
    pages = boxes_of(render_pdf(brief_of(replace(drawn, categories=notes))))
    narrow = [b for page in pages for b in page if b[2] - b[0] < 6]
    assert len(narrow) <= 3, "nothing but the heads, and the last letter of a name, is as narrow as a letter"
    assert len(pages) == 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("categories", [1, 3, 12, 40])
@pytest.mark.parametrize("series", [1, 2])
def test_words_do_not_touch(form, categories, series, facts, brief_of, boxes_of):
    pdf = render_pdf(brief_of(chart(facts, form, categories, series, plain)))
    assert touching(boxes_of(pdf)) == []


def touching(pages):
    """Words that overlap by more than the room that a letter leaves above and below itself."""
    return [
        (a, b)
        for page in pages
        for a, b in itertools.combinations(page, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5
    ]


@pytest.mark.parametrize("form", FORMS)
def test_an_absence_is_not_printed_over_a_small_value(form, facts, brief_of, boxes_of):
    drawn = chart(facts, form, 5, 3, lambda n, m: None if m == n % 3 else (n + m) % 2 * 350 + m)
    assert touching(boxes_of(render_pdf(brief_of(drawn)))) == []


def test_a_long_remark_beside_a_bar_makes_its_row_higher(facts, brief_of, boxes_of):
    drawn = chart(facts, "bars", 3, 1, plain)
    notes = tuple(replace(c, note=say("a remark that takes several lines " * 6)) for c in drawn.categories)
    drawn = replace(drawn, categories=notes, title=say("A title of many words " * 9))
    assert touching(boxes_of(render_pdf(brief_of(drawn)))) == []


@pytest.mark.parametrize("sign", [1, -1])
def test_a_value_of_several_lines_has_its_room_at_a_column(sign, facts, brief_of, boxes_of):
    drawn = chart(facts, "columns", 2, 5, lambda n, m: sign * int("1234567890" * 5))
    assert touching(boxes_of(render_pdf(brief_of(drawn)))) == []


@pytest.mark.parametrize("form", FORMS)
def test_names_of_two_hundred_characters_wrap(form, facts, brief_of, text_of, boxes_of):
    name = ("A very long name of one of the indicators " * 5)[:200].strip()
    pdf = render_pdf(brief_of(chart(facts, form, 3, 2, plain, name)))
    assert name.replace(" ", "") in text_of(pdf).replace(" ", "")
    assert all(b[0] > 67 and b[2] < 546 for page in boxes_of(pdf) for b in page)


def test_an_absent_value_is_not_drawn(facts, brief_of):
    full = render_pdf(brief_of(chart(facts, "columns", 2, 1, lambda n, m: 5)))
    gap = render_pdf(brief_of(chart(facts, "columns", 2, 1, lambda n, m: None if n else 5)))
    assert shapes(full) == shapes(gap) + 1


def shapes(pdf):
    kind = pypdfium2.raw.FPDF_PAGEOBJ_PATH
    return sum(len(list(p.get_objects(filter=[kind]))) for p in pypdfium2.PdfDocument(pdf))


def test_a_progress_chart_prints_the_numbers_of_its_columns_once(facts, brief_of, text_of):
    drawn = replace(progress_chart(facts), sources=())
    text = text_of(render_pdf(brief_of(drawn)))
    assert text.count("2,243.6") == 1
    assert text.count("Authorised") == 1


def test_a_label_without_a_column_is_printed_at_its_bar(facts, brief_of, text_of):
    drawn = progress_chart(facts)
    drawn = replace(drawn, sources=(), columns=drawn.columns[1:])
    assert "Utilised 2,243.6" in text_of(render_pdf(brief_of(drawn)))


def test_a_target_chart_names_target_and_pace_at_their_places(facts, brief_of, text_of):
    text = text_of(render_pdf(brief_of(target_chart(facts))))
    for words in ("Exports 1,864", "target or year 4,200", "even pace 2,100", "even pace n.a."):
        assert words in text


@pytest.mark.parametrize("form", FORMS)
def test_a_lone_series_without_a_name_has_no_key(form, facts, brief_of):
    named = chart(facts, form, 2, 1, plain)
    bare = replace(named, series=tuple(replace(s, name=()) for s in named.series))
    with_name, without = render_pdf(brief_of(named)), render_pdf(brief_of(bare))
    swatches = 1 if form in ("bars", "columns") else 0
    assert shapes(with_name) - shapes(without) == swatches


@pytest.mark.parametrize("form", FORMS)
def test_what_was_due_is_drawn_in_every_form(form, facts, brief_of):
    whole = chart(facts, form, 5, 5, plain)
    without = replace(whole, series=tuple(s for s in whole.series if s.role != "due"))
    assert shapes(render_pdf(brief_of(whole))) > shapes(render_pdf(brief_of(without)))
