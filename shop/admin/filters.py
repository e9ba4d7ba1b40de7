"""A filter of lists that wait for somebody: what is not done yet, and what is."""

from django.contrib import admin
from django.db.models import Q


class DoneFilter(admin.SimpleListFilter):
    """`undone` finds the rows that wait, `no` and `yes` are what the two kinds are called."""

    undone: Q
    no: str
    yes: str

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        return [("no", self.no), ("yes", self.yes)]

    def queryset(self, request, rows):
        return {"no": rows.filter(self.undone), "yes": rows.exclude(self.undone)}.get(self.value(), rows)
