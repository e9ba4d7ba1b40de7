"""Journeys → what videos and products did on a day. Rebuilt from the start, as every count is."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import orjson

from analytics.models import Journey, ProductDay, VideoDay
from analytics.videos.apart import once_a_journey, told_apart
from analytics.videos.fields import Figures
from analytics.videos.models import Day
from analytics.videos.product_figures import ProductFigures
from analytics.videos.seen import Closed
from analytics.videos.sights import Found
from analytics.videos.video_figures import VideoFigures
from journey.bulk import insert

ROWS_A_STATEMENT = 2_000
Key = tuple[str, str]  # kind of participant, slug
TABLES: tuple[tuple[type[Day], type[Figures], str, str], ...] = (
    (VideoDay, VideoFigures, "video", "v"),
    (ProductDay, ProductFigures, "product", "p"),
)
Row = dict[str, Any]  # column → value; the spreads are an object


def rebuild(day: date) -> None:
    """In the transaction that counts the day."""
    found = totals_of(day)
    for table, figures, name, letter in TABLES:
        table.objects.filter(day=day).delete()
        columns, rows = columns_of(figures, name), rows_of(day, found[letter], figures, name)
        insert(table, columns, [tuple(_stored(row[column]) for column in columns) for row in rows])


def days(day: date, of: str) -> tuple[list[Row], list[Row]]:
    """The rows of a table as they should be, and as they are."""
    table, figures, name, letter = next(table for table in TABLES if table[2] == of)
    wanted = list(rows_of(day, totals_of(day)[letter], figures, name))
    return wanted, list(table.objects.filter(day=day).values(*columns_of(figures, name)))


def columns_of(figures: type[Figures], name: str) -> list[str]:
    return ["day", "kind", name, *figures.numbers(), "spreads"]


def rows_of(day: date, found: Mapping[Key, Found], figures: type[Figures], name: str) -> Iterator[Row]:
    """In key order."""
    names, numbers = figures.codes(), dict.fromkeys(figures.numbers(), 0)
    for (kind, slug), counted in sorted(found.items()):
        row: Row = {"day": day, "kind": kind, name: slug, **numbers, "spreads": {}}
        for code, n in sorted(counted.items()):
            if type(n) is int:
                row[names[code]] = n
            else:
                row["spreads"][code] = dict(sorted(n.items()))
        yield row


def totals_of(day: date) -> dict[str, dict[Key, Found]]:
    """For each table's letter, the sums of its figures in the journeys of a day."""
    found: dict[str, dict[Key, Found]] = {letter: {} for *_, letter in TABLES}
    journeys = Journey.objects.filter(day=day).exclude(sights="").values_list("kind", "sights", "source", "browser")
    for kind, text, source, browser in journeys.iterator(chunk_size=ROWS_A_STATEMENT):
        sights = orjson.loads(text)
        for letter, sums in found.items():
            for slug, counted in sights[letter].items():
                if counted:
                    add_journey(sums.setdefault((kind, slug), {}), counted, letter, source, browser)
    return found


def add_journey(to: Found, counted: Found, letter: str, source: str, browser: str) -> None:
    """All that one journey adds: what it keeps, and what follows from that and from its row."""
    add(to, counted)
    add(to, once_a_journey(counted, letter))
    add(to, told_apart(counted, letter, source, browser))


def add(to: Found, counted: Found) -> None:
    for code, n in counted.items():
        if type(n) is int:
            to[code] = to.get(code, 0) + n
        else:
            names = to.setdefault(code, {})
            for name, more in n.items():
                names[name] = names.get(name, 0) + more


def closed_of(participants: Iterable[int], frozen: int) -> dict[int, Closed]:
    """What is remembered of the closed journeys of these participants."""
    if frozen <= 0:
        return {}
    found: dict[int, Closed] = {}
    rows = Journey.objects.filter(participant__in=participants, stop__lt=frozen).order_by("start")
    for number, start, sights in rows.values_list("participant", "start", "sights"):
        found.setdefault(number, Closed()).remember(start, sights)
    return found


def _stored(value: Any) -> Any:
    """As the database holds it."""
    if isinstance(value, dict):
        return orjson.dumps(value).decode()
    return str(value) if isinstance(value, date) else value
