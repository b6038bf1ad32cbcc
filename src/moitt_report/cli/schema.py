"""`moitt-report schema`."""

import json
from collections.abc import Callable
from typing import Any

import click
import msgspec

from moitt_report.brief.content import Brief
from moitt_report.model.agency_return import AgencyReturn

SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "return": AgencyReturn.model_json_schema,
    "brief": lambda: msgspec.json.schema(Brief),
}


@click.command("schema")
@click.argument("name", type=click.Choice(list(SCHEMAS)))
def command(name: str) -> None:
    """Print the JSON Schema of a return or of a brief."""
    click.echo(json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2))
