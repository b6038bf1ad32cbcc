"""Options of the files that are written: where they go and how they look."""

import click

from moitt_report.render.theme import MOST_ROWS

OUT = click.option(
    "--out",
    default="out",
    metavar="FOLDER",
    show_default=True,
    help="Folder for the files; a folder per period is made in it.",
)
THEME = click.option("--theme", metavar="FILE", help="A theme of your own; start from templates/theme.toml.")
TEMPLATE = click.option(
    "--template", metavar="FILE", help="A Word document of your own to build on: styles, heads, feet."
)
WORD_ROWS = click.option(
    "--word-rows",
    type=click.IntRange(min=10),
    default=MOST_ROWS,
    metavar="NUMBER",
    show_default=True,
    help="Rows of a table that the Word file prints; a longer table is cut there and says so.",
)
