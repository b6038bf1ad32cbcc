"""What people type, and what is made of it; what has two readings is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moitt_report.intake.grid import CellKind, Raw
from moitt_report.intake.reading import Fault, Read
from moitt_report.intake.units import Unit, unit_of
from moitt_report.intake.values import read_cell
from moitt_report.layout import Column
from moitt_report.model.money import parse_rupees

MILLION = Unit("million")


def value(text: str, kind: str, unit: Unit = MILLION, cell: CellKind = "typed", *, mac: bool = False) -> str:
    column = Column("x", "X", kind)  # type: ignore[arg-type]
    return read_cell(Raw(text, cell, "f!s!A1"), column, unit, epoch_1904=mac).text


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("2,700.5", "number", "2700.5"),
        ("12,345,678", "number", "12345678"),
        ("1,20,65,400", "number", "12065400"),
        ("12\u00a0345\u2009678", "number", "12345678"),
        ("٢٧٠٠", "number", "2700"),
        ("۲۷۰۰٫۵", "number", "2700.5"),
        ("(25)", "number", "-25"),
        ("−25", "number", "-25"),
        ("nil", "number", "0"),
        ("N/A", "number", "not applicable"),
        ("TBD", "number", "not reported"),
        ("Not yet due", "number", "not yet due"),
        ("95 %", "percent", "95"),
        ("95", "percent", "95"),
        ("0.95", "percent", "95"),
        ("100 per cent", "percent", "100"),
        ("2,243.6", "money", "Rs 2243.6 million"),
        ("Rs 2,243.6 million", "money", "Rs 2,243.6 million"),
        ("PKR 12 crore", "money", "PKR 12 crore"),
        ("23 crore 50 lakh", "money", "23 crore 50 lakh"),
        ("(25.5)", "money", "Rs -25.5 million"),
        ("N/A", "money", "not applicable"),
        ("31 December 2024", "date", "2024-12-31"),
        ("31-Dec-2024", "date", "2024-12-31"),
        ("March 04, 2021", "date", "2021-03-04"),
        ("11th February, 2005", "date", "2005-02-11"),
        ("30-09-2026", "date", "2026-09-30"),
        ("04/04/2025", "date", "2025-04-04"),
        ("Year-to-date", "text", "Year-to-date"),
    ],
)
def test_what_has_one_reading_is_read(text: str, kind: str, expected: str) -> None:
    assert value(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1.234", "number"), ("1,234", "number"), ("1.234", "money"), ("1,234", "money"), ("1", "percent"),
        ("-", "number"), ("—", "money"), ("", "date"), ("1.234.567,89", "number"), ("1e5", "number"),
        ("1_000", "number"), ("1,2,3", "number"), ("12٣", "number"), ("12\u200b3", "number"),
        ("\u202e321", "number"), ("5 million", "number"), ("Rs 5", "number"), ("Rs 120.5", "money"),
        ("US$ 5 million", "money"), ("5 %", "money"), ("Rs 44-4 million", "money"), ("²", "number"),
        ("03/04/2025", "date"), ("09/30/2026", "date"), ("31 February 2025", "date"), ("31-12-24", "date"),
        ("31 Decembre 2024", "date"), ("1 January 1899", "date"), ("soon", "date"), ("--5", "number"),
    ],
)  # fmt: skip
def test_what_has_no_reading_or_two_is_refused(text: str, kind: str) -> None:
    with pytest.raises(Fault):
        value(text, kind)


def test_days_counted_by_excel_are_dates_by_the_beginning_of_the_workbook() -> None:
    assert value("45657", "date", cell="number") == "2024-12-31"
    assert value("44195", "date", cell="number", mac=True) == "2024-12-31"


def test_in_csv_the_point_is_the_decimal_mark_and_the_comma_still_has_two_readings() -> None:
    assert value("221.042", "money", cell="plain") == "Rs 221.042 million"
    with pytest.raises(Fault, match="may be 1234"):
        value("1,234", "number", cell="plain")


def test_a_number_shown_as_percent_is_a_share() -> None:
    assert value("0.955", "percent", cell="share") == "95.5"


def test_a_changed_value_is_shown_as_read_and_an_unchanged_one_is_not() -> None:
    column = Column("x", "X", "number")
    assert read_cell(Raw("2,700.5", "typed", ""), column, Unit()).remark == "“2,700.5” is read as 2700.5"
    assert read_cell(Raw("2700", "typed", ""), column, Unit()).remark is None


def test_a_percentage_with_its_sign_is_read_as_it_stands() -> None:
    percent = Column("x", "X", "percent")
    assert read_cell(Raw("45 %", "typed", ""), percent, Unit()) == Read("45")
    assert read_cell(Raw("45.50 percent", "typed", ""), percent, Unit()) == Read("45.50")
    assert read_cell(Raw("45.5pc", "plain", ""), percent, Unit()) == Read("45.5")
    assert (
        read_cell(Raw("45 %", "typed", ""), Column("x", "X", "number"), Unit()).remark
        == "“45 %” is read as 45"
    )


@pytest.mark.parametrize(
    ("head", "words"),
    [("Total (Rs million)", "million"), ("Total (Rs. in billion)", "billion"), ("Total (Rs)", ""), ("Total", None),
     ("Total, PKR mn", "mn"), ("Total in lakhs", "lakh"), ("Total (US$)", None),
     # Wherever the two stand and whatever stands between them.
     ("Total (Rs, million)", "million"), ("Total (million Rs)", "million"), ("Total (PKR - million)", "million"),
     ("Total (Rs.) in million", "million"), ("Total (in million rupees)", "million"), ("Total (₨ crores)", "crore"),
     ("Total (Rs.mn)", "mn"), ("Total (Rs '000)", "thousand"), ("Total 2024-25 (Rs million)", "million"),
     ("Total (Rupees in whole)", ""), ("Total in Rs", ""),
     # “rs” is no currency within a word.
     ("Earlier years (million)", "million"), ("Earlier years", None), ("Earlier years (crore)", "crore"),
     # What cannot be put together.
     ("Total (Rs million, Rs crore)", None), ("Total (Rs mln)", None), ("Total (Rs cr.)", None),
     ("Total (mln Rs)", None), ("Total (Rsmillion)", None), ("Total (US$ million)", None), ("Total (EUR mn)", None),
     ("Total (Rs 100,000)", None)],
)  # fmt: skip
def test_the_head_names_the_unit(head: str, words: str | None) -> None:
    assert unit_of(head).words == words


@given(st.decimals(min_value=0, max_value=10**8, places=3))
def test_every_amount_typed_with_separators_comes_out_exact(amount: object) -> None:
    written = f"{amount:,.4f}"
    assert parse_rupees(value(written, "money")) == amount * 10**6


@given(
    st.text(max_size=40), st.sampled_from(["number", "money", "percent", "date", "choice", "text", "name"])
)
def test_any_text_is_read_or_refused_and_nothing_else(text: str, kind: str) -> None:
    try:
        value(text, kind)
    except Fault as fault:
        remedy = fault.remedy
    else:
        remedy = "none needed"
    assert remedy
