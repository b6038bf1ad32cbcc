"""Whether a document of the ministry's own can be the house document: everything missing is named at once."""

import re
from collections.abc import Iterable, Iterator, Mapping

from moitt_report.errors import InputError, Problem
from moitt_report.render.docx.package import SLOT, Package
from moitt_report.render.docx.styles import styles_xml
from moitt_report.render.theme import Theme

_WHERE = "template"
_NAMED = re.compile(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"')
_STYLE = re.compile(r'<w:style [^>]*w:styleId="([^"]+)"[^>]*>\s*<w:name w:val="([^"]+)"')
_DECIMAL = re.compile(r'<w:abstractNum [^>]*w:abstractNumId="1".*?<w:numFmt w:val="(\w+)"', re.DOTALL)
_NEEDED = ("classification", "file-number", "watermark")
"""Slots whose words must not be lost; the others are only a matter of taste."""


def refuse_unfit(package: Package, body: str, slots: Mapping[str, str], theme: Theme) -> None:
    """Raise `InputError` with everything that `package` lacks for `body` and for what `slots` say."""
    problems = [
        *_styles(package.parts(), body + "".join(slots.values()), theme),
        *_slots(package.edges(lying=False), slots),
        *(_slots(package.edges(lying=True), slots) if package.lies else ()),
    ]
    if problems:
        raise InputError(problems)


def _styles(parts: Mapping[str, bytes], body: str, theme: Theme) -> Iterator[Problem]:
    known = {name for name, _ in _STYLE.findall(parts["word/styles.xml"].decode())}
    names = dict(_STYLE.findall(styles_xml(theme)))
    for style in sorted(set(_NAMED.findall(body)) - known):
        yield Problem(
            _WHERE,
            f"lacks the style “{names.get(style, style)}” (id {style})",
            "copy it from the house document, templates/house.docx",
        )
    if "<w:numId " in body:
        numbers = _DECIMAL.search(parts.get("word/numbering.xml", b"").decode())
        if numbers is None or numbers[1] != "decimal":
            yield Problem(
                _WHERE,
                "lacks the numbering of lists (abstract numbering 1, decimal)",
                "begin with a copy of the house document, templates/house.docx",
            )


def _slots(edges: Iterable[str], slots: Mapping[str, str]) -> Iterator[Problem]:
    there = {found[1] for edge in edges for found in SLOT.finditer(edge)}
    there |= {name.removesuffix("-run").removesuffix("-first").removesuffix("-lying") for name in there}
    for name in _NEEDED:
        if slots[name] and name not in there:
            yield Problem(
                _WHERE,
                f"has no place for the {name.replace('-', ' ')}: {{{{{name}}}}} stands in no head and no foot",
                "type it there, in braces as shown, in one face",
            )
