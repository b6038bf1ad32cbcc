"""The smallest valid things; each test changes one of them by keyword. All figures are ILLUSTRATIVE."""

from moitt_report.brief.content import (
    Brief,
    Category,
    Cell,
    Chart,
    ChartColumn,
    Column,
    Contents,
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


def say(words: str, *, bold: bool = False, furniture: str | None = None) -> Runs:
    """Words without a Fact."""
    return (Text(words=words, bold=bold, furniture=furniture),)  # type: ignore[arg-type]


class Facts:
    """Collects the facts that a hand-made brief prints."""

    def __init__(self) -> None:
        self.facts: dict[str, Fact] = {}

    def figure(self, words: str, *, bold: bool = False, printing: str = "table") -> Figure:
        """A figure with a fact of its own; words such as n.r. make an absent one."""
        absent = words in {"n.r.", "n.a.", "n.y.d."}
        number = "".join(c for c in words if c.isdigit() or c == ".").strip(".")
        number = f"-{number}" if words[:1] in {"-", "−"} else number
        name = f"f{len(self.facts) + 1}"
        self.facts[name] = Fact(
            id=name,
            label=f"Illustrative figure {name}",
            value=None if absent else number,
            absence="not reported" if absent else None,
            unit="Rs million",
            printings={printing: words},
            address="tests/builders.py:1",
        )
        return Figure(fact=name, printing=printing, words=words, bold=bold, absent=absent)


def money_table(f: Facts, anchor: str = "table-1", rows: int = 3, name: str = "Project") -> Table:
    """A money table with grouped heads, subtotal, total, comparison, notes and sources."""
    body = [
        Row(
            cells=(
                Cell(runs=say(str(n), furniture="number")),
                Cell(runs=say(f"{name} {chr(64 + n % 26)}")),
                Cell(runs=(f.figure("n.r."),)),
                Cell(runs=(f.figure("1,063.000"),)),
                Cell(runs=(f.figure("45.2"),), bar="45.2"),
            )
        )
        for n in range(1, rows + 1)
    ]
    ends = [
        Row(
            role=role,  # type: ignore[arg-type]
            cells=(
                Cell(runs=say("All projects"), span=2),
                Cell(runs=(f.figure("n.r."),)),
                Cell(runs=(f.figure("3,189.000"),)),
                Cell(runs=(f.figure("100.0"),)),
            ),
        )
        for role in ("subtotal", "total", "comparison", "later")
    ]
    return Table(
        anchor=anchor,
        number="Table 1",
        title=(*say("ILLUSTRATIVE: one project holds "), f.figure("45.2 %", printing="prose")),
        unit=say("Allocation, Rs million"),
        columns=(
            Column(head=say("No."), width=8, muted=True),
            Column(head=say("Project"), width=70),
            Column(head=say("Local"), width=25, align="right"),
            Column(head=say("Total"), width=30, align="right"),
            Column(head=say("Share, %"), width=35, align="right"),
        ),
        groups=(HeadGroup(runs=say("Allocation"), first=2, last=3),),
        stub=1,
        rows=(*body, *ends),
        notes=((*say("Notes.", bold=True), *say(" n.r. = not reported; see "), NoteRef(words="M1")),),
        sources=(*say("Sources: "), NoteRef(words="S1")),
    )


def progress_chart(f: Facts, anchor: str = "chart-1") -> Chart:
    """A bullet chart: target as outline, authorised as tint, actual as bar, with number columns."""

    def point(value: str | None, words: str) -> Point:
        return Point(value=value, label=f.figure(words))

    series = (
        Series(
            name=say("Utilised"),
            role="actual",
            points=(point("2243.6", "2,243.6"), point(None, "n.r."), point("3662.3", "3,662.3")),
        ),
        Series(
            name=say("Authorised"),
            role="authorised",
            points=(point("8375", "8,375.0"), point(None, "n.r."), point("4211.2", "4,211.2")),
        ),
        Series(
            name=say("Allocation"),
            role="target",
            points=(point("23929", "23,929.0"), point("6000", "6,000.0"), point("6330.7", "6,330.7")),
        ),
    )
    years = ("FY 2024-25", "FY 2023-24", "FY 2022-23")
    return Chart(
        form="progress",
        anchor=anchor,
        number="Chart 1",
        title=say("ILLUSTRATIVE: less than half was utilised"),
        unit=say("July to December of each year, Rs million", furniture=None),
        categories=tuple(
            Category(
                label=say(year, furniture="date"),
                sublabel=say("Jul–Dec"),
                note=say("authorised and utilised not reported") if n == 1 else (),
                earlier=n > 0,
            )
            for n, year in enumerate(years)
        ),
        series=series,
        columns=tuple(
            ChartColumn(head=s.name, role=s.role, cells=tuple((p.label,) for p in s.points)) for s in series
        ),
        alt=say("A bullet chart of utilised, authorised and allocated amounts in each year."),
        notes=(say("Allocation as reported."),),
        sources=(*say("Sources: "), NoteRef(words="S1")),
    )


def target_chart(f: Facts, anchor: str = "chart-3") -> Chart:
    """A progress chart without number columns: labels stand in and beside the bars."""
    return Chart(
        form="progress",
        anchor=anchor,
        number="Chart 3",
        title=say("ILLUSTRATIVE: half the target"),
        unit=say("US$ million"),
        categories=(
            Category(label=say("Jul–Dec 2024", furniture="date")),
            Category(label=say("Jul–Dec 2023", furniture="date"), earlier=True),
        ),
        series=(
            Series(
                name=say("Exports"),
                role="actual",
                points=(
                    Point(value="1864", label=f.figure("1,864")),
                    Point(value="1456", label=f.figure("1,456")),
                ),
            ),
            Series(
                name=say("target or year"),
                role="target",
                points=(
                    Point(value="4200", label=f.figure("4,200")),
                    Point(value="3223", label=f.figure("3,223")),
                ),
            ),
            Series(
                name=say("even pace"),
                role="due",
                points=(
                    Point(value="2100", label=f.figure("2,100")),
                    Point(value=None, label=f.figure("n.a.")),
                ),
            ),
        ),
        alt=say("Exports against the target of the year."),
    )


def month_chart(f: Facts, form: str = "columns", anchor: str = "chart-2") -> Chart:
    """Two series over three months with one gap; `form` is columns, bars or line."""

    def point(value: str | None) -> Point:
        return Point(value=value, label=f.figure(value or "n.r."))

    return Chart(
        form=form,  # type: ignore[arg-type]
        anchor=anchor,
        number="Chart 2",
        title=say("ILLUSTRATIVE: exports rose in both months that can be compared"),
        unit=say("ICT export remittances, US$ million; change on a year"),
        categories=tuple(
            Category(label=say(month, furniture="date"), note=(f.figure(change),))
            for month, change in (("October", "+38.7 %"), ("November", "n.r."), ("December", "+14.9 %"))
        ),
        series=(
            Series(
                name=say("2023", furniture="date"),
                role="previous",
                points=(point("238"), point(None), point("303")),
            ),
            Series(
                name=say("2024", furniture="date"),
                role="actual",
                points=(point("330"), point("310"), point("348")),
            ),
        ),
        alt=say("Export remittances by month and year; one month of the earlier year is not reported."),
        notes=(say("One month is not reported, so it has no change."),),
        sources=(*say("Sources: "), NoteRef(words="S1")),
    )


def status_table(f: Facts) -> Table:
    """Status marks, a ruled blank and a small unnumbered table."""
    tones = (
        ("good", "On target"),
        ("watch", "Watch"),
        ("bad", "Behind"),
        ("open", "Not yet due"),
        ("none", "Not rated"),
    )
    return Table(
        anchor="status",
        title=say("Status rule"),
        unit=say("Achieved = actual ÷ target due"),
        columns=(
            Column(head=say("Mark and word"), width=40),
            Column(head=say("Rule"), width=40),
            Column(head=say("By"), width=20),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(runs=(*say(word, bold=True), *say(": as reported")), tone=tone),  # type: ignore[arg-type]
                    Cell(runs=(f.figure("90 %"), *say(" or more"))),
                    Cell(blank=True),
                )
            )
            for tone, word in tones
        ),
        size="dense",
    )


def sample_brief(**changes: object) -> Brief:
    """A brief with every kind of block; a draft has blanks in its title block."""
    f = Facts()
    final = changes.get("stage") == "final"
    first = Section(
        id="front",
        blocks=(
            TitleBlock(
                letterhead=(
                    say("GOVERNMENT OF PAKISTAN"),
                    say("MINISTRY OF INFORMATION TECHNOLOGY AND TELECOMMUNICATION"),
                ),
                title=say("ILLUSTRATIVE brief"),
                period=say("Second quarter, ")
                + say("FY 2024-25", furniture="date")
                + say(" (")
                + say("October to December 2024", furniture="date")
                + say(")"),
                fields=(
                    TitleField(label=say("To"), runs=say("The Secretary") if final else ()),
                    TitleField(label=say("From"), runs=say("Development Wing")),
                    TitleField(label=say("File No."), runs=say("none") if final else (), side="right"),
                    TitleField(
                        label=say("Data as of"),
                        runs=say("31 December 2024", furniture="date"),
                        side="right",
                    ),
                ),
            ),
            Heading(level=2, runs=say("Summary"), anchor="summary"),
            Paragraph(
                number=1,
                runs=(
                    *say("By then, ", bold=True),
                    f.figure("26.8 %", bold=True, printing="prose"),
                    *say(" was utilised:", bold=True),
                    Text(words=" in italic", italic=True),
                    *say(", R&D <b>not markup</b> & <img src=x>, and "),
                    Link(words="a link", target="https://example.org/a?b=c&d=e"),
                    *say("; see "),
                    NoteRef(words="R1"),
                    *say("."),
                ),
            ),
            KeyFigures(
                items=tuple(
                    KeyFigure(
                        label=say("Utilised, ") + say("Jul–Dec 2024", furniture="date"),
                        value=f.figure(words),
                        unit=say("Rs million"),
                        comparisons=(say("last year: n.r."), say("the year before: more")),
                    )
                    for words in ("23,929", "35.0 %", "n.r.", "1,864")
                )
            ),
            List(items=(say("first"), say("second")), ordered=True),
            List(items=(say("one bullet"), say("another bullet"))),
            Paragraph(runs=say("n.r. = not reported."), role="legend"),
            Signature(
                caption=say("Signature, name, designation, telephone"), enclosure=say("Enclosure: Annex A")
            ),
            Contents(title=say("Contents")),
        ),
    )
    second = Section(
        id="money",
        blocks=(
            PageBreak(),
            Heading(level=2, runs=say("1.", furniture="number") + say(" Money"), anchor="money"),
            progress_chart(f),
            money_table(f),
            Pair(left=month_chart(f), right=target_chart(f)),
            month_chart(f, "line", "chart-4"),
            month_chart(f, "bars", "chart-5"),
            Heading(level=3, runs=say("Notes"), anchor="notes"),
            status_table(f),
            Notes(
                items=(
                    NoteItem(number="R1", title=say("Allocation."), runs=say("Two are published.")),
                    NoteItem(number="M1", title=say("Terms."), runs=say("Utilised means spent.")),
                    NoteItem(number="S1", title=say("Source."), runs=say("A document.")),
                )
            ),
        ),
    )
    given: dict[str, object] = {
        "language": "en-GB",
        "outline": "quarterly",
        "period": "2024-25-Q2",
        "title": "ILLUSTRATIVE brief",
        "running_head": (
            say("Ministry of IT and Telecommunication"),
            say("Development brief, ") + say("FY 2024-25 Q2", furniture="date"),
        ),
        "classification": "RESTRICTED",
        "file_number": "F. 1(2)/2024-Dev",
        "stage": "draft",
        "as_of": "2024-12-31",
        "author": "Ministry of Information Technology and Telecommunication",
        "sections": (first, second),
        "facts": tuple(f.facts.values()),
    }
    return Brief(**(given | changes))
