"""The PDF."""

from moitt_report.render.pdf.pillow import pillow_put_off

with pillow_put_off():
    import reportlab.lib.utils  # noqa: F401  # the one part of ReportLab that imports Pillow
