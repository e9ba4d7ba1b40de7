"""Rows of designs and experiments as people read them, and what differs between two states of one."""

from datetime import datetime
from typing import Any

from django.db.models import Field, Model

from journey.experiment_words import funnel_of, named

Told = dict[str, str]  # what it is → how it is
# Keys, and what follows from another field: a state says when it began by when it was told.
UNTOLD = {"id", "experiment", "started_at", "stopped_at", "phases"}
NOTHING = "nothing"
METRICS = {"goal", "guardrails", "secondary"}
LABELS = {"shipped_at": "shown to everyone", "slots": "slot", "values": "value", "variant": "design"}


def spelled(row: Model) -> Told:
    """Every field that is told of; slots and values one by one."""
    found: Told = {}
    for field in row._meta.concrete_fields:
        if field.name not in UNTOLD:
            found |= _spelled(LABELS.get(field.name, str(field.verbose_name)), _value(row, field))
    return found


def differences(before: Told, after: Told) -> list[str]:
    """Old → new, in the order of the fields."""
    names = [*after, *(name for name in before if name not in after)]
    pairs = ((name, before.get(name, NOTHING), after.get(name, NOTHING)) for name in names)
    return [f"{name}: {old} → {new}" for name, old, new in pairs if old != new]


def _value(row: Any, field: "Field[Any, Any]") -> Any:
    if field.name == "variant":
        return str(getattr(row, "variant", None) or "the control")
    value = field.value_from_object(row)
    if field.name == "funnel":
        return funnel_of(row)
    if field.name in METRICS and value:
        return named(row, value if isinstance(value, list) else [value])
    return dict(field.flatchoices).get(value, value) if field.choices else value


def _spelled(label: str, value: Any) -> list[tuple[str, str]]:
    """A value, or each of an object's; on one line, whatever was typed."""
    if isinstance(value, dict):
        return [pair for name, one in value.items() for pair in _spelled(f"{label} {name}", one)]
    return [(label, " ".join(_text(value).split()) or NOTHING)]


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return "yes"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
