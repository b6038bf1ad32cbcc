"""What YAML from outside may not hold: names and nesting by which a small file grows without end, and types of its own."""

from ruamel.yaml.events import AliasEvent, Event, NodeEvent

DEEPEST = 20
"""How many groups and lists may stand within each other."""

TOO_DEEP = (f"is nested deeper than {DEEPEST} levels", "flatten it")
"""What is wrong with a file that goes deeper, and the remedy."""


def not_plain(event: Event) -> tuple[str, str] | None:
    """What is wrong with the alias, anchor or tag at `event`, and the remedy; None where there is none."""
    if isinstance(event, AliasEvent):
        return "uses an alias (*name)", "write the value out"
    if not isinstance(event, NodeEvent):
        return None
    if event.anchor is not None:
        return "uses an anchor (&name)", "write the value out where it is needed"
    given = getattr(event, "tag", None)
    if given is not None:
        tag = str(given).replace("tag:yaml.org,2002:", "!!")
        return f"uses a tag ({tag})", "remove it: every value is read as text"
    return None
