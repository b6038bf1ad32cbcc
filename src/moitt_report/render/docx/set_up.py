"""The set-up of pages: heads, feet, paper and margins, of upright pages and of lying ones."""

import re
from collections.abc import Mapping

from moitt_report.errors import InputError, Problem

_PAPER = re.compile(r"<w:pgSz [^>]*/>\s*<w:pgMar [^>]*/>")
_SECTION = re.compile(r"<w:sectPr(?: [^>]*)?>.*?</w:sectPr>", re.DOTALL)
_FIRST_PAGE = re.compile(r"<w:titlePg(?: [^>]*)?/>")


def set_ups(document: str) -> tuple[str, str]:
    """The set-ups of upright and of lying pages: the document's own, the second made from the first where it has none."""
    found = _SECTION.findall(document)
    if not found:
        raise InputError([Problem("template", "has no page set-up", "save it in Word as .docx again")])
    lying = [each for each in found[:-1] if 'w:orient="landscape"' in each]
    return found[-1], lying[0] if lying else _turned(found[-1])


def _turned(set_up: str) -> str:
    """The set-up of a page turned clockwise: its left margin is above."""

    def turned(found: re.Match[str]) -> str:
        size, margins = (dict(re.findall(r'(w:\w+)="([^"]*)"', tag)) for tag in found[0].split("/>")[:2])
        size |= {"w:w": size.get("w:h", ""), "w:h": size.get("w:w", ""), "w:orient": "landscape"}
        sides = ("w:top", "w:right", "w:bottom", "w:left")
        margins |= {side: margins[before] for side, before in zip(sides, (sides[3], *sides), strict=False)}
        return _tag("w:pgSz", size) + _tag("w:pgMar", margins)

    return _PAPER.sub(turned, set_up)


def _tag(name: str, values: Mapping[str, str]) -> str:
    said = "".join(f' {key}="{value}"' for key, value in values.items())
    return f"<{name}{said}/>"


def with_paper(set_up: str, paper: str) -> str:
    """`set_up` on other paper, with other margins."""
    return _PAPER.sub(paper, set_up)


def without_first_page(set_up: str) -> str:
    """`set_up` of a section whose first page is like its others."""
    return _FIRST_PAGE.sub("", set_up)
