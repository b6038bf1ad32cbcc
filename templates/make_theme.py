"""Write `theme.json` beside this file, `theme.toml` as it is read at each start: `python templates/make_theme.py`.

Run this after a change of the theme; a test fails otherwise, and each start takes a little longer. Needs the package.
"""

from pathlib import Path

from moitt_report.render.theme import prepare

HERE = Path(__file__).parent
(HERE / "theme.json").write_bytes(prepare((HERE / "theme.toml").read_bytes()))
