"""Native charts of the Word file: data and workbook agree, words are exact, gaps stay gaps."""

import io
import zipfile
from decimal import Decimal

import pytest
from lxml import etree
from msgspec.structs import replace

from builders import Facts, month_chart, progress_chart, sample_brief, say, target_chart
from moitt_report.brief.content import Category, Chart, Pair, Point, Section, Series
from moitt_report.render.docx.document import render_docx
from moitt_report.render.docx.measure import width_of

C = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
S = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def chart_of(
    values: list[list[str | None]], form: str = "columns", names: str = "ABCDEFGH"
) -> tuple[Chart, Facts]:
    """A chart of these values, one list a series."""
    f = Facts()
    roles = ("actual", "target", "authorised", "due")
    return Chart(
        form=form,  # type: ignore[arg-type]
        anchor="c",
        number="",
        title=say("ILLUSTRATIVE"),
        unit=say("units"),
        categories=tuple(Category(label=say(names[n])) for n in range(len(values[0]))),
        series=tuple(
            Series(
                name=say(f"series {role}"),
                role=role,  # type: ignore[arg-type]
                points=tuple(Point(value=v, label=f.figure(v or "n.r.")) for v in line),
            )
            for role, line in zip(roles, values, strict=False)
        ),
        alt=say("A chart."),
    ), f  # fmt: skip


def parts_of(chart: Chart, f: Facts) -> dict[str, bytes]:
    """The parts of a brief of one chart."""
    chart = replace(chart, sources=(), notes=())
    brief = sample_brief(sections=(Section(id="s", blocks=(chart,)),), facts=tuple(f.facts.values()))
    with zipfile.ZipFile(io.BytesIO(render_docx(brief))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cells_of(workbook: bytes) -> dict[str, str]:
    """Cell addresses and their words or numbers."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        words = etree.fromstring(archive.read("xl/sharedStrings.xml")).findall("s:si", S)
    out = {}
    for cell in sheet.iterfind(".//s:c", S):
        value = cell.findtext("s:v", namespaces=S)
        assert cell.find("s:f", S) is None, "no cell is a formula"
        if value is not None:
            out[cell.get("r", "")] = words[int(value)][0].text if cell.get("t") == "s" else value
    return out


def cached(root: etree._Element) -> dict[str, str]:
    """The chart's own copy of its data, by cell address."""
    out = {}
    for ref in root.iterfind(".//c:f", C):
        first, _, last = (ref.text or "").split("!")[1].replace("$", "").partition(":")
        column, row = first[0], int(first[1:])
        assert not last or last[0] == column
        for point in ref.getparent().iterfind(".//c:pt", C):
            out[f"{column}{row + int(point.get('idx'))}"] = point.findtext("c:v", namespaces=C)
    return out


def test_the_workbook_of_a_chart_says_nothing_of_the_clock_or_the_system() -> None:
    chart, f = chart_of([["1"]], "bars")
    with zipfile.ZipFile(
        io.BytesIO(parts_of(chart, f)["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])
    ) as book:
        said = {(part.date_time, part.create_system) for part in book.infolist()}
    assert said == {((1980, 1, 1, 0, 0, 0), 0)}


@pytest.mark.parametrize("form", ["columns", "bars", "line", "progress"])
def test_the_chart_and_its_workbook_hold_the_same_data(form: str) -> None:
    chart, f = chart_of([["1.5", None, "-3"], ["12345678901234567890.12", "0", "7"]], form)
    parts = parts_of(chart, f)
    root = etree.fromstring(parts["word/charts/chart1.xml"])

    assert cached(root) == cells_of(parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])


def test_labels_are_the_exact_words_and_an_absent_value_has_no_point() -> None:
    f = Facts()
    parts = parts_of(month_chart(f), f)
    root = etree.fromstring(parts["word/charts/chart1.xml"])

    assert [t.text for t in root.iterfind(".//c:dLbl//a:t", C)] == [
        "238",
        "303",
        "330",
        "310",
        "348",
    ]
    first = root.find(".//c:ser/c:val", C)
    assert first is not None
    assert [point.get("idx") for point in first.iterfind(".//c:pt", C)] == ["0", "2"]
    assert root.find(".//c:dispBlanksAs", C).get("val") == "gap"


@pytest.mark.parametrize("form", ["columns", "bars", "line", "progress"])
@pytest.mark.parametrize("values", [[[None, None]], [["-5", "-2"]], [["0", "0"]], [["1", "2"], [None, "4"]]])
def test_the_scale_begins_at_zero_and_holds_every_value(form: str, values: list[list[str | None]]) -> None:
    chart, f = chart_of(values, form)
    root = etree.fromstring(parts_of(chart, f)["word/charts/chart1.xml"])
    there = [Decimal(v) for line in values for v in line if v is not None]

    axes = root.findall(".//c:valAx", C)
    assert axes
    for axis in axes:
        most = Decimal(axis.find("c:scaling/c:max", C).get("val"))
        least = Decimal(axis.find("c:scaling/c:min", C).get("val"))
        assert least <= min([*there, Decimal(0)]) <= max([*there, Decimal(0)]) <= most
        assert least < most
        if all(value >= 0 for value in there):
            assert least == 0


def test_what_was_done_lies_narrow_over_what_was_authorised_on_the_same_scale() -> None:
    f = Facts()
    root = etree.fromstring(parts_of(progress_chart(f), f)["word/charts/chart1.xml"])

    wide, narrow = (int(gap.get("val")) for gap in root.iterfind(".//c:gapWidth", C))
    assert wide < narrow
    scales = [[x.get("val") for x in axis] for axis in root.iterfind(".//c:valAx/c:scaling", C)]
    assert scales[0] == scales[1]


def test_axis_ids_are_not_negative_and_words_are_no_formulas() -> None:
    chart, f = chart_of([["1"]], names="=")
    parts = parts_of(chart, f)
    root = etree.fromstring(parts["word/charts/chart1.xml"])

    assert all(int(axis.get("val")) > 0 for axis in root.iterfind(".//c:axId", C))
    assert cells_of(parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])["A2"] == "="


def test_the_chart_is_spoken() -> None:
    chart, f = chart_of([["1"]])

    assert b'descr="A chart."' in parts_of(chart, f)["word/document.xml"]


def test_the_workbook_carries_no_clock() -> None:
    chart, f = chart_of([["1"]])
    workbook = parts_of(chart, f)["word/embeddings/Microsoft_Excel_Sheet1.xlsx"]

    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


def test_a_name_without_a_space_is_not_broken_for_the_sake_of_the_bars() -> None:
    f = Facts()
    span = "Jul\u00a02024–Mar\u00a02025"
    chart = target_chart(f)
    named = tuple(replace(c, label=say(span, furniture="date")) for c in chart.categories)
    right = replace(chart, categories=named, sources=(), notes=())
    pair = Pair(left=replace(month_chart(f), sources=(), notes=()), right=right)
    brief = sample_brief(sections=(Section(id="s", blocks=(pair,)),), facts=tuple(f.facts.values()))
    with zipfile.ZipFile(io.BytesIO(render_docx(brief))) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    cells = [cell for cell in body.iter(f"{word}tc") if "".join(cell.itertext(f"{word}t")).startswith(span)]

    assert len(cells) == 2
    for cell in cells:
        assert int(cell.find(f"{word}tcPr/{word}tcW").get(f"{word}w")) / 20 > width_of(span, 9)
