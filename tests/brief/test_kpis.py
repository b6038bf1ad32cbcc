"""What a KPI achieved in the period: as reported, else the sum of its months. All figures are ILLUSTRATIVE."""

from decimal import Decimal

from moitt_report.brief.composition import Composition
from moitt_report.brief.kpis import KpiFacts
from moitt_report.brief.ledger import Ledger
from moitt_report.brief.printed import Printed
from moitt_report.model.agency_return import AgencyReturn
from moitt_report.model.assembly import assemble
from moitt_report.model.kpi import Reading
from moitt_report.pipeline.inputs import load_outline, load_registers
from strategies import reading

REGISTERS = load_registers()
EXPORTS = "it-export-remittances"
MONTHS = [
    reading(EXPORTS, month, value, scope="in period")
    for month, value in (("2024-10", "330"), ("2024-11", "310"), ("2024-12", "348"))
]


def quarter(*readings: Reading) -> Printed:
    filed = AgencyReturn.model_validate(
        {
            "agency": "moitt",
            "period": "2024-25-Q2",
            "sources": [{"id": "jang", "publisher": "ILLUSTRATIVE"}],
            "readings": readings,
        }
    )
    portfolio = assemble([filed], REGISTERS)
    c = Composition(portfolio, Ledger(portfolio.sources), load_outline("quarterly"))
    return KpiFacts(c, REGISTERS.kpis.get(EXPORTS)).quarter()


def test_what_is_reported_for_the_period_goes_before_the_sum_of_its_months() -> None:
    assert quarter(*MONTHS, reading(EXPORTS, "2024-25-Q2", "986", scope="in period")).value == Decimal(986)


def test_without_it_the_months_are_added_up() -> None:
    assert quarter(*MONTHS).value == Decimal(988)


def test_a_report_without_a_number_gives_way_to_the_months() -> None:
    silent = reading(EXPORTS, "2024-25-Q2", "not reported", scope="in period")
    assert quarter(*MONTHS, silent).value == Decimal(988)


def test_with_a_month_missing_there_is_no_sum() -> None:
    assert quarter(*MONTHS[1:]).value is None
