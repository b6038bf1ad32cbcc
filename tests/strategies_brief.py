"""Briefs from the whole range of the content model, for properties. All figures are made up.

Hypothesis draws what stands in a brief; a random source of its own seed fills it with words and
figures, so that a table of a hundred rows costs no more choices than a table of one.
"""

from random import Random

from hypothesis import strategies as st

from briefs_at_random import KINDS, Author
from moitt_report.brief.content import Block, Brief, Heading, Section, TitleBlock

LANGUAGES = ("en", "en-GB", "fr", "de-CH", "ur-Latn")

bodies = st.lists(st.sampled_from(sorted(KINDS)), max_size=4)


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """A valid brief with any blocks in any order."""
    author = Author(draw(st.randoms(use_true_random=True)))
    front: list[Block] = [author.title_block()] if draw(st.booleans()) else []
    level = len(front)
    sections: list[Section] = []
    for number in range(draw(st.integers(1, 3))):
        blocks = front if number == 0 else []
        for _ in range(draw(st.integers(0 if number == 0 and front else 1, 2))):
            level = draw(st.integers(1, min(level + 1, 4)))
            blocks.append(Heading(level=level, runs=author.runs(), anchor=author.anchor("h")))
            blocks += [getattr(author, kind)() for kind in draw(bodies)]
        sections.append(Section(id=f"s{number}", blocks=tuple(blocks)))
    rng: Random = author.rng
    blank = any(not field.runs for block in front if isinstance(block, TitleBlock) for field in block.fields)
    return Brief(
        language=draw(st.sampled_from(LANGUAGES)),
        outline="any",
        period="2024-25-Q2",
        title=author.words(),
        running_head=(author.short(), author.short()),
        file_number=draw(st.sampled_from(["", "F. 1(2)/2024-Dev <&>"])),
        classification=draw(st.sampled_from(["", "RESTRICTED", "FOR OFFICIAL USE ONLY & <b>"])),
        stage=draw(st.sampled_from(["draft"] if blank else ["draft", "final"])),
        as_of=f"{rng.randint(1950, 2190)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        author=author.words(),
        sections=tuple(author.resolved(sections)),
        facts=tuple(author.facts.values()),
    )
