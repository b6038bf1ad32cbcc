"""Make the small fonts of this folder: `python make.py /usr/share/fonts/truetype/crosextra`.

Needs fonttools. The result is renamed because the name of the original is reserved by its licence.
"""

import sys
from itertools import chain
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ORIGINAL, NAME = "Carlito", "Moitt Sans"
STYLES = {"Regular": "Regular", "Bold": "Bold", "Italic": "Italic", "BoldItalic": "Bold Italic"}
LETTERS = chain(
    range(0x20, 0x7F),  # ASCII
    range(0xA0, 0x180),  # Latin-1, Latin Extended-A
    range(0x2000, 0x2070),  # spaces, dashes, quotes, bullet, ellipsis
    range(0x20A0, 0x20C0),  # currency
    range(0x2190, 0x21A0),  # arrows
    range(0x2200, 0x2270),  # minus, not equal, at least
)
KEPT = {0, 13, 14}  # names that speak of the makers and the licence stay as they are


def main(source: Path) -> None:
    """Cut, rename and save each style beside this file."""
    wanted = list(LETTERS)
    for stem, style in STYLES.items():
        font = TTFont(source / f"{ORIGINAL}-{stem}.ttf", recalcTimestamp=False)
        options = subset.Options(hinting=False, layout_features=[], name_IDs=["*"], glyph_names=False)
        options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern"]
        cut = subset.Subsetter(options)
        cut.populate(unicodes=wanted)
        cut.subset(font)
        names = {1: NAME, 2: style, 3: f"{NAME} {style}", 4: f"{NAME} {style}"}
        names[6] = f"{NAME.replace(' ', '')}-{stem}"
        for record in list(font["name"].names):
            if record.nameID in names:
                font["name"].setName(names[record.nameID], record.nameID, 3, 1, record.langID)
            elif record.nameID not in KEPT:
                font["name"].removeNames(record.nameID)
        font.save(Path(__file__).with_name(f"{NAME.replace(' ', '')}-{stem}.ttf"))


main(Path(sys.argv[1]))
