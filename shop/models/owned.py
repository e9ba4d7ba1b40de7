"""Rows that belong to a buyer."""

from typing import Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class OwnedQuerySet(models.QuerySet[Row]):
    """`owner` leads to the buyer's code."""

    owner = "buyer"

    def of(self, buyer: str | None) -> Self:
        """Where every page starts: what belongs to who asks, and nothing when nobody is known."""
        return self.filter(**{self.owner: buyer}) if buyer else self.none()
