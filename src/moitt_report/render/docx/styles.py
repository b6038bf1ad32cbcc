"""The house styles of the Word file, written from a theme.

Each role of the theme becomes a style with a name for people, so that an officer who edits the
file picks "Unit Line" or "Table Number" and never touches a font size. `templates/make_house.py`
puts the styles of the built-in theme into the house document.
"""

from moitt_report.render.docx.markup import DECLARATION, A, R, W, edge, margin, mm, twips
from moitt_report.render.theme import Style, Theme

SIZES = ("Money", "Dense", "Roomy")
"""The three settings of tables; the word stands in the names of their styles."""

MARK_FACE = "Segoe UI Symbol"
"""A face of every Windows that has the five status marks; Calibri lacks two of them."""

_KEEP = "<w:keepNext/>"
_HIDDEN = "<w:semiHidden/><w:unhideWhenUsed/>"
_RIGHT = '<w:jc w:val="right"/>'
_INDENT = '<w:ind w:left="160"/>'
_CENTRE = '<w:jc w:val="center"/>'


def styles_xml(theme: Theme) -> str:
    """The whole styles part for `theme`."""
    return (
        f'{DECLARATION}<w:styles xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}">'
        + _defaults(theme)
        + _built_in()
        + "".join(_paragraphs(theme))
        + "".join(_furniture(theme))
        + "".join(_charts(theme))
        + "".join(_tables_text(theme))
        + "".join(_characters(theme))
        + "".join(_tables(theme))
        + "</w:styles>"
    )


def _defaults(theme: Theme) -> str:
    face = theme.fonts.word
    body = theme.styles["body"]
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'
        f"{_colour(theme.colour_of(body))}{_size(body.size)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ur-PK"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        f"{_spacing(0, 0, body.leading)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _built_in() -> str:
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/>'
        f"{_HIDDEN}</w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        f'<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>{_HIDDEN}'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        f"{margin('top', 0)}{margin('left', 0)}{margin('bottom', 0)}{margin('right', 0)}"
        "</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        f'<w:uiPriority w:val="99"/>{_HIDDEN}</w:style>'
    )


def _paragraphs(theme: Theme) -> list[str]:
    """The styles of running text."""
    accent, ink3 = theme.colours.accent, theme.colours.ink3
    hang = '<w:tabs><w:tab w:val="left" w:pos="480"/></w:tabs>'
    hung = '<w:ind w:left="480" w:hanging="480"/>'
    rule = f"<w:pBdr>{_line('bottom', 12, 8, accent)}</w:pBdr>"

    def like(role: str, name: str, **more: str) -> str:
        return _role(theme, role, name, **more)

    return [
        like("body", "Body Text"),
        like("body", "Numbered Paragraph", keep=hang, shape=hung),
        like("letterhead1", "Letterhead", shape=_CENTRE),
        like("letterhead2", "Letterhead Ministry", keep=rule, shape=_CENTRE),
        like("title", "Title", keep=_KEEP),
        like("period", "Subtitle", keep=_KEEP),
        like("h2", "heading 1", keep=_KEEP + "<w:keepLines/>", end=_outline(0)),
        like("h3", "heading 2", keep=_KEEP + "<w:keepLines/>", end=_outline(1)),
        like("h3", "heading 3", keep=_KEEP + "<w:keepLines/>", end=_outline(2)),
        like("caption", "caption", keep=_KEEP + "<w:keepLines/>"),
        like("unit", "Unit Line", keep=_KEEP + "<w:keepLines/>"),
        like("note", "Source Note", end="", keep="", shape="<w:contextualSpacing/>"),
        like("legend", "Legend"),
        like("body", "List Bullet", keep=_numbered(1), shape="<w:contextualSpacing/>"),
        like("body", "List Number", keep=_numbered(2), shape="<w:contextualSpacing/>"),
        like("body", "Note Item", keep=hang, shape=hung),
        like("h3", "TOC Heading", keep=_KEEP),
        like("body", "toc 1", keep="", shape='<w:ind w:left="0"/>'),
        like("meta_label", "Field Label"),
        like("meta", "Field Value"),
        like("key_label", "Key Label", keep=_KEEP),
        like("key_value", "Key Value", keep=_KEEP),
        _role(theme, "key_value", "Key Value Absent", keep=_KEEP, face=_colour(ink3), plain=True),
        _role(theme, "key_unit", "Key Unit", keep=_KEEP, room=1.5),
        like("key_comparison", "Key Comparison"),
        like("legend", "Signature Line", keep=_KEEP),
        _style("paragraph", "Signature Room", ppr=_KEEP + _spacing(0, 0, 44)),
    ]


def _furniture(theme: Theme) -> list[str]:
    """Head and foot of the page, and the thin paragraphs that Word needs around tables."""
    width = mm(theme.page.width - theme.page.left - theme.page.right)
    stops = (
        f'<w:tabs><w:tab w:val="center" w:pos="{width // 2}"/>'
        f'<w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    )
    rule = f"<w:pBdr>{_line('top', 4, 5, theme.colours.ink)}</w:pBdr>"
    thin = _spacing(0, 0, 1)
    return [
        _role(theme, "running", "header", keep=stops),
        _role(theme, "running", "footer", keep=rule + stops),
        _role(theme, "classification", "Classification", shape=_CENTRE),
        _style("paragraph", "After Table", ppr=thin, rpr=_size(1)),
        _style("paragraph", "Space After Table", ppr=_spacing(0, 0, 8), rpr=_size(1)),
        _style("paragraph", "Around Band", ppr=_KEEP + _spacing(0, 0, 7), rpr=_size(1)),
        _style("paragraph", "Page Start", ppr=f"{_KEEP}<w:pageBreakBefore/>{thin}", rpr=_size(1)),
        _style("paragraph", "Bar Space", ppr=_spacing(0, 0, 3.4), rpr=_size(1)),
        _style("paragraph", "Bar", ppr=_filled(theme.colours.accent), rpr=_size(1)),
        _style("paragraph", "Bar Earlier", ppr=_filled(theme.colours.prev), rpr=_size(1)),
        _style(
            "paragraph",
            "Bar Track",
            ppr=f"<w:pBdr>{_line('top', 4, 0, theme.colours.ink2)}</w:pBdr>{_spacing(0, 0, 1)}",
            rpr=_size(1),
        ),
    ]


def _charts(theme: Theme) -> list[str]:
    """Words beside and above charts; all kept with what follows, so that a chart stays whole."""
    wide = '<w:spacing w:before="0" w:after="40" w:line="240" w:lineRule="auto"/>'
    return [
        _style("paragraph", "Chart", ppr=_KEEP + wide, rpr=_size(8)),
        _role(theme, "chart_label", "Chart Key", keep=_KEEP, room=2),
        _role(theme, "chart_value", "Chart Name", keep=_KEEP),
        _role(theme, "chart_label", "Chart Name Earlier", keep=_KEEP),
        _role(theme, "chart_small", "Chart Small", keep=_KEEP),
        _role(theme, "chart_value", "Chart Note", keep=_KEEP, shape=_CENTRE, plain=True),
        _role(theme, "chart_value", "Chart Remark", keep=_KEEP, shape=_INDENT, plain=True),
        _role(theme, "chart_small", "Chart Gap", keep=_KEEP, shape=_CENTRE),
        _role(theme, "table_head", "Chart Head", keep=_KEEP, shape=_RIGHT),
        _role(theme, "chart_value", "Chart Number", keep=_KEEP, shape=_RIGHT, plain=True),
        _role(theme, "chart_label", "Chart Number Earlier", keep=_KEEP, shape=_RIGHT),
    ]


def _tables_text(theme: Theme) -> list[str]:
    """Words and figures in tables, in the three sizes."""
    out = []
    rule = f"<w:pBdr>{_line('bottom', 4, 0, theme.colours.ink3)}</w:pBdr>"
    group = f"<w:pBdr>{_line('bottom', 4, 2, theme.colours.ink)}</w:pBdr>"
    for size in SIZES:
        role = f"table_{size.lower()}"
        hang = '<w:tabs><w:tab w:val="left" w:pos="220"/></w:tabs>'
        out += [
            _role(theme, role, f"Table Text {size}"),
            _role(theme, role, f"Table Number {size}", shape=_RIGHT),
            _role(theme, role, f"Table Later {size}", shape='<w:ind w:left="240"/>'),
            _role(
                theme,
                role,
                f"Table Status {size}",
                keep=hang,
                shape='<w:ind w:left="220" w:hanging="220"/>',
            ),
            _role(theme, role, f"Table Blank {size}", keep=rule, room=2),
        ]
    return [
        *out,
        _role(theme, "table_head", "Table Head", keep=_KEEP),
        _role(theme, "table_head", "Table Head Number", keep=_KEEP, shape=_RIGHT),
        _role(theme, "table_head", "Table Group Head", keep=_KEEP + group, shape=_CENTRE),
    ]


def _characters(theme: Theme) -> list[str]:
    """The only faces a run may wear."""
    c = theme.colours
    bold, italic = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
    under = '<w:u w:val="single"/>'
    out = [
        _style("character", "Strong", rpr=bold + _colour(c.ink)),
        _style("character", "Emphasis", rpr=italic),
        _style("character", "Strong Emphasis", rpr=bold + italic),
        _style("character", "Absent", rpr=_colour(c.ink3)),
        _style("character", "Absent Emphasis", rpr=italic + _colour(c.ink3)),
        _style("character", "Muted", rpr=_colour(c.ink2)),
        _style("character", "Hyperlink", rpr=_colour(c.accent) + under),
        _style("character", "Hyperlink Strong", rpr=bold + _colour(c.accent) + under),
        _style("character", "Draft", rpr="<w:noProof/>"),
        _style(
            "character", "Marking", rpr=_face(theme, theme.styles["classification"], "", bold=True)
        ),
    ]
    marks = {"Good": c.good, "Watch": c.watch, "Bad": c.bad, "Open": c.none, "None": c.none}
    face = f'<w:rFonts w:ascii="{MARK_FACE}" w:hAnsi="{MARK_FACE}" w:cs="{MARK_FACE}"/>'
    for tone, colour in marks.items():
        weight = bold if tone == "None" else ""
        out.append(_style("character", f"Mark {tone}", rpr=face + weight + _colour(colour)))
    swatches = {
        "Actual": (c.accent, c.accent),
        "Previous": (c.prev, c.prev),
        "Authorised": (c.ink, c.tint),
        "Target": (c.ink, "#FFFFFF"),
        "Due": (c.ink, c.ink),
    }
    for name, (line, fill) in swatches.items():
        box = f'<w:bdr w:val="single" w:sz="4" w:space="0" w:color="{line[1:]}"/>{_shade(fill)}'
        out.append(_style("character", f"Swatch {name}", rpr=_size(5) + box))
    return out


def _tables(theme: Theme) -> list[str]:
    """Table styles: rules above and below, a hair between rows, and the inner margins of cells."""
    c = theme.colours
    rules = edge("top", 8, c.ink) + edge("bottom", 8, c.ink) + edge("insideH", 3, c.hair)
    pads = {"Money": (1.7, 1.9, 5), "Dense": (1.5, 1.7, 5), "Roomy": (3, 4, 5)}
    out = [
        _table_style(f"House Table {size}", rules, above, below, left)
        for size, (above, below, left) in pads.items()
    ]
    band = edge("top", 12, c.accent) + edge("bottom", 4, c.ink) + edge("insideV", 4, c.hair)
    return [
        *out,
        _table_style("House Layout", "", 0, 0, 0),
        _table_style("House Key Figures", band, 5, 7, 8),
    ]


def _table_style(name: str, borders: str, above: float, below: float, left: float) -> str:
    borders = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(name)}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/>'
        f"<w:qFormat/><w:tblPr>{borders}<w:tblCellMar>"
        f"{margin('top', twips(above))}{margin('left', twips(left))}"
        f"{margin('bottom', twips(below))}{margin('right', 0)}</w:tblCellMar></w:tblPr></w:style>"
    )


# --- one style ----------------------------------------------------------------------------------

_WORDS_OWN = {
    "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "caption", "Body Text", "toc 1",
    "List Bullet", "List Number", "TOC Heading", "header", "footer", "Strong", "Emphasis",
    "Hyperlink",
}  # fmt: skip
"""Names that Word knows; every other style is marked as custom."""


def style_id(name: str) -> str:
    """The id of the style that people know as `name`: "heading 1" is Heading1."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def _role(
    theme: Theme, role: str, name: str, *, keep: str = "", shape: str = "", end: str = "",
    face: str = "", plain: bool = False, room: float = 0,
) -> str:  # fmt: skip
    """The paragraph style of a role. `keep` sorts before the spacing in `w:pPr`, `shape` after.

    `plain` takes the bold away, `room` adds space above and below.
    """
    style = theme.styles[role]
    ppr = f"{keep}{_spacing(style.before + room, style.after + room, style.leading)}{shape}{end}"
    return _style("paragraph", name, ppr=ppr, rpr=_face(theme, style, face, bold=not plain))


def _face(theme: Theme, style: Style, colour: str, *, bold: bool) -> str:
    return (
        ("<w:b/><w:bCs/>" if style.bold and bold else "")
        + ("<w:i/><w:iCs/>" if style.italic else "")
        + (colour or _colour(theme.colour_of(style)))
        + (f'<w:spacing w:val="{twips(style.tracking)}"/>' if style.tracking else "")
        + _size(style.size)
    )


def _style(kind: str, name: str, *, ppr: str = "", rpr: str = "") -> str:
    custom = "" if name in _WORDS_OWN else ' w:customStyle="1"'
    base = '<w:basedOn w:val="Normal"/>' if kind == "paragraph" else ""
    return (
        f'<w:style w:type="{kind}"{custom} w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f"{base}<w:qFormat/>"
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _colour(colour: str) -> str:
    return f'<w:color w:val="{colour[1:]}"/>'


def _shade(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour[1:]}"/>'


def _filled(colour: str) -> str:
    return f"{_shade(colour)}{_spacing(0, 0, 4)}"


def _spacing(before: float, after: float, leading: float) -> str:
    return (
        f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}"'
        f' w:line="{twips(leading)}" w:lineRule="exact"/>'
    )


def _line(side: str, eighths: int, space: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour[1:]}"/>'


def _numbered(number: int) -> str:
    return f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'


def _outline(level: int) -> str:
    return f'<w:outlineLvl w:val="{level}"/>'
