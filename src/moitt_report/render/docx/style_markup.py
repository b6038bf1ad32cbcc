"""One style as text: the small pieces that `styles` puts together."""

from moitt_report.render.docx.markup import twips
from moitt_report.render.theme import Style, Theme

_WORDS_OWN = {
    "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "caption", "Body Text", "toc 1",
    "List Bullet", "List Number", "TOC Heading", "header", "footer", "Strong", "Emphasis",
    "Hyperlink",
}  # fmt: skip
"""Names that Word knows; every other style is marked as custom."""


def style_id(name: str) -> str:
    """The id of the style that people know as `name`: "heading 1" is Heading1."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def role_style(
    theme: Theme, role: str, name: str, *, keep: str = "", shape: str = "", end: str = "",
    face: str = "", plain: bool = False, room: float = 0,
) -> str:  # fmt: skip
    """The paragraph style of a role. `keep` sorts before the spacing in `w:pPr`, `shape` after.

    `plain` takes the bold away, `room` adds space above and below.
    """
    style = theme.styles[role]
    ppr = f"{keep}{spacing(style.before + room, style.after + room, style.leading)}{shape}{end}"
    return named_style("paragraph", name, ppr=ppr, rpr=face_of(theme, style, face, bold=not plain))


def face_of(theme: Theme, style: Style, colour: str, *, bold: bool) -> str:
    """The face of a role as run properties; `colour` takes the place of the role's own."""
    return (
        ("<w:b/><w:bCs/>" if style.bold and bold else "")
        + ("<w:i/><w:iCs/>" if style.italic else "")
        + (colour or colour_of(theme.colour_of(style)))
        + (f'<w:spacing w:val="{twips(style.tracking)}"/>' if style.tracking else "")
        + size_of(style.size)
    )


def named_style(kind: str, name: str, *, ppr: str = "", rpr: str = "") -> str:
    """A style; `kind` is paragraph or character."""
    custom = "" if name in _WORDS_OWN else ' w:customStyle="1"'
    base = '<w:basedOn w:val="Normal"/>' if kind == "paragraph" else ""
    return (
        f'<w:style w:type="{kind}"{custom} w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f"{base}<w:qFormat/>"
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


def size_of(points: float) -> str:
    """Size of type, for Latin and for Urdu letters."""
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def colour_of(colour: str) -> str:
    """Colour of type."""
    return f'<w:color w:val="{colour[1:]}"/>'


def shade(colour: str) -> str:
    """A flat ground of one colour."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour[1:]}"/>'


def filled(colour: str, before: float) -> str:
    """A thin paragraph that is a bar: 4 points of `colour`, `before` points under the edge of its cell."""
    return f"{shade(colour)}{spacing(before, 0, 4)}"


def tab_stops(width: int) -> str:
    """Stops in the middle and at the end of a line `width` twips long."""
    middle, end = f'w:val="center" w:pos="{width // 2}"', f'w:val="right" w:pos="{width}"'
    return f"<w:tabs><w:tab {middle}/><w:tab {end}/></w:tabs>"


def spacing(before: float, after: float, leading: float) -> str:
    """Space around a paragraph and its exact leading, in points."""
    return (
        f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}"'
        f' w:line="{twips(leading)}" w:lineRule="exact"/>'
    )


def line(side: str, eighths: int, space: int, colour: str) -> str:
    """A rule at one side of a paragraph, `space` points away."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour[1:]}"/>'


def numbered(number: int) -> str:
    """Word's own numbering `number`."""
    return f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'


def outline(level: int) -> str:
    """The level in Word's navigation pane, from 0."""
    return f'<w:outlineLvl w:val="{level}"/>'
