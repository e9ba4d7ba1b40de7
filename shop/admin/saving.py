"""Who saves a form writes what they typed: stock and counts that buyers moved meanwhile stay moved."""

from collections.abc import Iterable

from django.db.models import Model


def keep_what_moved(row: Model, typed: Iterable[str]) -> None:
    """Everything but the typed fields becomes what it is now; the row is locked. Wants to be in a transaction."""
    now = type(row)._base_manager.select_for_update().get(pk=row.pk)
    for field in row._meta.concrete_fields:
        if field.name not in typed:
            setattr(row, field.attname, getattr(now, field.attname))


class OnlyTyped:
    """For a ModelAdmin."""

    def save_model(self, request, row, form, change) -> None:
        if change:
            keep_what_moved(row, form.changed_data)
        super().save_model(request, row, form, change)
