"""A reason for a restatement that answers for nothing is told: by `build` always, by `check` where it can be known."""

from pathlib import Path

import pytest

import moitt_report
from moitt_report.brief.compose import compose
from moitt_report.brief.earlier import About
from moitt_report.brief.idle_reasons import baseless_reasons
from moitt_report.brief.ledger import Ledger
from moitt_report.errors import Problem
from moitt_report.model.waiver import Waiver
from moitt_report.pipeline.inputs import load_outline
from moitt_report.pipeline.load import load
from test_restated import WAIVER, filed


def idle(home: Path) -> list[Problem]:
    return [p for p in moitt_report.check([home]) if "restated" in p.what]


@pytest.mark.parametrize(
    ("about", "figure"),
    [
        ("it-export-remittances", "reading 2025-13"),
        ("it-export-remittances", "reading 2024-10"),
        ("it-export-remittances", "readng 2025-10"),
        ("it-export-remittances", "October 2025"),
        ("stps-operating", "reading 2025-10"),
        ("budget", "utilised 2022-07_2022-12 of The division"),
        ("karachi-it-park", "utilised 2025-07_2026-03"),
    ],
)
def test_a_reason_for_a_figure_that_the_returns_do_not_give_is_told_by_check(
    tmp_path: Path, about: str, figure: str
) -> None:
    reason = WAIVER.replace("it-export-remittances", about).replace("reading 2025-10", figure)
    home = filed(tmp_path, "2025-26-Q3", october=335, utilised="Rs 7,000 million", more=reason)
    (problem,) = idle(home)
    assert problem.what == f"the returns give no figure {figure} about {about} that could be restated"
    assert (problem.severity, problem.place) == ("warning", "14")


@pytest.mark.parametrize(
    ("about", "figure"),
    [
        ("it-export-remittances", "reading 2025-10"),
        ("it-export-remittances", "Reading  2025-07_2026-03"),
        ("budget", "utilised 2025-07_2025-12 of The division"),
        ("budget", "to-last-june 2024-25 of The division"),
        ("budget", "utilised.of-allocation 2025-07_2026-03 of The division"),
        ("budget", "allocation 2025-26 of The division"),
    ],
)
def test_check_is_silent_on_a_reason_for_a_figure_that_an_earlier_brief_may_have_given(
    tmp_path: Path, about: str, figure: str
) -> None:
    reason = WAIVER.replace("it-export-remittances", about).replace("reading 2025-10", figure)
    home = filed(tmp_path, "2025-26-Q3", october=335, utilised="Rs 7,000 million", more=reason)
    assert idle(home) == []


def test_beside_the_returns_of_before_check_tells_each_reason_for_what_is_not_restated(
    tmp_path: Path,
) -> None:
    filed(tmp_path, "2025-26-Q2", october=330, utilised="Rs 5,000 million")
    home = filed(tmp_path, "2025-26-Q3", october=335, utilised="Rs 7,000 million", more=WAIVER)
    assert idle(home) == []
    home = filed(tmp_path, "2025-26-Q3", october=330, utilised="Rs 7,000 million", more=WAIVER)
    (problem,) = idle(home)
    assert problem.what == "no figure reading 2025-10 about it-export-remittances is restated in this brief"
    assert problem.severity == "warning"


@pytest.mark.parametrize(
    ("period", "outline", "about"),
    [
        ("2024-25-Q2", "quarterly", None),
        ("2024-25-Q2", "project", "karachi-it-park"),
        ("2024-25-Q3", "agency", "pseb"),
        ("2023-24_2024-25", "completion", None),
    ],
)
def test_what_a_warning_asks_for_is_never_called_unknown(
    period: str, outline: str, about: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    portfolio = load([period])[0].model_copy(update={"previous": (), "before": ()})
    names: set[About] = set()
    keep = Ledger._keep

    def noted(ledger, fact, about, *more):
        names.update([about] if about else [])
        return keep(ledger, fact, about, *more)

    monkeypatch.setattr(Ledger, "_keep", noted)
    compose(portfolio, load_outline(outline), about=about)
    reason = {
        "rule": "restated",
        "who": "The Secretary",
        "when": "2026-01-01",
        "why": "The bank counted again",
    }
    waivers = tuple(
        Waiver.model_validate(reason | {"address": f"{one}", "about": one.owner, "figure": one.name})
        for one in names
    )
    assert len(waivers) > 3
    first, *others = portfolio.returns
    given = portfolio.model_copy(update={"returns": (first.model_copy(update={"waivers": waivers}), *others)})
    assert [problem.what for problem in baseless_reasons(given)] == []
