"""Prepare what every PDF needs of the fonts in this folder: `python prepare.py`, after the fonts have changed.

Beside each font a JSON file of its widths and measures and of the outlines of the usual letters. Needs the package.
"""

from pathlib import Path

from msgspec.json import encode

from moitt_report.render.pdf.fonts import prepare

for font in sorted(Path(__file__).parent.glob("*.ttf")):
    font.with_suffix(".json").write_bytes(encode(prepare(font)))
