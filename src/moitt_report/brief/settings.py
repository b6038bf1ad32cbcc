"""The title block as the officer fills it."""

from pydantic import BaseModel, ConfigDict

from moitt_report.model.record import Name


class Settings(BaseModel):
    """The title block as the officer fills it: by `--set NAME=VALUE`, or in `brief.yaml` beside the returns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Name | None = None
    to: Name | None = None
    sender: Name | None = None
    file_number: Name | None = None
    date: Name | None = None
    classification: Name | None = None
