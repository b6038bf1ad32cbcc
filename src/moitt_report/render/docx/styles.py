"""The house styles of the Word file, written from a theme.

Each role of the theme becomes a style with a name for people, so that an officer who edits the
file picks "Unit Line" or "Table Number" and never touches a font size. `templates/make_house.py`
puts the styles of the built-in theme into the house document.
"""

from moitt_report.render.docx.markup import DECLARATION, KEEP, A, R, W, edge, escape, margin, mm, twips
from moitt_report.render.docx.style_markup import (
    colour_of,
    face_of,
    filled,
    line,
    named_style,
    numbered,
    outline,
    role_style,
    shade,
    size_of,
    spacing,
    style_id,
    tab_stops,
)
from moitt_report.render.theme import Theme

SIZES = ("Money", "Dense", "Roomy")
"""The three settings of tables; the word stands in the names of their styles."""

MARK_FACE = "Segoe UI Symbol"
"""A face of every Windows that has the five status marks; Calibri lacks two of them."""

UNDER_KEY_UNIT = 5.5
"""Points between the unit of a headline figure and what it is compared with."""
_SIGNATURE_ROOM = 44
"""Points over the line that is signed on."""
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
        + "".join(_running_text(theme))
        + "".join(_front_page(theme))
        + "".join(_furniture(theme))
        + "".join(_charts(theme))
        + "".join(_tables_text(theme))
        + "".join(_characters(theme))
        + "".join(_tables(theme))
        + "</w:styles>"
    )


def _defaults(theme: Theme) -> str:
    face = escape(theme.fonts.word)
    body = theme.styles["body"]
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'
        f"{colour_of(theme.colour_of(body))}{size_of(body.size)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ur-PK"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        f"{spacing(0, 0, body.leading)}</w:pPr></w:pPrDefault></w:docDefaults>"
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


def _running_text(theme: Theme) -> list[str]:
    """Headings and paragraphs, captions and notes, and the list of contents."""
    hang = '<w:tabs><w:tab w:val="left" w:pos="480"/></w:tabs>'
    hung = '<w:ind w:left="480" w:hanging="480"/>'
    rule = f"<w:pBdr>{line('bottom', 12, 8, theme.colours.accent)}</w:pBdr>"
    ink, note = colour_of(theme.colours.ink), theme.styles["note"]

    def like(role: str, name: str, keep: str = "", shape: str = "", end: str = "") -> str:
        return role_style(theme, role, name, keep=keep, shape=shape, end=end)

    return [
        like("body", "Body Text"),
        like("body", "Numbered Paragraph", keep=hang, shape=hung),
        like("letterhead1", "Letterhead", shape=_CENTRE),
        like("letterhead2", "Letterhead Ministry", keep=rule, shape=_CENTRE),
        like("title", "Title", keep=KEEP),
        like("period", "Subtitle", keep=KEEP),
        like("h2", "heading 1", keep=KEEP + "<w:keepLines/>", end=outline(0)),
        like("h3", "heading 2", keep=KEEP + "<w:keepLines/>", end=outline(1)),
        like("h3", "heading 3", keep=KEEP + "<w:keepLines/>", end=outline(2)),
        like("caption", "caption", keep=KEEP + "<w:keepLines/>"),
        like("unit", "Unit Line", keep=KEEP + "<w:keepLines/>"),
        like("note", "Source Note", keep="<w:keepLines/>", shape="<w:contextualSpacing/>"),
        like("legend", "Legend"),
        like("body", "List Bullet", keep=numbered(1), shape="<w:contextualSpacing/>"),
        like("body", "List Number", keep=numbered(2), shape="<w:contextualSpacing/>"),
        named_style("paragraph", "Note Item", ppr=spacing(0, 6, note.leading), rpr=ink + size_of(note.size)),
        like("h2", "TOC Heading", keep=KEEP),
        named_style("paragraph", "toc 1", ppr=spacing(0, 2, theme.styles["body"].leading)),
    ]


def _front_page(theme: Theme) -> list[str]:
    """The fields of the file, the headline figures, and the line that is signed on."""
    unit, legend, ink3 = theme.styles["key_unit"], theme.styles["legend"], theme.colours.ink3
    unit_face = face_of(theme, unit, "", bold=True)
    over, small = spacing(_SIGNATURE_ROOM, 0, legend.leading), face_of(theme, legend, "", bold=True)
    signed = f"<w:pBdr>{line('top', 4, 3, ink3)}</w:pBdr>"
    return [
        role_style(theme, "meta_label", "Field Label", room=2.5),
        role_style(theme, "meta", "Field Value", room=2.5),
        role_style(theme, "key_label", "Key Label", keep=KEEP),
        role_style(theme, "key_value", "Key Value", keep=KEEP),
        role_style(theme, "key_value", "Key Value Absent", keep=KEEP, face=colour_of(ink3), plain=True),
        named_style(
            "paragraph", "Key Unit", ppr=KEEP + spacing(1.5, UNDER_KEY_UNIT, unit.leading), rpr=unit_face
        ),
        role_style(theme, "key_comparison", "Key Comparison"),
        named_style("paragraph", "Enclosure", ppr=KEEP + over, rpr=small),
        named_style("paragraph", "Signature Line", ppr=f"{KEEP}{signed}{over}", rpr=small),
    ]


def _furniture(theme: Theme) -> list[str]:
    """Head and foot of the page, and the thin paragraphs that Word needs around tables."""
    width = mm(theme.page.width - theme.page.left - theme.page.right)
    stops = tab_stops(width)
    long = tab_stops(mm(theme.page.height - theme.page.top - theme.page.bottom))
    rule = f"<w:pBdr>{line('top', 4, 5, theme.colours.ink)}</w:pBdr>"
    thin = spacing(0, 0, 1)
    return [
        role_style(theme, "running", "header", keep=stops),
        role_style(theme, "running", "footer", keep=rule + stops),
        role_style(theme, "running", "Header Lying", keep=long),
        role_style(theme, "running", "Footer Lying", keep=rule + long),
        role_style(theme, "classification", "Classification", shape=_CENTRE),
        named_style("paragraph", "After Table", ppr=thin, rpr=size_of(1)),
        named_style("paragraph", "Space After Table", ppr=spacing(0, 0, 8), rpr=size_of(1)),
        named_style("paragraph", "Bar", ppr=filled(theme.colours.accent, 3.4), rpr=size_of(1)),
        named_style("paragraph", "Bar Earlier", ppr=filled(theme.colours.prev, 3.4), rpr=size_of(1)),
        named_style(
            "paragraph",
            "Bar Track",
            ppr=f"<w:pBdr>{line('top', 4, 0, theme.colours.ink2)}</w:pBdr>{spacing(0, 0, 1)}",
            rpr=size_of(1),
        ),
    ]


def _charts(theme: Theme) -> list[str]:
    """Words beside and above charts; all kept with what follows, so that a chart stays whole."""
    wide = '<w:spacing w:before="0" w:after="40" w:line="240" w:lineRule="auto"/>'
    return [
        named_style("paragraph", "Chart", ppr=KEEP + wide, rpr=size_of(8)),
        role_style(theme, "chart_label", "Chart Key", keep=KEEP, room=1),
        role_style(theme, "chart_value", "Chart Name", keep=KEEP),
        role_style(theme, "chart_value", "Chart Name Plain", keep=KEEP, plain=True),
        role_style(theme, "chart_label", "Chart Name Earlier", keep=KEEP),
        role_style(theme, "chart_small", "Chart Small", keep=KEEP),
        role_style(theme, "chart_value", "Chart Note", keep=KEEP, shape=_CENTRE, plain=True),
        role_style(theme, "chart_value", "Chart Remark", keep=KEEP, shape=_INDENT, plain=True),
        role_style(theme, "chart_small", "Chart Gap", keep=KEEP, shape=_CENTRE),
        role_style(theme, "table_head", "Chart Head", keep=KEEP, shape=_RIGHT),
        role_style(theme, "chart_value", "Chart Number", keep=KEEP, shape=_RIGHT, plain=True),
        role_style(theme, "chart_label", "Chart Number Earlier", keep=KEEP, shape=_RIGHT),
    ]


def _tables_text(theme: Theme) -> list[str]:
    """Words and figures in tables, in the three sizes."""
    out = []
    rule = f"<w:pBdr>{line('bottom', 4, 0, theme.colours.ink3)}</w:pBdr>"
    group = f"<w:pBdr>{line('bottom', 4, 2, theme.colours.ink)}</w:pBdr>"
    for size in SIZES:
        role = f"table_{size.lower()}"
        hang = '<w:tabs><w:tab w:val="left" w:pos="220"/></w:tabs>'
        out += [
            role_style(theme, role, f"Table Text {size}"),
            role_style(theme, role, f"Table Number {size}", shape=_RIGHT),
            role_style(theme, role, f"Table Later {size}", shape='<w:ind w:left="240"/>'),
            role_style(
                theme,
                role,
                f"Table Status {size}",
                keep=hang,
                shape='<w:ind w:left="220" w:hanging="220"/>',
            ),
            role_style(theme, role, f"Table Blank {size}", keep=rule, room=2),
        ]
    return [
        *out,
        role_style(theme, "table_head", "Table Head", keep=KEEP),
        role_style(theme, "table_head", "Table Head Number", keep=KEEP, shape=_RIGHT),
        role_style(theme, "table_head", "Table Group Head", keep=KEEP + group, shape=_CENTRE),
    ]


def _characters(theme: Theme) -> list[str]:
    """The only faces a run may wear."""
    c = theme.colours
    bold, italic = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
    under = '<w:u w:val="single"/>'
    out = [
        named_style("character", "Strong", rpr=bold + colour_of(c.ink)),
        named_style("character", "Emphasis", rpr=italic),
        named_style("character", "Strong Emphasis", rpr=bold + italic),
        named_style("character", "Absent", rpr=colour_of(c.ink3)),
        named_style("character", "Absent Emphasis", rpr=italic + colour_of(c.ink3)),
        named_style("character", "Muted", rpr=colour_of(c.ink2)),
        named_style("character", "Hyperlink", rpr=colour_of(c.accent) + under),
        named_style("character", "Hyperlink Strong", rpr=bold + colour_of(c.accent) + under),
        named_style("character", "Draft", rpr="<w:noProof/>"),
        named_style(
            "character",
            "Marking",
            rpr=face_of(theme, theme.styles["classification"], "", bold=True),
        ),
    ]
    marks = {"Good": c.good, "Watch": c.watch, "Bad": c.bad, "Open": c.none, "None": c.none}
    face = f'<w:rFonts w:ascii="{MARK_FACE}" w:hAnsi="{MARK_FACE}" w:cs="{MARK_FACE}"/>'
    for tone, colour in marks.items():
        weight = bold if tone == "None" else ""
        out.append(named_style("character", f"Mark {tone}", rpr=face + weight + colour_of(colour)))
    swatches = {
        "Actual": (c.accent, c.accent),
        "Previous": (c.prev, c.prev),
        "Authorised": (c.ink, c.tint),
        "Target": (c.ink, "#FFFFFF"),
        "Due": (c.ink, c.ink),
    }
    for name, (frame, fill) in swatches.items():
        box = f'<w:bdr w:val="single" w:sz="4" w:space="0" w:color="{frame[1:]}"/>{shade(fill)}'
        out.append(named_style("character", f"Swatch {name}", rpr=size_of(5) + box))
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
