"""`moitt-report schema`."""

import json
from typing import Any

import click

from moitt_report.brief.content import Brief
from moitt_report.model.agency_return import AgencyReturn

SCHEMAS: dict[str, type[AgencyReturn] | type[Brief]] = {"return": AgencyReturn, "brief": Brief}


@click.command("schema")
@click.argument("name", type=click.Choice(list(SCHEMAS)))
def command(name: str) -> None:
    """Print the JSON Schema of a return or of a brief."""
    document: dict[str, Any] = SCHEMAS[name].model_json_schema()
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
