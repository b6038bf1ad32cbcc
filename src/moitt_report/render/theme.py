"""The look as plain values, read from a theme file: page, type, colours. Contrast is checked here."""

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, ValidationError, convert
from msgspec.json import decode, encode
from msgspec.structs import asdict, fields

from moitt_report.errors import InputError, Problem, shown
from moitt_report.shipped import shipped

Colour = Annotated[str, Meta(pattern=r"^#[0-9A-F]{6}\Z")]
Points = Annotated[float, Meta(gt=0, le=200)]
Space = Annotated[float, Meta(ge=0, le=200)]
Tracking = Annotated[float, Meta(ge=-1, le=10)]
Millimetres = Annotated[float, Meta(gt=0, le=500)]
Size = Annotated[float, Meta(ge=8, le=72)]
Embedded = Literal["Moitt Sans"]
"""The fonts that travel with us (`templates/fonts`): another would not be there where the file is made again."""
FontName = Annotated[str, Meta(min_length=1, max_length=31)]
"""As long as Windows lets the name of a font be."""

_SAID: dict[object, str] = {
    Colour: "a colour written as #0B4A35",
    Points: "a number of points above 0, at most 200",
    Millimetres: "a number of mm above 0, at most 500",
    Space: "a number of points from 0 to 200",
    Tracking: "-1 to 10 points between letters",
    Size: "a size of 8 to 72 points",
    Embedded: "“Moitt Sans”, the one font that travels with the program",
    FontName: "the name of a font, at most 31 characters",
}
"""What is wanted, in plain words."""

MOST_ROWS = 1000
"""The rows of a table that the Word file prints, unless it is told otherwise."""


KEPT_WHOLE, KEPT_PART = 12, 0.4
"""A table of no more rows stays on one page if they take no more than this part of it; another one keeps two rows with its
head and two with its end."""


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the parts of a theme: frozen, closed to unknown names."""


class Page(Part, frozen=True, kw_only=True):
    """Page and margins in mm."""

    width: Millimetres
    height: Millimetres
    left: Millimetres
    right: Millimetres
    top: Millimetres
    bottom: Millimetres


class Style(Part, frozen=True, kw_only=True):
    """One role of type: size and leading in points."""

    size: Size
    leading: Points
    bold: bool = False
    italic: bool = False
    colour: str = "ink"
    tracking: Tracking = 0
    """Extra space between letters, in points."""
    before: Space = 0
    after: Space = 0


class Colours(Part, frozen=True, kw_only=True):
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


class Fonts(Part, frozen=True, kw_only=True):
    """The embedded face of the PDF and the face that Word names."""

    pdf: Embedded
    word: FontName


class Theme(Part, frozen=True, kw_only=True):
    """Everything a renderer may know about the look."""

    name: str
    page: Page
    fonts: Fonts
    colours: Colours
    styles: dict[str, Style]

    def __post_init__(self) -> None:
        if faults := "; ".join((*_cramped(self), *_illegible(self))):
            raise ValueError(faults)

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


LEAST_ROOM = 100
"""Millimetres that the text has between the margins, at the least: a table of figures needs them."""


def _cramped(theme: Theme) -> Iterator[str]:
    page = theme.page
    for room, how in (
        (page.width - page.left - page.right, "wide"),
        (page.height - page.top - page.bottom, "high"),
    ):
        if room < LEAST_ROOM:
            yield f"the text is {room:g} mm {how} between the margins; it needs {LEAST_ROOM}"
    for name, style in theme.styles.items():
        if style.leading < style.size:
            yield (
                f"style {name}: lines of {style.size:g} points {style.leading:g} points apart "
                "run into each other"
            )


def _illegible(theme: Theme) -> Iterator[str]:
    missing = sorted(ROLES - theme.styles.keys())
    if missing:
        yield f"the theme lacks the styles {', '.join(missing)}"
    colours = asdict(theme.colours)
    for name, style in theme.styles.items():
        colour = colours.get(style.colour)
        if colour is None:
            yield f"style {name} names the colour {style.colour}, which is not there"
            continue
        for ground in ("#FFFFFF", theme.colours.band):
            ratio = contrast(colour, ground)
            if ratio < LEAST_CONTRAST:
                yield (
                    f"style {name}: {colour} on {ground} has a contrast of {ratio:.2f}; "
                    f"text needs {LEAST_CONTRAST} (WCAG 2.2, 1.4.3)"
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
    given = _loaded(text, where)
    try:
        return convert(given, Theme)
    except ValidationError:
        remedy = "compare with the built-in one: moitt-report show theme"
        raise InputError([Problem(where, what, remedy) for what in _faults(given, Theme, "theme")]) from None


def _loaded(text: str, where: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  costs start-up time, and the built-in theme lies prepared

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        what = str(fault)
    except RecursionError:
        what = "it is nested without end"
    except ValueError:  # of Python, which makes no integer of so many digits
        what = "it holds a number without end"
    raise InputError([Problem(where, f"is not valid TOML: {what}", "mend that line")])


def _faults(given: object, wanted: object, place: str) -> Iterator[str]:
    """What keeps `given` from being what is `wanted`, part by part: msgspec itself stops at the first fault."""
    inside: list[str] = []
    if isinstance(given, dict) and isinstance(wanted, type) and issubclass(wanted, Part):
        known = {field.name: field for field in fields(wanted)}
        inside += (f"{place}: {name} is not known here" for name in given if name not in known)
        for name, field in known.items():
            if name in given:
                inside += _faults(given[name], field.type, name if wanted is Theme else f"{place}.{name}")
            elif field.required:
                inside.append(f"{place}: {name} is missing")
    elif isinstance(given, dict) and wanted == dict[str, Style]:
        for name, style in given.items():
            inside += _faults(style, Style, f"{place}.{name}")
    if inside:
        yield from inside
        return
    try:
        convert(given, wanted)
    except ValidationError as fault:
        said = _SAID.get(wanted)
        yield f"{place}: {shown(str(given))} is not {said}" if said else f"{place}: {fault}"


class Prepared(Struct, frozen=True):
    """A theme as it was read from the TOML of this digest."""

    of: str
    theme: Theme


def prepare(toml: bytes) -> bytes:
    """What `default_theme` reads in a tenth of the time of `toml`, the built-in theme."""
    return encode(Prepared(_digest(toml), read_theme(toml.decode(), "theme.toml")))


def _digest(toml: bytes) -> str:
    return hashlib.sha256(toml).hexdigest()


@cache
def default_theme() -> Theme:
    """The built-in theme, as it lies prepared; from its TOML, if that has been changed since."""
    toml = shipped("templates", "theme.toml").read_bytes()
    prepared = decode(shipped("templates", "theme.json").read_bytes(), type=Prepared)
    return prepared.theme if prepared.of == _digest(toml) else read_theme(toml.decode(), "theme.toml")
