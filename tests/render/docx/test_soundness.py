"""Every Word file passes the gate, and the gate refuses what Word is reported to refuse."""

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from builders import sample_brief
from docx_words import docx_words
from moitt_report.brief.content import Brief, Figure, Heading, Paragraph, block_runs, blocks, plain
from moitt_report.render.docx.bound import MOST_BYTES
from moitt_report.render.docx.document import render_docx
from soundness import SCHEMAS, faults, parts_of, rule_faults
from strategies_brief import briefs

DOCUMENT, STYLES, TYPES = "word/document.xml", "word/styles.xml", "[Content_Types].xml"
FOOTNOTES = "word/footnotes.xml"
Parts = dict[str, bytes]


@pytest.fixture
def schemas() -> None:
    if not SCHEMAS.is_dir():
        pytest.skip("the Open XML schemas are not beside the project")


@pytest.mark.judge
def test_every_built_in_brief_passes_the_gate(schemas: None, builtin: Brief) -> None:
    assert faults(render_docx(builtin)) == []


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


@pytest.mark.judge
@settings(
    max_examples=200, derandomize=True, database=None, deadline=None,
    suppress_health_check=list(HealthCheck), phases=[Phase.generate],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")  # a brief is long to print
@given(brief=briefs())
def test_two_hundred_generated_briefs_pass_it_and_say_their_words(schemas: None, brief: Brief) -> None:
    data = render_docx(brief)

    assert faults(data) == []
    assert all(len(p) <= MOST_BYTES for n, p in parts_of(data).items() if n.startswith("customXml"))
    said = squeezed("".join(docx_words(data)))
    for block in blocks(brief):
        for run in block_runs(block):
            spoken = getattr(block, "alt", ())
            assert run in spoken or squeezed(run.words) in said, run
    opened = docx.Document(io.BytesIO(data))
    headings = [block for block in blocks(brief) if isinstance(block, Heading) and block.level == 2]
    styled = [p for p in opened.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert len(styled) == len(headings)


def test_every_figure_in_prose_is_bound(builtin: Brief) -> None:
    document = parts_of(render_docx(builtin))[DOCUMENT].decode()
    for block in blocks(builtin):
        if isinstance(block, Paragraph):
            for run in block.runs:
                if isinstance(run, Figure):
                    assert f'w:tag w:val="{run.fact} {run.printing}"'[:70] in document, plain(block.runs)


# --- deliberate defects --------------------------------------------------------------------------


def put(name: str, pattern: str, new: str, count: int = 1) -> Callable[[Parts], None]:
    """A defect: `pattern` in a part becomes `new`."""

    def spoil(parts: Parts) -> None:
        text = parts[name].decode()
        spoiled = re.sub(pattern, new, text, count=count, flags=re.DOTALL)
        assert spoiled != text, pattern
        parts[name] = spoiled.encode()

    return spoil


def without(name: str) -> Callable[[Parts], None]:
    def spoil(parts: Parts) -> None:
        del parts[name]

    return spoil


def related(parts: Parts, kind: str, name: str, body: bytes) -> None:
    """Add a part of Word's with its relationship and content type."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    mime = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    parts[f"word/{name}"] = body
    put(TYPES, "</Types>", f'<Override PartName="/word/{name}" ContentType="{mime}{kind}+xml"/></Types>')(
        parts
    )
    new = f'<Relationship Id="rId999" Type="{base}{kind}" Target="{name}"/></Relationships>'
    put("word/_rels/document.xml.rels", "</Relationships>", new)(parts)


def footnotes(*ids: int, asked: int = 1) -> Callable[[Parts], None]:
    """Footnotes with these numbers and a reference to one of them."""

    def spoil(parts: Parts) -> None:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        kinds = {-1: ' w:type="separator"', 0: ' w:type="continuationSeparator"'}
        notes = "".join(f'<w:footnote{kinds.get(n, "")} w:id="{n}"><w:p/></w:footnote>' for n in ids)
        related(
            parts,
            "footnotes",
            "footnotes.xml",
            f'<w:footnotes xmlns:w="{space}">{notes}</w:footnotes>'.encode(),
        )
        put(DOCUMENT, r"(</w:pPr>)(<w:r>)", rf'\1<w:r><w:footnoteReference w:id="{asked}"/></w:r>\2')(parts)

    return spoil


def comments(parts: Parts) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    related(parts, "comments", "comments.xml", f'<w:comments xmlns:w="{space}"/>'.encode())


def prefixed(parts: Parts) -> None:
    text = parts["docProps/custom.xml"].replace(b"<Properties xmlns=", b"<cp:Properties xmlns:cp=")
    text = text.replace(b"</Properties>", b"</cp:Properties>").replace(b"<property ", b"<cp:property ")
    parts["docProps/custom.xml"] = text.replace(b"</property>", b"</cp:property>")


DEFECTS: dict[str, Callable[[Parts], None]] = {
    "no grid": put(DOCUMENT, r"<w:tblGrid>.*?</w:tblGrid>", ""),
    "caption before look": put(DOCUMENT, r"(<w:tblLook[^>]*/>)(<w:tblCaption[^>]*/>)", r"\2\1"),
    "cell without paragraph": put(DOCUMENT, r"(</w:tcPr>)<w:p>(?:(?!</w:p>).)*</w:p></w:tc>", r"\1</w:tc>"),
    "face out of order": put(STYLES, r"(<w:b/>)(<w:bCs/>)?(<w:color [^>]*/>)", r"\3\1\2"),
    "paragraph out of order": put(DOCUMENT, r"(<w:pStyle [^>]*/>)(<w:keepNext/>)", r"\2\1"),
    "footnote twice": footnotes(-1, 0, 1, 1),
    "footnote of a huge number": footnotes(-1, 0, 9_876_543, asked=9_876_543),
    "footnotes without separators": footnotes(1),
    "reference to no footnote": footnotes(-1, 0, 1, asked=33),
    "undeclared prefix": put(
        STYLES,
        r"<w:styles ",
        '<w:styles xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="wp14" ',
    ),
    "drawing number twice": put(DOCUMENT, r'wp:docPr id="\d+"', 'wp:docPr id="1"', 3),
    "control number twice": put(
        DOCUMENT, r'<w:id w:val="\d+"/><w:dataBinding', '<w:id w:val="7"/><w:dataBinding', 3
    ),
    "control number no number": put(
        DOCUMENT, r'<w:id w:val="\d+"/><w:dataBinding', '<w:id w:val="a"/><w:dataBinding'
    ),
    "bookmark number twice": put(DOCUMENT, r'(<w:bookmarkStart w:id=")\d+"', r'\g<1>5"', 3),
    "bookmark name too long": put(DOCUMENT, r'(<w:bookmarkStart w:id="\d+" w:name=")', r"\1" + "x" * 60),
    "field without end": put("word/footer1.xml", r'<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""),
    "field without result": put(
        "word/footer1.xml", r'("separate"/></w:r>)<w:r><w:t[^>]*>1</w:t></w:r>', r"\1"
    ),
    "chart without workbook": without("word/charts/_rels/chart1.xml.rels"),
    "chart without content type": put(TYPES, r'<Override PartName="/word/charts/chart1.xml"[^>]*/>', ""),
    "properties without content type": put(
        TYPES, r'<Override PartName="/customXml/itemProps1.xml"[^>]*/>', ""
    ),
    "custom property number 1": put("docProps/custom.xml", 'pid="2"', 'pid="1"'),
    "custom properties with prefix": prefixed,
    "comments without comments": comments,
    "style missing": put(DOCUMENT, 'w:pStyle w:val="NumberedParagraph"', 'w:pStyle w:val="Nope"'),
    "relationship missing": put("word/_rels/document.xml.rels", r'<Relationship [^>]*/hyperlink"[^>]*/>', ""),
    "span past the grid": put(
        DOCUMENT, r"(<w:tc><w:tcPr><w:tcW [^>]*/>)(?!<w:gridSpan)", r'\1<w:gridSpan w:val="9"/>'
    ),
    "asks on opening": put("word/settings.xml", r"(<w:defaultTabStop)", r'<w:updateFields w:val="true"/>\1'),
    "no compatibility mode": put("word/settings.xml", r"<w:compat>.*</w:compat>", ""),
}


@pytest.fixture(scope="module")
def good() -> bytes:
    data = render_docx(sample_brief())
    assert faults(data) == []
    return data


@pytest.mark.parametrize("name", DEFECTS)
def test_a_deliberate_defect_is_refused(good: bytes, name: str) -> None:
    parts = parts_of(good)
    DEFECTS[name](parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for each, part in parts.items():
            archive.writestr(each, part)

    assert faults(out.getvalue())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_comes_twice_is_refused(good: bytes) -> None:
    out = io.BytesIO(good)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("docProps/core.xml", parts_of(good)["docProps/core.xml"])

    assert "a member comes twice" in rule_faults(out.getvalue())


def test_there_are_as_many_defects_as_word_is_reported_to_mind() -> None:
    assert len(DEFECTS) + 1 == 29


def test_captions_count_with_word_and_references_repeat_what_stands_at_their_place(builtin: Brief) -> None:
    document = parts_of(render_docx(builtin))[DOCUMENT].decode()
    captions = re.findall(r" SEQ (Table|Chart) \\\* ARABIC( \\r \d+)? </w:instrText>", document)

    assert captions
    assert all(reset == "" for _, reset in captions)
    assert re.search(r" REF [RMSD]\d+ \\h \\\* MERGEFORMAT ", document)
