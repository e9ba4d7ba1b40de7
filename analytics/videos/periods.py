"""What videos and products did in a period, from their days alone."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Sum

from analytics.models import ProductDay, VideoDay
from analytics.videos.fields import Figures, add
from analytics.videos.models import Day
from analytics.videos.product_figures import ProductFigures
from analytics.videos.video_figures import VideoFigures

Known = TypeVar("Known", bound=Figures)
Table = tuple[type[Day], type[Known], str]
VIDEOS: Table[VideoFigures] = (VideoDay, VideoFigures, "video")
PRODUCTS: Table[ProductFigures] = (ProductDay, ProductFigures, "product")
NEVER = "0"  # before, did they meet it


def figures(
    first: date | None, last: date | None, kinds: Collection[str], only: Collection[str] = ()
) -> dict[str, VideoFigures]:
    """Everything of every video, or of some; both days included, None is no limit."""
    return _whole(VIDEOS, first, last, kinds, only)


def product_figures(
    first: date | None, last: date | None, kinds: Collection[str], only: Collection[str] = ()
) -> dict[str, ProductFigures]:
    return _whole(PRODUCTS, first, last, kinds, only)


def numbers(
    table: Table[Known],
    names: Collection[str],
    first: date | None,
    last: date | None,
    kinds: Collection[str],
    only: Collection[str] | None = None,
) -> list[Known]:
    """Of every video or product, or of some, only these numbers, added up by the database."""
    model, known, name = table
    rows = model.objects.between(first, last).of_kinds(kinds).values_list(name)
    if only is not None:
        rows = rows.filter(**{f"{name}__in": sorted(only)})
    sums = rows.annotate(*(Sum(column) for column in names)).order_by()
    return [known(**{name: row[0]}, **dict(zip(names, row[1:], strict=True))) for row in sums]


def most_met(
    table: Table[Known], by: str, first: date | None, last: date | None, kinds: Collection[str], most: int
) -> list[str]:
    """At most so many videos or products: the most met ones of the period's last day, or of its last week where those
    are too few. In a large shop a whole period takes too long to look at."""
    model, _, name = table
    rows = model.objects.between(first, last).of_kinds(kinds)
    end = rows.order_by("-day").values_list("day", flat=True).first()
    found: list[str] = []
    if end is None:
        return found
    for days in (0, 6):
        lately = rows.filter(day__gte=end - timedelta(days=days)).order_by(f"-{by}", name)
        found = list(dict.fromkeys(lately.values_list(name, flat=True)[: 2 * most]))[:most]
        if len(found) == most:
            break
    return found


def by_day(
    table: Table[Known], slug: str, first: date | None, last: date | None, kinds: Collection[str]
) -> dict[date, Known]:
    """One video or product, day by day, in order; days without anything are left out."""
    _, known, name = table
    days: dict[date, Known] = {}
    for day, row in _rows(table, first, last, kinds, [slug]):
        one = days.get(day) or days.setdefault(day, known(**{name: slug}))
        one.include(row)
    for day, one in days.items():
        one.participants = people(one, day, day)  # type: ignore[attr-defined]
    return days


def people(one: Any, day: date, first: date | None) -> int:
    """Participants of a day who met it for the first time in a period that began on `first`."""
    met: dict[str, int] = one.since
    before = (day - first).days if first else 0
    return sum(n for days, n in met.items() if days == NEVER or (first and int(days) > before))


def _whole(
    table: Table[Known], first: date | None, last: date | None, kinds: Collection[str], only: Collection[str]
) -> dict[str, Known]:
    _, known, name = table
    found: dict[str, Known] = {}
    for day, row in _rows(table, first, last, kinds, only):
        slug = getattr(row, name)
        one = found.get(slug) or found.setdefault(slug, known(**{name: slug}))
        one.include(row)
        one.participants += people(row, day, first)  # type: ignore[attr-defined]
    return found


def _rows(
    table: Table[Known], first: date | None, last: date | None, kinds: Collection[str], only: Collection[str]
) -> Iterator[tuple[date, Known]]:
    """A row for each day and kind, in the order of days."""
    model, known, name = table
    rows = model.objects.between(first, last).of_kinds(kinds)
    if only:
        rows = rows.filter(**{f"{name}__in": sorted(only)})
    columns, codes = known.numbers(), known.codes()
    for day, slug, spreads, *numbers in rows.order_by("day", "kind", name).values_list(
        "day", name, "spreads", *columns
    ):
        one = known(**{name: slug}, **dict(zip(columns, numbers, strict=True)))
        for code, names in spreads.items():
            add(getattr(one, codes[code]), names)
        yield day, one
