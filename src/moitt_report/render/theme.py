"""The look as plain values, read from a theme file: page, type, colours. Contrast is checked here."""

import tomllib
from functools import cache
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from moitt_report.errors import InputError, Problem
from moitt_report.shipped import shipped

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-F]{6}$")]
Points = Annotated[float, Field(gt=0, le=200)]
Millimetres = Annotated[float, Field(gt=0, le=500)]

MOST_ROWS = 1000
"""The rows of a table that the Word file prints, unless it is told otherwise."""


class Part(BaseModel):
    """Base of the parts of a theme: frozen, closed to unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Page(Part):
    """Page and margins in mm."""

    width: Millimetres
    height: Millimetres
    left: Millimetres
    right: Millimetres
    top: Millimetres
    bottom: Millimetres


class Style(Part):
    """One role of type: size and leading in points."""

    size: Annotated[float, Field(ge=8, le=72)]
    leading: Points
    bold: bool = False
    italic: bool = False
    colour: str = "ink"
    tracking: float = 0
    """Extra space between letters, in points."""
    before: float = 0
    after: float = 0


class Colours(Part):
    """The palette. The first group carries text; the second only fills and rules."""

    ink: Colour
    ink2: Colour
    ink3: Colour
    accent: Colour
    hair: Colour
    prev: Colour
    tint: Colour
    prev_tint: Colour
    band: Colour
    good: Colour
    watch: Colour
    bad: Colour
    none: Colour


class Fonts(Part):
    """The embedded face of the PDF (files in `templates/fonts`) and the face that Word names."""

    pdf: str
    word: str


class Theme(Part):
    """Everything a renderer may know about the look."""

    name: str
    page: Page
    fonts: Fonts
    colours: Colours
    styles: dict[str, Style]

    @model_validator(mode="after")
    def _legible(self) -> Self:
        missing = sorted(ROLES - self.styles.keys())
        if missing:
            raise ValueError(f"the theme lacks the styles {', '.join(missing)}")
        palette = self.colours.model_dump()
        for name, style in self.styles.items():
            if style.colour not in palette:
                raise ValueError(f"style {name} names the colour {style.colour}, which is not there")
            for ground in ("#FFFFFF", self.colours.band):
                ratio = contrast(palette[style.colour], ground)
                if ratio < LEAST_CONTRAST:
                    raise ValueError(
                        f"style {name}: {palette[style.colour]} on {ground} has a contrast of "
                        f"{ratio:.2f}; text needs {LEAST_CONTRAST} (WCAG 2.2, 1.4.3)"
                    )
        return self

    def colour_of(self, style: Style) -> str:
        """Hex colour of `style`."""
        colour: str = getattr(self.colours, style.colour)
        return colour


LEAST_CONTRAST = 4.5
ROLES = frozenset(
    "letterhead1 letterhead2 title period h2 h3 caption unit body meta meta_label key_value "
    "key_label key_unit key_comparison table_money table_dense table_roomy table_head note legend "
    "chart_label chart_value chart_small running classification".split()
)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two hex colours (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def read_theme(text: str, where: str) -> Theme:
    """The theme in the TOML `text`; `where` names the file in problems.

    Raises `InputError` with every fault found.
    """
    try:
        return Theme.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise InputError([Problem(where, f"is not valid TOML: {fault}", "mend that line")]) from None
    except ValueError as fault:
        faults = fault.errors(include_url=False) if isinstance(fault, ValidationError) else []
        raise InputError(
            [
                Problem(
                    where,
                    f"{'.'.join(map(str, f['loc'])) or 'theme'}: {f['msg'].removeprefix('Value error, ')}",
                    "compare with the built-in one: moitt-report show theme",
                )
                for f in faults
            ]
        ) from None


@cache
def default_theme() -> Theme:
    """The built-in theme."""
    return read_theme(shipped("templates", "theme.toml").read_text("utf-8"), "theme.toml")
