"""A Word file that came back: what was changed in it is found, and a file that is not to be trusted is refused."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace

from builders import Facts, money_table, month_chart, sample_brief, say
from conftest import compose_builtin
from moitt_report.brief.content import Brief, Heading, Paragraph, Section, plain
from moitt_report.errors import InputError
from moitt_report.render.docx import opened
from moitt_report.render.docx.bound import MOST_BYTES, SPACE
from moitt_report.render.docx.carried import MOST_JSON, pieces
from moitt_report.render.docx.document import render_docx
from moitt_report.render.docx.readback import ChartEdit, Edits, FigureEdit, ParagraphEdit, edits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT = "word/document.xml"


def two_places(words: str = "Rs 2,243.6 million") -> Brief:
    """A brief that prints one figure twice in its prose."""
    facts = Facts()
    figure = facts.figure(words, printing="prose")
    return sample_brief(
        sections=(
            Section(
                id="only",
                blocks=(
                    Heading(level=1, runs=say("Summary"), anchor="summary"),
                    Paragraph(runs=(*say("Utilised: "), figure, *say(" in all."))),
                    Paragraph(runs=(*say("Again "), figure)),
                ),
            ),
        ),
        facts=tuple(facts.facts.values()),
    )


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def changed(data: bytes, name: str, old: str, new: str, count: int = -1) -> bytes:
    """`data` with `old` replaced in the part `name`."""
    parts = parts_of(data)
    text = parts[name].decode()
    assert old in text
    parts[name] = text.replace(old, new, count).encode()
    return packed(parts)


@pytest.fixture(scope="module")
def sent() -> bytes:
    return render_docx(two_places())


@pytest.fixture
def libreoffice(tmp_path: Path) -> Callable[[bytes, str], bytes]:
    """Saves a Word file anew, as LibreOffice does."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")

    def save(data: bytes, kind: str) -> bytes:
        (tmp_path / "brief.docx").write_bytes(data)
        command = [program, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
        command += ["--convert-to", kind, "--outdir", str(tmp_path / "out"), str(tmp_path / "brief.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return next((tmp_path / "out").iterdir()).read_bytes()

    return save


# --- what is bound -------------------------------------------------------------------------------


def test_two_places_of_one_printing_are_bound_to_one_node(sent: bytes) -> None:
    root = etree.fromstring(parts_of(sent)[DOCUMENT])
    paths = [bound.get(f"{W}xpath") for bound in root.iter(f"{W}dataBinding")]

    assert paths == ["/f:brief[1]/f:figure[1]/f:shown[1]"] * 2


def test_the_node_carries_the_raw_value_and_the_printed_words(sent: bytes) -> None:
    node = etree.fromstring(parts_of(sent)["customXml/item1.xml"])[0]

    assert (node.get("fact"), node.get("printing"), node.get("value")) == ("f1", "prose", "2243.6")
    assert [child.text for child in node] == ["Rs 2,243.6 million"]


def test_bindings_name_the_part_they_lead_to(sent: bytes) -> None:
    parts = parts_of(sent)
    store = re.search(r'ds:itemID="(\{[0-9A-F-]{36}\})"', parts["customXml/itemProps1.xml"].decode())

    assert store
    assert set(re.findall(r'w:storeItemID="([^"]*)"', parts[DOCUMENT].decode())) == {store[1]}


def test_figures_are_bound_in_reading_order_until_the_part_is_full() -> None:
    facts = Facts()
    blocks = tuple(Paragraph(runs=(facts.figure(f"Rs {n} million", printing="prose"),)) for n in range(900))
    brief = sample_brief(sections=(Section(id="only", blocks=blocks),), facts=tuple(facts.facts.values()))
    parts = parts_of(render_docx(brief))
    root = etree.fromstring(parts[DOCUMENT])
    bound = [p.find(f"{W}sdt") is not None for p in root[0].iter(f"{W}p")]

    assert MOST_BYTES - 300 < len(parts["customXml/item1.xml"]) <= MOST_BYTES
    assert sum(bound) == len(etree.fromstring(parts["customXml/item1.xml"]))
    assert bound == sorted(bound, reverse=True)
    assert all(len(part) <= MOST_BYTES for name, part in parts.items() if name.startswith("customXml/item"))


def test_the_brief_travels_in_the_file(sent: bytes) -> None:
    roots = [
        etree.fromstring(part)
        for name, part in parts_of(sent).items()
        if re.fullmatch(r"customXml/item\d+\.xml", name)
    ]
    carried = sorted((r for r in roots if "piece" in r.attrib), key=lambda r: int(r.get("piece")))

    assert len(carried) == int(carried[0].get("pieces")) > 1 or len(carried) == 1
    assert Brief.from_json("".join(r.text for r in carried)) == two_places()


def test_a_brief_too_long_to_travel_is_left_out() -> None:
    assert pieces("x" * (MOST_JSON + 1), "0") == []
    whole = [etree.fromstring(piece).text for piece in pieces('<"&’>' * 20_000, "0")]
    assert "".join(whole) == '<"&’>' * 20_000
    assert all(len(piece) <= MOST_BYTES for piece in pieces('<"&’>' * 20_000, "0"))


# --- what was changed ----------------------------------------------------------------------------


def test_nothing_is_reported_of_a_file_that_nobody_changed(sent: bytes) -> None:
    assert edits(sent, sent) == Edits((), ())


def test_a_figure_retyped_in_the_text_is_found(sent: bytes) -> None:
    back = changed(sent, DOCUMENT, "Rs 2,243.6 million", "Rs 9 million", 1)
    found = edits(sent, back)

    assert found.figures == (FigureEdit("f1", "prose", ("Rs 2,243.6 million",), ("Rs 9 million",)),)
    assert found.paragraphs == (
        ParagraphEdit("Utilised: Rs 2,243.6 million in all.", "Utilised: Rs 9 million in all."),
    )


def test_a_figure_changed_in_the_bound_part_alone_is_found(sent: bytes) -> None:
    back = changed(sent, "customXml/item1.xml", "<shown>Rs 2,243.6", "<shown>Rs 9")

    assert [one.returned for one in edits(sent, back).figures] == [("Rs 9 million",)]


def test_a_figure_taken_out_is_found(sent: bytes) -> None:
    parts = parts_of(sent)
    parts[DOCUMENT] = re.sub(rb"<w:sdt>.*?</w:sdt>", b"", parts[DOCUMENT])
    found = edits(sent, packed(parts))

    assert [one.returned for one in found.figures] == [()]
    assert len(found.paragraphs) == 2


def test_words_outside_figures_are_found_too(sent: bytes) -> None:
    back = changed(sent, DOCUMENT, " in all.", " in part.")

    assert edits(sent, back).figures == ()
    assert [p.returned for p in edits(sent, back).paragraphs] == ["Utilised: Rs 2,243.6 million in part."]


def test_what_a_returned_file_says_cannot_steer_the_terminal_it_is_told_on(sent: bytes) -> None:
    back = changed(sent, DOCUMENT, " in all.", " \u009b2J\u202ein all.")
    (line,) = edits(sent, back).lines()
    assert line.isprintable()
    assert "[U+009B]2J[U+202E]in all." in line


def test_a_changed_file_number_is_found(sent: bytes) -> None:
    foot = parts_of(sent)["word/footer1.xml"].decode()
    number = re.findall(r"<w:t[^>]*>([^<]*\d[^<]*)</w:t>", foot)[0]
    back = changed(sent, "word/footer1.xml", number, "F. 99")

    assert any("F. 99" in p.returned for p in edits(sent, back).paragraphs)


def test_tracked_changes_count_as_made(sent: bytes) -> None:
    run = re.search(r"<w:r><w:t [^>]*> in all\.</w:t></w:r>", parts_of(sent)[DOCUMENT].decode())
    assert run
    gone = run[0].replace("w:t ", "w:delText ").replace("w:t>", "w:delText>")
    struck = f'<w:del w:id="900" w:author="A">{gone}</w:del><w:ins w:id="901" w:author="A"><w:r><w:t>!</w:t></w:r></w:ins>'
    found = edits(sent, changed(sent, DOCUMENT, run[0], struck))

    assert [p.returned for p in found.paragraphs] == ["Utilised: Rs 2,243.6 million!"]


def test_a_file_whose_links_were_cut_is_compared_by_its_words(sent: bytes) -> None:
    parts = {n: p for n, p in parts_of(sent).items() if not n.startswith("customXml")}
    parts[DOCUMENT] = parts[DOCUMENT].replace(b" in all.", b" at last.")
    found = edits(sent, packed(parts))

    assert not found.linked
    assert found.figures == ()
    assert len(found.paragraphs) == 1


# --- charts --------------------------------------------------------------------------------------

CHART, BOOK = "word/charts/chart1.xml", "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def charted() -> bytes:
    facts = Facts()
    chart = replace(month_chart(facts), sources=())
    brief = sample_brief(sections=(Section(id="only", blocks=(chart,)),), facts=tuple(facts.facts.values()))
    return render_docx(brief)


def with_cell(data: bytes, old: str, new: str) -> bytes:
    """`data` with a value changed in the workbook of its first chart."""
    parts = parts_of(data)
    parts[BOOK] = changed(parts[BOOK], SHEET, f"<v>{old}</v>", f"<v>{new}</v>")
    return packed(parts)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: changed(data, CHART, "<c:v>330</c:v>", "<c:v>999</c:v>"),
         ChartEdit(1, "the value (“2024”, “October”)", "330", "999", "chart")),
        (lambda data: with_cell(data, "330", "999"),
         ChartEdit(1, "the value (“2024”, “October”)", "330", "999", "workbook")),
        (lambda data: with_cell(changed(data, CHART, "<c:v>330</c:v>", "<c:v>999.0</c:v>"), "330", "999"),
         ChartEdit(1, "the value (“2024”, “October”)", "330", "999", "chart and workbook")),
        (lambda data: changed(data, CHART, "<a:t>330</a:t>", "<a:t>340</a:t>"),
         ChartEdit(1, "the words (“2024”, “October”)", "330", "340", "chart")),
        (lambda data: with_cell(data, "330", ""),
         ChartEdit(1, "the value (“2024”, “October”)", "330", "", "workbook")),
    ],
)  # fmt: skip
def test_changed_data_of_a_chart_is_found(
    charted: bytes, change: Callable[[bytes], bytes], told: ChartEdit
) -> None:
    assert edits(charted, change(charted)) == Edits((), (), charts=(told,))


def test_a_value_added_to_the_workbook_is_found(charted: bytes) -> None:
    parts = parts_of(charted)
    row = re.search(r'<row r="3"[^>]*>', parts_of(parts[BOOK])[SHEET].decode())
    assert row
    parts[BOOK] = changed(parts[BOOK], SHEET, row[0], f'{row[0]}<c r="Z3"><v>7</v></c>')

    assert edits(charted, packed(parts)).charts == (ChartEdit(1, "cell Z3", "", "7", "workbook"),)


def test_a_chart_taken_out_is_found(charted: bytes) -> None:
    parts = parts_of(charted)
    parts[DOCUMENT] = re.sub(rb"<w:drawing>.*?</w:drawing>", b"", parts[DOCUMENT])

    assert [str(one) for one in edits(charted, packed(parts)).charts] == [
        "charts: there were “1”, there are now “0”"
    ]


def test_a_workbook_that_is_none_is_refused(charted: bytes) -> None:
    parts = parts_of(charted) | {BOOK: b"words"}
    assert "not a Word file, or is damaged" in refusal(charted, packed(parts))


# --- saved by another program --------------------------------------------------------------------


@pytest.mark.judge
@pytest.mark.parametrize("name", ["2023-24_2024-25", "2024-25-Q2"])
def test_nothing_is_reported_of_an_unchanged_file_that_libreoffice_saved(
    name: str, libreoffice: Callable[[bytes, str], bytes]
) -> None:
    data = render_docx(compose_builtin(name))

    assert edits(data, libreoffice(data, "docx:MS Word 2007 XML")) == Edits((), ())


@pytest.mark.judge
def test_a_figure_retyped_in_word_is_named_also_after_libreoffice_saved_the_file(
    sent: bytes, libreoffice: Callable[[bytes, str], bytes]
) -> None:
    # Word writes what was typed into the bound part and into every place that is bound to it.
    retyped = changed(sent, DOCUMENT, "Rs 2,243.6 million", "Rs 9 million")
    retyped = changed(retyped, "customXml/item1.xml", "<shown>Rs 2,243.6 million", "<shown>Rs 9 million")
    told = (FigureEdit("f1", "prose", ("Rs 2,243.6 million",), ("Rs 9 million",)),)

    assert edits(sent, retyped).figures == told
    assert edits(sent, libreoffice(retyped, "docx:MS Word 2007 XML")).figures == told


@pytest.mark.judge
def test_a_figure_retyped_in_libreoffice_is_named(
    sent: bytes, libreoffice: Callable[[bytes, str], bytes]
) -> None:
    saved = libreoffice(sent, "docx:MS Word 2007 XML")
    back = changed(saved, DOCUMENT, "Rs 2,243.6 million", "Rs 9 million", 1)

    assert edits(sent, back).figures == (
        FigureEdit("f1", "prose", ("Rs 2,243.6 million",), ("Rs 9 million",)),
    )


@pytest.mark.judge
def test_a_change_is_still_found_after_libreoffice_saved_the_file(
    sent: bytes, libreoffice: Callable[[bytes, str], bytes]
) -> None:
    back = libreoffice(changed(sent, DOCUMENT, "Again", "Once more"), "docx:MS Word 2007 XML")
    found = edits(sent, back)

    assert found.figures == ()
    assert [p.returned for p in found.paragraphs] == ["Once more Rs 2,243.6 million"]


@pytest.mark.judge
def test_a_figure_changed_in_the_bound_part_shows_in_both_places(
    sent: bytes, libreoffice: Callable[[bytes, str], bytes]
) -> None:
    back = changed(sent, "customXml/item1.xml", "<shown>Rs 2,243.6", "<shown>Rs 77")
    saved = libreoffice(back, "docx:MS Word 2007 XML")
    found = edits(sent, saved)

    assert [one.fact for one in found.figures] == ["f1"]
    assert [p.returned for p in found.paragraphs] == [
        "Utilised: Rs 77 million in all.",
        "Again Rs 77 million",
    ]


# --- what is refused -----------------------------------------------------------------------------


def refusal(sent: bytes, back: bytes) -> str:
    with pytest.raises(InputError) as caught:
        edits(sent, back)
    return str(caught.value)


def test_files_of_different_data_are_refused(sent: bytes) -> None:
    assert "not built from the same data" in refusal(sent, render_docx(two_places("Rs 5 million")))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"x" * 1000])
def test_what_is_no_word_file_is_refused(sent: bytes, data: bytes) -> None:
    assert "is not a Word file" in refusal(sent, data)


def test_a_word_file_of_somebody_else_is_refused(sent: bytes) -> None:
    parts = {n: p for n, p in parts_of(sent).items() if "ustom" not in n}
    assert "was not made by moitt-report" in refusal(sent, packed(parts))


def test_entities_are_never_expanded(sent: bytes) -> None:
    parts = parts_of(sent)
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    parts[DOCUMENT] = re.sub(r"(<w:document)", bomb + r"\1", parts[DOCUMENT].decode()).encode()
    assert "declares a document type" in refusal(sent, packed(parts))


def test_a_part_that_unpacks_without_end_is_refused(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MOST_PART", 200_000)
    parts = parts_of(sent) | {DOCUMENT: b"<w/>" + b" " * 300_000}
    assert "absurd size" in refusal(sent, packed(parts))


def test_all_parts_together_have_a_bound(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MOST_UNPACKED", 10_000)
    assert "absurd size" in refusal(sent, sent)


def test_a_damaged_part_is_refused(sent: bytes) -> None:
    assert "not sound XML" in refusal(sent, changed(sent, DOCUMENT, "</w:body>", ""))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused(sent: bytes) -> None:
    out = io.BytesIO(sent)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(DOCUMENT, b"<w/>")
    assert "two parts of one name" in refusal(sent, out.getvalue())


def test_an_altered_list_of_figures_is_refused(sent: bytes) -> None:
    assert SPACE in parts_of(sent)["customXml/item1.xml"].decode()
    back = changed(sent, "customXml/item1.xml", 'fact="f1"', 'fact="f2"')
    assert "list of figures that was altered" in refusal(sent, back)


def test_a_changed_cell_is_named_by_its_table_row_and_column() -> None:
    facts = Facts()
    table = replace(money_table(facts), notes=(), sources=())
    only = Section(id="only", blocks=(Heading(level=1, runs=say("Money"), anchor="m"), table))
    sent = render_docx(sample_brief(facts=tuple(facts.facts.values()), sections=(only,)))
    parts = parts_of(sent)
    before, after = parts[DOCUMENT].decode().split(f">{plain(table.rows[1].cells[1].runs)}<", 1)
    parts[DOCUMENT] = f"{before}>Another name<{after.replace('>1,063.000<', '>9,999.9<', 1)}".encode()

    first, second = edits(sent, packed(parts)).paragraphs
    assert str(first) == "Table 1, row “2”, column “Project”: “Project B” is now “Another name”"
    assert (
        str(second) == "Table 1, row “2 Project B”, column “Allocation, Total”: “1,063.000” is now “9,999.9”"
    )


def test_a_row_taken_out_is_named_cell_by_cell() -> None:
    facts = Facts()
    table = replace(money_table(facts), notes=(), sources=())
    only = Section(id="only", blocks=(Heading(level=1, runs=say("Money"), anchor="m"), table))
    sent = render_docx(sample_brief(facts=tuple(facts.facts.values()), sections=(only,)))
    parts = parts_of(sent)
    rows = re.findall(rb"<w:tr>.*?</w:tr>", parts[DOCUMENT], re.DOTALL)
    parts[DOCUMENT] = parts[DOCUMENT].replace(rows[-1], b"")
    found = edits(sent, packed(parts)).paragraphs
    assert len(found) == len(table.rows[-1].cells)
    assert all(str(one).startswith("Table 1, row") and " removed: “" in str(one) for one in found)
