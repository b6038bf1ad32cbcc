"""Write `house.docx` beside this file from the built-in theme: `python templates/make_house.py`.

The house document is a committed artefact. Run this after a change of the theme or of the styles;
the same sources always give the same bytes.
"""

from pathlib import Path

from moitt_report.render.docx.house import house_parts
from moitt_report.render.theme import default_theme
from moitt_report.zipping import zipped


def main() -> None:
    """Write the file."""
    parts = {name: text.encode() for name, text in house_parts(default_theme()).items()}
    Path(__file__).with_name("house.docx").write_bytes(zipped(parts))


if __name__ == "__main__":
    main()
