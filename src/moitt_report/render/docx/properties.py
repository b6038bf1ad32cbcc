"""What the file says of itself: who made what and when, and the ministry's own properties."""

from moitt_report.brief.content import Brief
from moitt_report.render.docx.markup import DECLARATION, escape

_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/"


def core_properties(brief: Brief) -> str:
    """Who, what and when, with the as-of date for the clock."""
    when = f"{brief.as_of}T00:00:00Z"
    package = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{package}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(brief.title)}</dc:title><dc:subject>{escape(brief.period)}</dc:subject>"
        f"<dc:creator>{escape(brief.author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(brief.author)}</cp:lastModifiedBy>"
        f'<cp:revision>1</cp:revision><dcterms:created xsi:type="dcterms:W3CDTF">{when}'
        f'</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified>'
        f"<cp:contentStatus>{brief.stage}</cp:contentStatus>"
        f"<dc:language>{escape(brief.language)}</dc:language></cp:coreProperties>"
    )


def app_properties() -> str:
    """What wrote the file."""
    return (
        f'{DECLARATION}<Properties xmlns="{_PROPERTIES}extended-properties">'
        "<Application>moitt-report</Application></Properties>"
    )


def custom_properties(brief: Brief) -> str:
    """The ministry's own properties; Word shows them under File, Info, Advanced."""
    values = {
        "File number": brief.file_number,
        "Period": brief.period,
        "Classification": brief.classification,
        "Stage": brief.stage,
        "SHA-256 of the brief": brief.digest,
    }
    body = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{n}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for n, (name, value) in enumerate(values.items(), 2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="{_PROPERTIES}custom-properties"'
        f' xmlns:vt="{_PROPERTIES}docPropsVTypes">{body}</Properties>'
    )
