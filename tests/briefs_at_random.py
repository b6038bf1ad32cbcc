"""Blocks filled at random, within what the content model allows: the material of `strategies_brief`."""

from random import Random

from msgspec import convert, to_builtins

from moitt_report.brief.content import (
    Category,
    Cell,
    Chart,
    ChartColumn,
    Column,
    Contents,
    Figure,
    HeadGroup,
    KeyFigure,
    KeyFigures,
    Link,
    List,
    NoteItem,
    NoteRef,
    Notes,
    PageBreak,
    Pair,
    Paragraph,
    Point,
    Row,
    Run,
    Runs,
    Section,
    Series,
    Signature,
    Table,
    Text,
    TitleBlock,
    TitleField,
)
from moitt_report.brief.fact import Fact

KINDS = {
    "paragraph", "bullets", "table", "chart", "pair", "key_figures", "notes", "signature",
    "contents", "page_break",
}  # fmt: skip
PLAIN = (
    "allocation", "Karachi", "utilised", "Žluťoučký", "Ærøskøbing", "naïve", "throw-forward",
    "a/b/c", "State's", "“quoted”", "July–December", "Rs\u00a0million", "<b>", "</p>", "&amp;", "&", "<img src=x>",
    "\\(", ")", "%%EOF", "endstream", "]]>", "{x}", "https", "…", "−", "=", "+", "@", "#",
)  # fmt: skip
ROLES = ("actual", "previous", "authorised", "target", "due")
TONES = ("good", "watch", "bad", "open", "none")


class Author:
    """Writes blocks from one random source, and remembers the facts and anchors they need."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.facts: dict[str, Fact] = {}
        self.anchors: list[str] = []
        self.numbers: list[str] = []

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def anchor(self, stem: str) -> str:
        self.anchors.append(f"{stem}-{len(self.anchors)}")
        return self.anchors[-1]

    # --- words and runs ---------------------------------------------------------------------

    def words(self) -> str:
        """Mostly a few words; now and then a very long name, one endless word, or only spaces."""
        rng, dice = self.rng, self.rng.random()
        if dice < 0.03:
            return " " * rng.randint(1, 9)
        if dice < 0.06:
            return "Unbreakable" * rng.randint(5, 45)
        count = rng.randint(20, 60) if dice < 0.15 else rng.randint(1, 7)
        spaces = "  " if self.chance(0.05) else " "
        return spaces.join(rng.choice(PLAIN) for _ in range(count))

    def text(self) -> Text:
        rng = self.rng
        face = {"bold": self.chance(0.2), "italic": self.chance(0.1)}
        language = rng.choice(["fr", "ur-Latn", "de"]) if self.chance(0.08) else None
        if self.chance(0.15):
            return Text(words=f"Phase {rng.randint(1, 99)} & others", furniture="name", **face)
        return Text(words=self.words(), language=language, **face)

    def figure(self) -> Figure:
        rng, name = self.rng, f"f{len(self.facts)}"
        if self.chance(0.15):
            words, value = rng.choice(["n.r.", "n.a.", "n.y.d."]), None
        else:
            size = 10 ** rng.choice([0, 1, 3, 6, 9, 37])
            number = rng.randint(-size, 9 * size)
            words, value = f"{number:,}".replace("-", "−") + ".125", f"{number}.125"
        self.facts[name] = Fact(
            id=name,
            label=self.words(),
            value=value,
            absence="not reported" if value is None else None,
            unit="Rs million",
            printings={"table": words},
        )
        return Figure(fact=name, printing="table", words=words, absent=value is None, bold=self.chance(0.1))

    def run(self) -> Run:
        dice = self.rng.random()
        if dice < 0.6:
            return self.text()
        if dice < 0.8:
            return self.figure()
        if dice < 0.9:
            target = f"https://example.org/{'a/' * self.rng.randint(0, 90)}?q=(1)&x=<y>"
            return Link(words=self.words(), target=target)
        # Where references lead is known at the end; see `resolved`.
        return Text(words="reference to come", furniture="name")

    def runs(self) -> Runs:
        return tuple(self.run() for _ in range(self.rng.choice([1, 1, 1, 2, 4])))

    def some(self, share: float = 0.5) -> Runs:
        return self.runs() if self.chance(share) else ()

    def short(self) -> Runs:
        return (Text(words=" ".join(self.rng.choice(PLAIN) for _ in range(self.rng.randint(1, 4)))),)

    def narrow(self, columns: int) -> Runs:
        """Anything in a table of few columns; where there are many, long words fill too many pages."""
        return self.runs() if columns < 4 or self.chance(0.01) else self.short()

    # --- blocks -----------------------------------------------------------------------------

    def title_block(self) -> TitleBlock:
        return TitleBlock(
            letterhead=tuple(self.short() for _ in range(self.rng.randint(0, 3))),
            title=self.runs(),
            period=self.runs(),
            fields=tuple(
                TitleField(label=self.runs(), runs=self.some(), side=self.rng.choice(["left", "right"]))
                for _ in range(self.rng.randint(0, 6))
            ),
        )

    def paragraph(self) -> Paragraph:
        number = self.rng.choice([None, 3, 1200])
        role = self.rng.choice(["body", "body", "legend"])
        return Paragraph(runs=self.some(0.97) + self.some(), number=number, role=role)

    def bullets(self) -> List:
        return List(
            items=tuple(self.runs() for _ in range(self.rng.randint(0, 12))), ordered=self.chance(0.5)
        )

    def table(self, most: int = 60) -> Table:
        rng = self.rng
        count = rng.choice([1, 2, 3, 5, 8, 8, 20])
        columns = tuple(
            Column(
                head=self.narrow(count),
                align=rng.choice(["left", "right"]),
                width=rng.uniform(5, 60),
                muted=self.chance(0.1),
            )
            for _ in range(count)
        )
        groups = ()
        if count >= 5 and self.chance(0.6):
            groups = (
                HeadGroup(runs=self.runs(), first=1, last=2),
                HeadGroup(runs=self.runs(), first=3, last=4),
            )
        rows = rng.choice([0, 1, 2, 5, 12 if count > 8 else most])
        return Table(
            anchor=self.anchor("t"),
            number=rng.choice(["", "Table 1", "Annex A"]),
            title=self.some(0.8),
            unit=self.some(),
            columns=columns,
            groups=groups,
            stub=rng.randrange(count),
            rows=tuple(self.row(count, plain=rows > 5) for _ in range(rows)),
            notes=tuple(self.runs() for _ in range(rng.choice([0, 0, 1, 3]))),
            sources=self.some(0.3),
            size=rng.choice(["money", "dense", "roomy"]),
        )

    def row(self, count: int, *, plain: bool) -> Row:
        role = self.rng.choice(["body"] * 8 + ["subtotal", "total", "comparison", "later"])
        if plain and self.chance(0.9):
            return Row(cells=tuple(Cell(runs=(self.figure(),)) for _ in range(count)))
        cells: list[Cell] = []
        left = count
        while left:
            span = self.rng.randint(1, left) if self.chance(0.15) else 1
            cells.append(self.cell(span, count))
            left -= span
        number = f"{self.rng.choice('RMSD')}{len(self.numbers) + 1}" if self.chance(0.05) else ""
        self.numbers += [number] * bool(number)
        return Row(cells=tuple(cells), role=role, anchor=number)

    def cell(self, span: int, count: int) -> Cell:
        dice = self.rng.random()
        if dice < 0.08:
            return Cell(blank=True, span=span)
        if dice < 0.18:
            bar = f"{self.rng.uniform(-20, 180):.1f}"
            return Cell(runs=(self.figure(),), span=span, bar=bar)
        tone = self.rng.choice(TONES) if dice < 0.3 else None
        return Cell(runs=self.narrow(count), span=span, tone=tone)

    def chart(self, most: int = 40) -> Chart:
        rng = self.rng
        count = rng.choice([1, 2, 3, 4, 5, 12, most])
        form = rng.choice(["columns", "bars", "line", "progress"])
        roles = rng.sample(ROLES, rng.randint(1, 3))
        return Chart(
            form=form,
            anchor=self.anchor("c"),
            number="Chart 1",
            title=self.runs(),
            unit=self.some(0.8),
            categories=tuple(
                Category(
                    label=self.runs() if count < 6 else self.short(),
                    sublabel=self.some(0.2),
                    note=self.some(0.2),
                    earlier=self.chance(0.3),
                )
                for _ in range(count)
            ),
            series=tuple(
                Series(name=self.some(0.9), role=role, points=tuple(self.point() for _ in range(count)))
                for role in roles
            ),
            columns=tuple(
                ChartColumn(
                    head=self.short(),
                    role=rng.choice([None, *ROLES]),
                    cells=tuple((self.figure(),) for _ in range(count)),
                )
                for _ in range(rng.randint(0, 4) if form == "progress" else 0)
            ),
            alt=(Text(words="Told. "), *self.runs()),
            notes=tuple(self.runs() for _ in range(rng.choice([0, 0, 1]))),
            sources=self.some(0.3),
        )

    def point(self) -> Point:
        label = self.figure()
        return Point(value=self.facts[label.fact].value, label=label)

    def pair(self) -> Pair:
        left, right = (self.chart(12) if self.chance(0.5) else self.table(12) for _ in range(2))
        return Pair(left=left, right=right)

    def key_figures(self) -> KeyFigures:
        return KeyFigures(
            items=tuple(
                KeyFigure(
                    label=self.runs(),
                    value=self.figure(),
                    unit=self.some(),
                    comparisons=tuple(self.runs() for _ in range(self.rng.randint(0, 3))),
                )
                for _ in range(self.rng.randint(1, 4))
            )
        )

    def notes(self) -> Notes:
        items = []
        for _ in range(self.rng.randint(0, 9)):
            self.numbers.append(f"{self.rng.choice('RMSD')}{len(self.numbers) + 1}")
            items.append(NoteItem(number=self.numbers[-1], title=self.some(0.8), runs=self.some(0.9)))
        return Notes(items=tuple(items))

    def signature(self) -> Signature:
        return Signature(caption=self.runs(), enclosure=self.some())

    def contents(self) -> Contents:
        return Contents(title=self.runs())

    def page_break(self) -> PageBreak:
        return PageBreak()

    # --- references -------------------------------------------------------------------------

    def resolved(self, sections: list[Section]) -> list[Section]:
        """`sections` with each reference to come made one that leads somewhere."""
        return convert(self._resolved(to_builtins(sections)), list[Section])

    def _resolved(self, node: object) -> object:
        if isinstance(node, dict):
            if node.get("words") == "reference to come":
                return to_builtins(self._reference())
            return {name: self._resolved(part) for name, part in node.items()}
        if isinstance(node, list | tuple):
            return [self._resolved(part) for part in node]
        return node

    def _reference(self) -> Run:
        if self.numbers and self.chance(0.7):
            return NoteRef(words=self.rng.choice(self.numbers))
        if self.anchors:
            return Link(words=self.words(), target=f"#{self.rng.choice(self.anchors)}")
        return Text(words="nothing to refer to")
