"""Many rows in one statement: five times as fast as bulk_create, which spends its time on model instances."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import orjson
from django.db import connection
from django.db.models import Model


@contextmanager
def unswept() -> Iterator[None]:
    """Rows are made by the hundred thousand, and none points back to what holds it: to look for such rings again and
    again took a seventh of the time of counting."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def insert(
    model: type[Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]], *, keep_old: bool = False
) -> None:
    """Insert rows, given as the database holds them. One whose key is there already is an error, or stays as it is."""
    if not rows:
        return
    into = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
    if_there = "ON CONFLICT DO NOTHING" if keep_old else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A row a statement is a message a row there. This is one, and each column a list: as JSON, since the
            # driver takes a hundred times as long to write arrays.
            types = {field.column: field.db_type(connection) for field in model._meta.concrete_fields}
            values = ", ".join(f"{column}::{types[column]}" for column in columns)
            lists = ", ".join(["json_array_elements_text(%s)"] * len(columns))
            cursor.execute(
                f"{into} SELECT {values} FROM ROWS FROM ({lists}) AS row ({', '.join(columns)}) {if_there}",  # noqa: S608
                [orjson.dumps(column, _hex).decode() for column in zip(*rows, strict=True)],
            )
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"{into} VALUES ({places}) {if_there}", rows)


def _hex(value: bytes) -> str:
    return "\\x" + value.hex()
