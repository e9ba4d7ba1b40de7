"""Sums of counts: what was counted long ago is summed up once, and remembered.

Each count of a day leaves another number in its DayVersion: a sum is good for as long as the numbers of its days stay.
The last days change while people walk: they are remembered apart.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django.db.models import Q

from analytics.answers.questions import Question
from analytics.columns.models import DayVersion
from analytics.counts.tallies import Tally

RECENT = 2  # days
MOST_SUMS, MOST_KEYS = 200, 400  # remembered in a process; tallies of a sum
Key = TypeVar("Key", bound=Hashable)
_remembered: OrderedDict[Any, Mapping[Any, Tally]] = OrderedDict()


def summed(name: str, question: Question, read: Callable[[Q], Mapping[Key, Tally]]) -> dict[Key, Tally]:
    """What `read` finds in the counts of all days of a question. `name`: of what is read of it."""
    marks = _marks(question)
    days = Q(day__in=[day for day, _ in marks[-RECENT:]])
    parts = [(marks[:-RECENT], ~days), (marks[-RECENT:], days)]
    found: defaultdict[Key, Tally] = defaultdict(Tally)  # of its own: what is remembered stays as it is
    for of, some in parts if marks else parts[:1]:
        for key, tally in _once((name, question, tuple(of), some), partial(read, some)).items():
            found[key].include(tally)
    return found


def _once(known: Any, read: Callable[[], Mapping[Key, Tally]]) -> Mapping[Key, Tally]:
    found = _remembered.get(known)
    if found is None:
        found = read()
        _remember(known, found)
    return found


def forget() -> None:
    _remembered.clear()


def _marks(question: Question) -> list[tuple[date, int]]:
    days = DayVersion.objects.order_by("day")
    if question.first:
        days = days.filter(day__gte=question.first)
    if question.last:
        days = days.filter(day__lte=question.last)
    return list(days.values_list("day", "counted"))


def _remember(known: Any, tallies: Mapping[Any, Tally]) -> None:
    if len(tallies) > MOST_KEYS:
        return
    for tally in tallies.values():
        tally.gaps  # noqa: B018 - looked up now, by one thread, for several to read
    _remembered[known] = tallies
    while len(_remembered) > MOST_SUMS:
        _remembered.popitem(last=False)
