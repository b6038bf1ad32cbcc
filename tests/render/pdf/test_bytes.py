"""The same brief gives the same bytes, whatever else is rendered before or meanwhile."""

from concurrent.futures import ThreadPoolExecutor

from builders import sample_brief
from moitt_report.render.pdf.document import render_pdf


def test_two_renderings_in_a_row_are_equal(sample, sample_pdf):
    assert render_pdf(sample) == sample_pdf


def test_a_rendering_between_leaves_no_trace(sample, sample_pdf):
    render_pdf(sample_brief(title="Another", classification="Žluťoučký"))
    assert render_pdf(sample) == sample_pdf


def test_other_content_gives_another_identifier(sample_pdf):
    other = render_pdf(sample_brief(file_number="F. 2"))
    assert identifier(other) != identifier(sample_pdf)


def identifier(pdf):
    return pdf.split(b"/ID[<")[1][:32]


def test_the_dates_in_the_file_are_the_briefs(sample_pdf):
    assert b"2024-12-31T00:00:00Z" in sample_pdf
    assert b"2000-01-01" not in sample_pdf


def test_renderings_at_the_same_time_do_not_disturb_each_other(sample, sample_pdf):
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: render_pdf(sample), range(8))) == {sample_pdf}
