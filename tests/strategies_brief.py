"""Valid briefs of every kind of block, for properties. All words and figures are made up."""

from decimal import Decimal

from hypothesis import strategies as st

from moitt_report.brief.content import (
    Block,
    Brief,
    Category,
    Cell,
    Chart,
    ChartColumn,
    Column,
    Contents,
    Fact,
    Figure,
    HeadGroup,
    Heading,
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

WORDS = (
    "Utilised",
    "in all",
    "a & b",
    "<none>",
    "=SUM(A)",
    "“quoted”",
    "of the year’s",
    "– and",
    "crore",
    "'x'",
)
NOTES = ("R1", "M2", "S3")
ROLES = ("actual", "previous", "authorised", "target", "due")
ABSENT = {"n.r.": "not reported", "n.y.d.": "not yet due", "n.a.": "not applicable"}

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


class Making:
    """One brief in the making: its facts and its anchors, both given out once."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.facts: dict[str, Fact] = {}
        self.anchors = 0

    def anchor(self) -> str:
        self.anchors += 1
        return f"a{self.anchors}"

    def figure(self, *, number: bool = False) -> Figure:
        """A figure, now and then one that was printed before."""
        if self.facts and not number and self.draw(st.integers(0, 3)) == 0:
            fact = self.draw(st.sampled_from(sorted(self.facts.values(), key=lambda f: f.id)))
        else:
            fact = self._fact(absent=not number and self.draw(st.integers(0, 4)) == 0)
        printed = fact.printings["prose"]
        return Figure(
            fact=fact.id, printing="prose", words=printed, absent=fact.value is None,
            bold=self.draw(st.booleans()), italic=self.draw(st.booleans()),
        )  # fmt: skip

    def _fact(self, *, absent: bool) -> Fact:
        name = f"f{len(self.facts) + 1}"
        value = Decimal(self.draw(st.integers(-(10**6), 10**9))).scaleb(-3)
        printed = self.draw(st.sampled_from(sorted(ABSENT))) if absent else f"{value:,.3f}".replace("-", "−")
        self.facts[name] = Fact(
            id=name, label=self.draw(words), value=None if absent else str(value),
            absence=ABSENT[printed] if absent else None, unit="Rs million", printings={"prose": printed},
            formula=self.draw(st.sampled_from(("", "=a / b"))), sources=("S3",), address="made-up.yaml:1",
        )  # type: ignore[arg-type]  # fmt: skip
        return self.facts[name]

    def run(self) -> Run:  # noqa: PLR0911 - one case a kind
        kind = self.draw(
            st.sampled_from(("text", "text", "figure", "date", "link", "inside", "note", "urdu"))
        )
        face = {"bold": self.draw(st.booleans()), "italic": self.draw(st.booleans())}
        match kind:
            case "figure":
                return self.figure()
            case "date":
                return Text(words="FY 2024-25", furniture="date", **face)
            case "link":
                return Link(words=self.draw(words), target="https://example.org/?a=1&b=2", **face)
            case "inside":
                return Link(words=self.draw(words), target="#a1", **face)
            case "note":
                return NoteRef(words=self.draw(st.sampled_from(NOTES)), **face)
            case "urdu":
                return Text(words="وزارت", language="ur-PK")
            case _:
                return Text(words=self.draw(words), **face)

    def runs(self, most: int = 4) -> Runs:
        return tuple(self.run() for _ in range(self.draw(st.integers(1, most))))

    def say(self) -> Runs:
        return (Text(words=self.draw(words)),)

    def some(self, most: int = 2) -> tuple[Runs, ...]:
        return tuple(self.runs() for _ in range(self.draw(st.integers(0, most))))

    def foot(self) -> dict[str, object]:
        return {"notes": self.some(), "sources": self.runs() if self.draw(st.booleans()) else ()}

    # --- blocks ---------------------------------------------------------------------------------

    def table(self) -> Table:
        width = self.draw(st.integers(1, 9))
        columns = tuple(
            Column(
                head=self.runs(2), width=self.draw(st.integers(8, 60)), muted=self.draw(st.booleans()),
                align=self.draw(st.sampled_from(("left", "right"))),
            )
            for _ in range(width)
        )  # fmt: skip
        groups = (
            (HeadGroup(runs=self.say(), first=1, last=2),) if width > 3 and self.draw(st.booleans()) else ()
        )
        return Table(
            anchor=self.anchor(), number=self.draw(st.sampled_from(("", "Table 1", "Table A"))), title=self.runs(),
            unit=self.draw(st.sampled_from(((), self.say()))), columns=columns, groups=groups,
            stub=self.draw(st.integers(0, width - 1)),
            rows=tuple(self.row(width) for _ in range(self.draw(st.integers(0, 6)))),
            size=self.draw(st.sampled_from(("money", "dense", "roomy"))), **self.foot(),
        )  # type: ignore[arg-type]  # fmt: skip

    def row(self, width: int) -> Row:
        cells, left = [], width
        while left:
            span = self.draw(st.integers(1, min(left, 2)))
            cells.append(self.cell(span))
            left -= span
        role = self.draw(st.sampled_from(("body", "body", "subtotal", "total", "comparison", "later")))
        return Row(cells=tuple(cells), role=role)

    def cell(self, span: int) -> Cell:
        match self.draw(st.sampled_from(("runs", "figure", "bar", "tone", "blank"))):
            case "figure":
                return Cell(runs=(self.figure(),), span=span)
            case "bar":
                return Cell(
                    runs=(self.figure(number=True),), bar=str(self.draw(st.integers(-5, 130))), span=span
                )
            case "tone":
                tone = self.draw(st.sampled_from(("good", "watch", "bad", "open", "none")))
                return Cell(runs=self.say(), tone=tone, span=span)
            case "blank":
                return Cell(blank=True, span=span)
            case _:
                return Cell(runs=self.runs(2), span=span)

    def chart(self) -> Chart:
        form = self.draw(st.sampled_from(("columns", "bars", "line", "progress")))
        count = self.draw(st.integers(1, 5))
        roles = self.draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=3, unique=True))
        series = tuple(
            Series(
                name=self.say() if n or self.draw(st.booleans()) else (), role=role, points=self.points(count)
            )
            for n, role in enumerate(roles)
        )
        columns = ()
        if form == "progress" and self.draw(st.booleans()):
            columns = tuple(
                ChartColumn(head=s.name or self.say(), role=s.role, cells=tuple((p.label,) for p in s.points))
                for s in series
            )
        return Chart(
            form=form, anchor=self.anchor(), number="Chart 1", title=self.runs(), unit=self.say(),
            categories=tuple(self.category(n) for n in range(count)), series=series, columns=columns,
            alt=self.say(), **self.foot(),
        )  # type: ignore[arg-type]  # fmt: skip

    def points(self, count: int) -> tuple[Point, ...]:
        out = []
        for _ in range(count):
            figure = self.figure()
            out.append(Point(value=self.facts[figure.fact].value, label=figure))
        return tuple(out)

    def category(self, n: int) -> Category:
        more = self.draw(st.booleans())
        return Category(
            label=(Text(words=f"{'ABCDE'[n]} {self.draw(words)}"),), sublabel=self.say() if more else (),
            note=self.runs(2) if more else (), earlier=n > 0 and self.draw(st.booleans()),
        )  # fmt: skip

    def block(self) -> Block:  # noqa: PLR0911 - one case a kind
        draw = self.draw
        match draw(st.sampled_from(KINDS)):
            case "paragraph":
                return Paragraph(
                    runs=self.runs(8), number=draw(st.none() | st.integers(1, 40)),
                    role=draw(st.sampled_from(("body", "legend"))),
                )  # fmt: skip
            case "list":
                return List(items=(self.runs(), *self.some()), ordered=draw(st.booleans()))
            case "table":
                return self.table()
            case "chart":
                return self.chart()
            case "keyfigures":
                items = (self.key_figure() for _ in range(draw(st.integers(1, 4))))
                return KeyFigures(items=tuple(items))
            case "pair":
                halves = [draw(st.sampled_from((self.table, self.chart)))() for _ in range(2)]
                return Pair(left=halves[0], right=halves[1])
            case "signature":
                return Signature(caption=self.say(), enclosure=self.runs())
            case "contents":
                return Contents(title=self.say())
            case "titleblock":
                return self.title_block()
            case _:
                return PageBreak()

    def key_figure(self) -> KeyFigure:
        return KeyFigure(label=self.runs(2), value=self.figure(), unit=self.runs(2), comparisons=self.some(2))

    def title_block(self) -> TitleBlock:
        fields = tuple(
            TitleField(
                label=self.say(), runs=self.say() if self.draw(st.booleans()) else (),
                side=self.draw(st.sampled_from(("left", "right"))),
            )
            for _ in range(self.draw(st.integers(0, 4)))
        )  # fmt: skip
        return TitleBlock(
            letterhead=(self.say(), self.say()), title=self.runs(2), period=self.runs(1), fields=fields
        )


KINDS = (
    "paragraph", "list", "table", "chart", "keyfigures", "pair", "signature", "contents", "titleblock", "pagebreak",
)  # fmt: skip


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """A valid brief of a title, one to three sections with up to five blocks, and notes to refer to."""
    making = Making(draw)
    making.anchors = 1
    sections = [Section(id="front", blocks=(Heading(level=1, runs=making.say(), anchor="a1"),))]
    for n in range(draw(st.integers(1, 3))):
        blocks = [Heading(level=2, runs=making.runs(), anchor=making.anchor())]
        blocks += [making.block() for _ in range(draw(st.integers(1, 5)))]
        sections.append(Section(id=f"s{n}", blocks=tuple(blocks)))
    notes = tuple(NoteItem(number=n, title=making.say(), runs=making.runs()) for n in NOTES)
    sections.append(Section(id="notes", blocks=(Notes(items=notes),)))
    return Brief(
        language="en-GB", outline="quarterly", period="2024-25-Q2", title="MADE UP brief",
        running_head=(making.runs(2), making.runs(2)), stage=draw(st.sampled_from(("draft", "final"))),
        classification=draw(st.sampled_from(("", "RESTRICTED"))), file_number=draw(st.sampled_from(("", "F. 1(2)"))),
        as_of="2024-12-31", author="Nobody & Co", sections=tuple(sections), facts=tuple(making.facts.values()),
    )  # fmt: skip
