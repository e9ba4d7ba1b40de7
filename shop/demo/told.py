"""What the JSON of the demo catalogue says, and what of it this shop has been given already."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import models
from django.utils import timezone

from shop.models import Given

FOLDER = Path(__file__).parent
Entry = dict[str, Any]


def entries(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text())


def to_give(kind: str, told: dict[str, Any]) -> dict[str, Any]:
    """Those of a kind that were never given before; from now on they were."""
    given = set(Given.objects.filter(name__startswith=f"{kind}:").values_list("name", flat=True))
    new = {name: entry for name, entry in told.items() if f"{kind}:{name}" not in given}
    Given.objects.bulk_create(Given(name=f"{kind}:{name}") for name in new)
    return new


def missing(model: type[models.Model], told: Iterable[Entry]) -> list[Any]:
    """The rows of a table that are told, are not there, and were not deleted by hand: created."""
    known = by_slug(model)
    all_told = {entry["slug"]: entry for entry in told}
    new = to_give(model._meta.model_name or "", all_told)
    if len(new) == len(all_told) and known.keys() & new.keys():
        return []  # a version that did not remember has given them: what is not there was deleted
    return model.objects.bulk_create(model(**entry) for slug, entry in new.items() if slug not in known)


def by_slug(model: type[models.Model]) -> dict[str, Any]:
    return {row.slug: row for row in model.objects.all()}


def only(model: type[models.Model], entry: Entry) -> Entry:
    """The plain columns of a table that an entry tells, without what is null."""
    columns = {field.name for field in model._meta.concrete_fields if not field.is_relation}
    return {name: value for name, value in entry.items() if name in columns and value is not None}


def from_now(**span: int) -> datetime:
    return timezone.now() + timedelta(**span)


def ago(days: int) -> datetime:
    return from_now(days=-days)
