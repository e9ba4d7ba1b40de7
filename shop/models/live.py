"""Queries that are written once and asked often: writing one takes the ORM longer than asking takes the database."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone

# Long texts are left to `changed_at`, which every save moves: a page asks for everything else each time.
LONG = (models.TextField, models.JSONField)


class Hole(models.Expression):
    """A place in a query that is filled when it runs."""

    def __init__(self, name: str, output_field: models.Field | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list["Hole"]]:
        return "%s", [self]


class Standing:
    """A query set made once, and asked often: its SQL is kept, its holes are filled by name."""

    def __init__(self, build: Callable[[], models.QuerySet]) -> None:
        self._build = build
        self._written: dict[str, tuple[str, tuple]] = {}

    def __call__(self, **holes: object) -> list[tuple]:
        """The rows as the database gives them: to compare, not to compute with."""
        sql, parameters = self._sql()
        with connection.cursor() as cursor:
            cursor.execute(sql, [holes[one.name] if isinstance(one, Hole) else one for one in parameters])
            return cursor.fetchall()

    def _sql(self) -> tuple[str, tuple]:
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._build().query.sql_with_params()
        return self._written[connection.vendor]


class Json(models.Func):
    """Some columns as one text."""

    function = "JSON_ARRAY"
    output_field = models.TextField()

    def as_postgresql(self, compiler, connection, **more):
        return self.as_sql(compiler, connection, template="JSON_BUILD_ARRAY(%(expressions)s)::text", **more)


class Rows(models.Aggregate):
    """All rows of a group as one text, to see at once whether any of them changed."""

    template = "JSON_GROUP_ARRAY(JSON_ARRAY(%(expressions)s))"
    output_field = models.TextField()
    arity = None

    def as_postgresql(self, compiler, connection, **more):
        return self.as_sql(compiler, connection, template="JSON_AGG(JSON_BUILD_ARRAY(%(expressions)s))::text", **more)


def columns(model: type[models.Model], prefix: str = "", long: bool = False) -> list[str]:
    """The names of a table's own columns, without its long texts."""
    return [prefix + one.attname for one in model._meta.concrete_fields if long or not isinstance(one, LONG)]


def of(rows: models.QuerySet, group: str, what: models.Expression) -> models.Subquery:
    """One text about all `rows` of a group, as a column of an outer query."""
    return models.Subquery(rows.order_by().values(group).annotate(told=what).values("told"))


def now() -> object:
    """This moment, as a hole of a query takes it."""
    return connection.ops.adapt_datetimefield_value(timezone.now())


def holes(name: str, count: int) -> list[Hole]:
    return [Hole(f"{name}{n}", models.BigIntegerField()) for n in range(count)]


def filled(**lists: Sequence[int]) -> dict[str, int]:
    """`video=[7, 9]` → video0, video1 …: as many as there is room for, and 0, which no row has, in the rest."""
    return {
        f"{name}{n}": ids[n] if n < len(ids) else 0 for name, ids in lists.items() for n in range(room_for(len(ids)))
    }


def room_for(count: int) -> int:
    """How many holes a list of this length gets: few lengths, so that few queries are written."""
    return max(8, 1 << (count - 1).bit_length())
