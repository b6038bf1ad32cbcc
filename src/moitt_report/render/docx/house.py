"""The parts of the house document other than its styles.

Only `templates/make_house.py` uses them, to write `templates/house.docx`. The ministry may then
open that file in Word and change it; the renderer relies on its style ids and on the slots, words
in double braces, in its heads and feet.
"""

from moitt_report.render.docx.markup import (
    DECLARATION,
    TAB,
    WP,
    A,
    C,
    R,
    W,
    escape,
    field,
    mm,
    para,
    run,
)
from moitt_report.render.docx.package import content_types
from moitt_report.render.docx.styles import MARK_FACE, styles_xml
from moitt_report.render.theme import Theme
from moitt_report.zipping import CONTENT_TYPES

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_VML = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
_RELATED = (
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("settings", "settings.xml"),
    ("fontTable", "fontTable.xml"),
    ("theme", "theme/theme1.xml"),
    ("header", "header1.xml"),
    ("header", "header2.xml"),
    ("footer", "footer1.xml"),
    ("header", "header3.xml"),
    ("footer", "footer2.xml"),
)


def house_parts(theme: Theme) -> dict[str, str]:
    """Every part of the house document by its name in the package."""
    return {
        CONTENT_TYPES: _content_types(),
        "_rels/.rels": _relationships(
            (_OFFICE + "officeDocument", "word/document.xml"),
            (_PACKAGE + "relationships/metadata/core-properties", "docProps/core.xml"),
            (_OFFICE + "extended-properties", "docProps/app.xml"),
        ),
        "docProps/app.xml": DECLARATION
        + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Application>Microsoft Office Word</Application></Properties>',
        "docProps/core.xml": DECLARATION + f'<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>House document</dc:title>'
        "</cp:coreProperties>",
        "word/_rels/document.xml.rels": _relationships(
            *((_OFFICE + kind, target) for kind, target in _RELATED)
        ),
        "word/document.xml": _document(theme),
        "word/styles.xml": styles_xml(theme),
        "word/numbering.xml": _numbering(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(theme),
        "word/theme/theme1.xml": _office_theme(theme),
        "word/header1.xml": _running_head("Header", "watermark"),
        "word/header2.xml": _first_head(),
        "word/footer1.xml": _foot("Footer"),
        "word/header3.xml": _running_head("HeaderLying", "watermark-lying"),
        "word/footer2.xml": _foot("FooterLying"),
    }


def _content_types() -> str:
    base = "application/vnd.openxmlformats-"
    overrides = {
        "docProps/app.xml": base + "officedocument.extended-properties+xml",
        "docProps/core.xml": base + "package.core-properties+xml",
        "word/document.xml": _WORD_TYPE + "document.main+xml",
        "word/theme/theme1.xml": base + "officedocument.theme+xml",
    }
    for kind, target in _RELATED:
        overrides.setdefault(f"word/{target}", f"{_WORD_TYPE}{kind}+xml")
    return content_types({f"/{name}": kind for name, kind in overrides.items()})


def _relationships(*items: tuple[str, str]) -> str:
    return (
        f'{DECLARATION}<Relationships xmlns="{_PACKAGE}relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(items, 1)
        )
        + "</Relationships>"
    )


def _document(theme: Theme) -> str:
    """Two sections: the second, upright, is the document's; the first says what a lying page looks like."""
    spaces = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:c="{C}"'
    lying = _section(paper(theme, lying=True), "rId9", "rId10")
    return (
        f"{DECLARATION}<w:document {spaces}><w:body><w:p><w:pPr>{lying}</w:pPr></w:p><w:p/>"
        f"{_section(paper(theme), 'rId6', 'rId8')}</w:body></w:document>"
    )


def _section(sheet: str, head: str, foot: str) -> str:
    """The set-up of pages: heads, feet, paper and margins."""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{head}"/>'
        '<w:headerReference w:type="first" r:id="rId7"/>'
        f'<w:footerReference w:type="default" r:id="{foot}"/><w:footerReference w:type="first" r:id="{foot}"/>'
        f'{sheet}<w:cols w:space="708"/><w:titlePg/></w:sectPr>'
    )


def paper(theme: Theme, *, lying: bool = False) -> str:
    """Paper and margins; a lying page is an upright one turned clockwise, its file punch above."""
    page = theme.page
    size = (page.height, page.width) if lying else (page.width, page.height)
    turned = ' w:orient="landscape"' if lying else ""
    top, right, bottom, left = (
        (page.left, page.top, page.right, page.bottom)
        if lying
        else (page.top, page.right, page.bottom, page.left)
    )
    return (
        f'<w:pgSz w:w="{mm(size[0])}" w:h="{mm(size[1])}"{turned}/>'
        f'<w:pgMar w:top="{mm(top)}" w:right="{mm(right)}" w:bottom="{mm(bottom)}" w:left="{mm(left)}"'
        f' w:header="{mm(top - 9)}" w:footer="{mm(bottom - 10)}" w:gutter="0"/>'
    )


def _numbering() -> str:
    def level(kind: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="480" w:hanging="280"/></w:pPr></w:lvl>'
        )

    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:nsid w:val="4D4F490{n}"/>'
        f'<w:multiLevelType w:val="singleLevel"/>{body}</w:abstractNum>'
        for n, body in enumerate((level("bullet", "•"), level("decimal", "%1.")))
    )
    numbers = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n - 1}"/></w:num>' for n in (1, 2))
    return f'{DECLARATION}<w:numbering xmlns:w="{W}">{abstract}{numbers}</w:numbering>'


def _settings() -> str:
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
            ("useWord2013TrackBottomHyphenation", 0),
        )
    )
    return (
        f'{DECLARATION}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="480"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compat}</w:compat><w:themeFontLang w:val="en-GB" w:bidi="ur-PK"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2"'
        + "".join(f' w:accent{n}="accent{n}"' for n in range(1, 7))
        + ' w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _fonts(theme: Theme) -> str:
    def font(name: str, other: str = "") -> str:
        instead = f'<w:altName w:val="{other}"/>' if other else ""
        return (
            f'<w:font w:name="{escape(name)}">{instead}<w:charset w:val="00"/><w:family w:val="swiss"/>'
            '<w:pitch w:val="variable"/></w:font>'
        )

    body = font(theme.fonts.word, "Carlito") + font(MARK_FACE)
    return f'{DECLARATION}<w:fonts xmlns:w="{W}">{body}</w:fonts>'


def _office_theme(theme: Theme) -> str:
    """What Word's colour and font menus offer: the house palette and the house face."""
    c = theme.colours
    slots = {
        "dk1": c.ink, "lt1": "#FFFFFF", "dk2": c.ink2, "lt2": c.band, "accent1": c.accent,
        "accent2": c.prev, "accent3": c.tint, "accent4": c.good, "accent5": c.watch,
        "accent6": c.bad, "hlink": c.accent, "folHlink": c.ink2,
    }  # fmt: skip
    colours = "".join(f'<a:{k}><a:srgbClr val="{v[1:]}"/></a:{k}>' for k, v in slots.items())
    face = f'<a:latin typeface="{escape(theme.fonts.word)}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{DECLARATION}<a:theme xmlns:a="{A}" name="House"><a:themeElements>'
        f'<a:clrScheme name="House">{colours}</a:clrScheme><a:fontScheme name="House">'
        f"<a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="House"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def _running_head(style: str, mark: str) -> str:
    words = slot("left") + TAB + slot("classification-run") + TAB + slot("right")
    return _edge_of_page("hdr", para(style, slot(mark) + words))


def _first_head() -> str:
    return _edge_of_page("hdr", para("Classification", slot("watermark-first") + slot("classification")))


def _foot(style: str) -> str:
    words = (
        run("File No. ") + slot("file-number") + TAB + slot("classification-run") + TAB
        + run("Page ") + field("PAGE", "1") + run(" of ") + field("NUMPAGES", "1")
    )  # fmt: skip
    return _edge_of_page("ftr", para(style, words))


def slot(name: str) -> str:
    """A run that the renderer replaces."""
    return run(f"{{{{{name}}}}}")


def _edge_of_page(kind: str, body: str) -> str:
    return f'{DECLARATION}<w:{kind} xmlns:w="{W}" xmlns:r="{R}" {_VML}>{body}</w:{kind}>'
