"""Who published a figure, and when."""

from typing import Annotated

from pydantic import StringConstraints

from moitt_report.model.record import Day, Id, Name, Record, Remark


class Source(Record):
    """A document that a figure was read from."""

    id: Id
    publisher: Name
    """Who published it: "Business Recorder", "Ministry of Finance"."""
    title: Remark | None = None
    published: Day | None = None
    """The day it was published; None when the record does not give it."""
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=1000)] | None = None
    reports: Remark | None = None
    """The official document it reports, where it names one: "ministry document"."""
    note: Remark | None = None
