"""The ministry's own document as house document: it is used as it is, or all that it lacks is named."""

import io
import zipfile

import docx
import pytest

from builders import sample_brief
from moitt_report.errors import InputError
from moitt_report.render.docx.document import render_docx
from moitt_report.shipped import shipped


def house() -> bytes:
    return shipped("templates", "house.docx").read_bytes()


def changed(name: str, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(house())) as before, zipfile.ZipFile(out, "w") as after:
        for each in before.namelist():
            text = before.read(each)
            after.writestr(each, text.replace(old.encode(), new.encode()) if each == name else text)
    return out.getvalue()


def refusal(template: bytes) -> str:
    with pytest.raises(InputError) as caught:
        render_docx(sample_brief(), template=template)
    return str(caught.value)


def test_the_house_document_itself_will_do() -> None:
    assert render_docx(sample_brief(), template=house()) == render_docx(sample_brief())


def test_the_styles_of_the_template_are_used() -> None:
    data = render_docx(sample_brief(), template=changed("word/styles.xml", "0B4A35", "123456"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"123456" in archive.read("word/styles.xml")
        assert b"0B4A35" not in archive.read("word/styles.xml")


def test_a_document_that_word_saved_will_do() -> None:
    out = io.BytesIO()
    again = docx.Document(io.BytesIO(house()))
    again.add_paragraph("Old words")
    again.save(out)
    data = render_docx(sample_brief(), template=out.getvalue())

    assert "Old words" not in "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


def test_every_missing_style_is_named_at_once() -> None:
    template = changed("word/styles.xml", 'w:styleId="KeyValue"', 'w:styleId="Other"')
    assert "lacks the style" in refusal(template)
    blank = io.BytesIO()
    docx.Document().save(blank)
    with pytest.raises(InputError) as caught:
        render_docx(sample_brief(), template=blank.getvalue())
    lacking = [p.what for p in caught.value.problems if "lacks the style" in p.what]
    assert len(lacking) > 20
    assert any("KeyValue" in what for what in lacking)


def test_a_template_that_would_lose_the_classification_is_refused() -> None:
    template = changed("word/footer1.xml", "{{classification-run}}", "")
    for name in ("word/header1.xml", "word/header2.xml"):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(template)) as before, zipfile.ZipFile(out, "w") as after:
            for each in before.namelist():
                text = before.read(each)
                after.writestr(each, text.replace(b"{{classification", b"{{gone") if each == name else text)
        template = out.getvalue()
    assert "has no place for the classification" in refusal(template)


@pytest.mark.parametrize("data", [b"", b"PK", b"words"])
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    assert "is not a Word document" in refusal(data)


RELATIONS = "word/_rels/document.xml.rels"


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (RELATIONS, 'Target="styles.xml"', 'Target="numbering.xml"', "has no styles (word/styles.xml)"),
        (RELATIONS, 'Id="rId6"', 'Id="rId99"', "names a head or a foot that is not in it (rId6)"),
        (
            "word/document.xml",
            'r:id="rId6"',
            'r:id="rI#7"',
            "names a head or a foot that is not in it (rI#7)",
        ),
        ("[Content_Types].xml", "2006/content-types", "2006/other", "is not a Word document"),
        ("_rels/.rels", '2006/relationships"', '2006/other"', "is not a Word document"),
        (RELATIONS, 'Target="styles.xml"', "", "is not a Word document"),
    ],
)
def test_a_damaged_document_is_refused_with_what_it_lacks(part: str, old: str, new: str, said: str) -> None:
    with zipfile.ZipFile(io.BytesIO(house())) as archive:
        assert old in archive.read(part).decode()
    assert said in refusal(changed(part, old, new))
