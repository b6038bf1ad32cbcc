"""What the officer types: the title block, and for a reply the question."""

from pydantic import BaseModel, ConfigDict

from moitt_report.model.record import Name, Passage


class Settings(BaseModel):
    """By `--set NAME=VALUE`, or in `brief.yaml` beside the returns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Name | None = None
    to: Name | None = None
    sender: Name | None = None
    file_number: Name | None = None
    date: Name | None = None
    classification: Name | None = None
    house: Name | None = None
    """Who asked in a reply: "National Assembly", "Senate", a committee."""
    question_number: Name | None = None
    asked_by: Name | None = None
    question: Passage | None = None
    """The question in the words in which it was admitted."""
