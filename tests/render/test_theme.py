"""What is printed can be read: contrast of text on what it stands on (WCAG 2.2, 1.4.3)."""

import pytest

from moitt_report.errors import InputError
from moitt_report.render import theme as theme_module
from moitt_report.render.pdf.furniture import WATERMARK_GREY
from moitt_report.render.theme import LEAST_CONTRAST, contrast, default_theme, prepare, read_theme
from moitt_report.shipped import shipped

COLOURS = default_theme().colours


def test_the_built_in_theme_lies_prepared_as_its_toml_says():
    toml = shipped("templates", "theme.toml").read_bytes()
    assert shipped("templates", "theme.json").read_bytes() == prepare(toml), "run templates/make_theme.py"
    assert default_theme() == read_theme(toml.decode(), "theme.toml")


def test_a_built_in_theme_that_somebody_changed_is_read_from_its_toml(tmp_path, monkeypatch):
    for name in ("theme.toml", "theme.json"):
        (tmp_path / name).write_bytes(shipped("templates", name).read_bytes())
    toml = (tmp_path / "theme.toml").read_text("utf-8").replace(COLOURS.accent, "#203040")
    (tmp_path / "theme.toml").write_text(toml, "utf-8")
    monkeypatch.setattr(theme_module, "shipped", lambda _, name: tmp_path / name)
    assert default_theme.__wrapped__().colours.accent == "#203040"


@pytest.mark.parametrize("text", ["ink", "ink2", "ink3", "accent"])
@pytest.mark.parametrize("ground", ["#FFFFFF", COLOURS.band, WATERMARK_GREY])
def test_text_keeps_its_contrast_on_paper_band_and_watermark(text, ground):
    assert contrast(getattr(COLOURS, text), ground) >= LEAST_CONTRAST


def test_white_can_be_read_inside_a_bar():
    assert contrast("#FFFFFF", COLOURS.accent) >= LEAST_CONTRAST


@pytest.mark.parametrize("mark", ["good", "watch", "bad", "none"])
def test_a_status_mark_stands_out_from_the_paper(mark):
    assert contrast(getattr(COLOURS, mark), "#FFFFFF") >= 3


def test_a_theme_with_pale_text_is_refused():
    text = shipped("templates", "theme.toml").read_text("utf-8").replace(COLOURS.ink2, "#9A9A9A")
    with pytest.raises(InputError, match="contrast"):
        read_theme(text, "pale.toml")


def test_every_fault_of_a_theme_is_named_at_once():
    text = shipped("templates", "theme.toml").read_text("utf-8")
    spoiled = text.replace("\n[page]\n", "\nsize = 3\n[page]\nbleed = 3\n", 1).replace(COLOURS.accent, "blue")
    with pytest.raises(InputError) as caught:
        read_theme(spoiled, "mine.toml")
    said = [problem.what for problem in caught.value.problems]
    assert said == [
        "theme: size is not known here",
        "page: bleed is not known here",
        "colours.accent: blue is not a colour written as #0B4A35",
    ]


def test_a_style_that_is_missing_and_one_too_small_are_both_named():
    text = shipped("templates", "theme.toml").read_text("utf-8")
    with pytest.raises(InputError, match="the theme lacks the styles body"):
        read_theme(text.replace("\nbody = ", "\nother = "), "mine.toml")
    with pytest.raises(InputError, match=r"styles\.body\.size: 4 is not a size of 8 to 72 points"):
        read_theme(text.replace("\nbody = { size = 10.5", "\nbody = { size = 4"), "mine.toml")


@pytest.mark.parametrize("name", ["Other Sans", "../../secrets/Font", ""])
def test_a_font_that_does_not_travel_with_us_is_refused_before_anything_is_drawn(name):
    text = shipped("templates", "theme.toml").read_text("utf-8").replace('"Moitt Sans"', f'"{name}"')
    with pytest.raises(InputError) as caught:
        read_theme(text, "mine.toml")
    (problem,) = caught.value.problems
    assert problem.what.startswith(f"fonts.pdf: {name} is not “Moitt Sans”")


def test_a_font_of_word_has_a_name_that_word_can_hold():
    text = shipped("templates", "theme.toml").read_text("utf-8").replace('"Calibri"', f'"{"C" * 32}"')
    with pytest.raises(InputError, match="the name of a font, at most 31 characters"):
        read_theme(text, "mine.toml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "tracking = 1.0",
            "tracking = nan",
            "styles.letterhead1.tracking: nan is not -1 to 10 points between letters",
        ),
        (
            "tracking = 1.0",
            "tracking = -2",
            "styles.letterhead1.tracking: -2 is not -1 to 10 points between letters",
        ),
        (
            "before = 16 }",
            "before = 1e30 }",
            "styles.title.before: 1e+30 is not a number of points from 0 to 200",
        ),
        ("after = 12", "after = -1", "styles.period.after: -1 is not a number of points from 0 to 200"),
        (
            "size = 10.5, leading = 14",
            "size = 10.5, leading = 9",
            "style body: lines of 10.5 points 9 points apart run into each other",
        ),
        (
            'leading = 17, colour = "ink2"',
            'leading = 17, colour = "__class__"',
            "style period names the colour __class__, which is not there",
        ),
        ("width = 210", "width = 141", "the text is 99 mm wide between the margins; it needs 100"),
        ("height = 297", "height = 90.5", "the text is 47.5 mm high between the margins; it needs 100"),
    ],
)
def test_a_look_that_cannot_be_set_is_refused(old, new, said):
    text = shipped("templates", "theme.toml").read_text("utf-8")
    assert old in text
    with pytest.raises(InputError) as caught:
        read_theme(text.replace(old, new, 1), "mine.toml")
    (problem,) = caught.value.problems
    assert problem.what.removeprefix("theme: ") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "is not valid TOML: Invalid value (at end of document)"),
        ("name = " + "[" * 10_000, "is not valid TOML: it is nested without end"),
        ("name = 1" + "0" * 5_000, "is not valid TOML: it holds a number without end"),
    ],
    ids=["broken", "nested", "endless number"],
)
def test_what_is_no_toml_is_said_in_plain_words(text, said):
    with pytest.raises(InputError) as caught:
        read_theme(text, "mine.toml")
    assert [problem.what for problem in caught.value.problems] == [said]
