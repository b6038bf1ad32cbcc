"""Many files in several processes: the same outcome in the same order, and none lost with another."""

import os
from pathlib import Path

from moitt_report.intake.pool import each
from moitt_report.intake.returns import WORTHWHILE, read_returns
from moitt_report.pipeline.inputs import load_registers
from sheets import workbook


def doubled(job: int, factor: int) -> int:
    if job == 13:
        os._exit(1)  # as a process does that the system ends for want of memory
    return job * factor


def lost(job: int) -> int:
    return -job


def test_a_job_that_ends_its_process_is_lost_alone_and_the_order_stays() -> None:
    jobs = list(range(WORTHWHILE + 4))
    found = list(each(doubled, jobs, (2,), 2, lost))
    assert found == [-13 if job == 13 else 2 * job for job in jobs]


def test_many_returns_are_read_alike_by_one_process_and_by_two(tmp_path: Path) -> None:
    for n in range(WORTHWHILE + 2):
        data = workbook(lambda book, n=n: book["KPIs"].__setitem__("C2", n if n % 3 else "many"))
        (tmp_path / f"{n:03}.xlsx").write_bytes(data)
    (tmp_path / "empty.yaml").write_bytes(b"")
    registers = load_registers()
    assert read_returns([tmp_path], registers, workers=2) == read_returns([tmp_path], registers)
