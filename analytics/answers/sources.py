"""Where a report's tallies come from: counts for saved funnels, journeys for every other question.

`units` (units.py) → `walks`: each attempt that counts → tallies by value, and by the day on which it began.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import chain, repeat
from typing import NamedTuple, TypeVar

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from analytics.answers.counted import summed
from analytics.answers.questions import Question, column, is_said, says
from analytics.answers.units import Unit, accepts, units
from analytics.counts.journeys import DAY_US, EPOCH, QUIET_US, day_of
from analytics.counts.tallies import SUMS, Sums, Tally, Told, Values, gaps_in, measured, sum_of
from analytics.models import FunnelCount
from analytics.semantics.tracing import Trace, every, trace
from analytics.semantics.walking import walk

Key = TypeVar("Key", bound=Hashable)
NOTHING: Sums = (0, 0, 0)
FEW = 20  # parts whose gaps are added up in less time than those of all are read in


class Counted(NamedTuple):
    """What counts as one: the reported attempt of a unit, or one of every attempt."""

    unit: Unit
    traced: Trace
    values: Values
    day: date | None  # on which it began; None where nobody did
    sums: Sums
    n: int  # 0 for a journey without an attempt: what it is worth is worth it all the same


def told(question: Question) -> Told:
    """A tally of everything, and one per values of the columns that `by` names."""
    if question.counted:
        parts = summed("tallies", question, partial(_from_counts, question, lambda values, day, entry: values))
        total = _of_all(question, parts)
        if _still_there(question):
            return Told(total, parts)
    if question.walks_alone:
        from analytics.columns import answers  # numpy: only where somebody asks

        return answers.told(question)
    parts = _from_walks(question, lambda one: one.values)
    return Told(sum_of(parts.values()), parts)


def _of_all(question: Question, parts: Mapping[Values, Tally]) -> Tally:
    """The gaps of thousands of parts are counted together as well."""
    if len(parts) <= FEW:
        return sum_of(parts.values())
    plain = told(replace(question, by=())).total
    return sum_of(parts.values(), lambda: plain.gaps)


def daily(question: Question) -> dict[tuple[date, Values], Tally]:
    """The same by the day on which the reported attempt began; nobody who never did."""
    if question.counted:
        found = summed("daily", question, partial(_from_counts, question, _by_entry))
        if _still_there(question):
            return {(day, values): tally for (day, values), tally in found.items() if day}
    if question.walks_alone:
        from analytics.columns import answers

        return answers.daily(question)
    found = _from_walks(question, lambda one: (one.day, one.values))
    return {(day, values): tally for (day, values), tally in found.items() if day}


def _by_entry(values: Values, day: date, entry: int | None) -> tuple[date | None, Values]:
    return None if entry is None else day + timedelta(days=entry), values


def _still_there(question: Question) -> bool:
    """The counts of a report that was changed may have gone while they were read."""
    return not question.funnel.counts or question.saved


def is_immature(question: Question, day: date, now: int) -> bool:
    """Whether who began on this day may still go on: a journey until it is quiet, a participant for the window."""
    window = question.funnel.window_us
    left = window if question.unit == "participant" else min(window, QUIET_US)
    return (day.toordinal() - EPOCH + 1) * DAY_US + left > now


def walks(question: Question, columns: Sequence[str] = ()) -> Iterator[Counted]:
    """Everything that counts, one by one; its unit has its values of `columns` behind those the question needs."""
    needed = [*question.by, *(field for field, _ in question.only), *columns]
    names = list(dict.fromkeys(map(column, needed)))
    places = [names.index(column(field)) for field in question.by]
    for unit in units(question, names):
        own = tuple(unit.values[place] for place in places)
        attempts = list(_attempts(question, unit))
        worth = chain([unit.sums], repeat(NOTHING))  # once, however many attempts there were
        for traced, sums in zip(attempts, worth, strict=False):
            yield Counted(unit, traced, _values(question, unit, traced, own), _began(unit, traced), sums, 1)
        if not attempts:
            nobody = trace(question.funnel, "", [])
            yield Counted(unit, nobody, _values(question, unit, nobody, own), None, unit.sums, 0)


def _attempts(question: Question, unit: Unit) -> Iterator[Trace]:
    if question.unit == "event":
        return every(question.funnel, unit.path, unit.at)
    if question.reads_values:
        return iter([trace(question.funnel, unit.path, unit.at)])
    return iter([Trace(walk(question.funnel, unit.path, unit.at), ())])


def _began(unit: Unit, traced: Trace) -> date | None:
    first = traced.walked.at[0]
    return None if first is None else day_of(unit.start + first)


def _values(question: Question, unit: Unit, traced: Trace, own: Values) -> Values:
    """Its own, or those of the events that took its steps."""
    if not question.reads_values:
        return own
    told = [unit.told[place] for place in _asked_of(question.attribute, traced.events)]
    return tuple(
        next((said for one in told if says(field, said := one.value(column(field)))), "") if is_said(field) else value
        for field, value in zip(question.by, own, strict=True)
    )


def _asked_of(attribute: str, events: Sequence[int | None]) -> list[int]:
    """The places of the events whose values count, the one that is asked first."""
    if attribute.isdigit():
        events = events[int(attribute) - 1 : int(attribute)]
    return sorted((place for place in events if place is not None), reverse=attribute == "last")


def _from_walks(question: Question, key: Callable[[Counted], Key]) -> dict[Key, Tally]:
    found: dict[Key, Tally] = defaultdict(Tally)
    for one in walks(question):
        reached, gaps = measured(one.traced.walked)
        found[key(one)].add_one(reached, one.sums, gaps, one.n)
    return found


def _from_counts(question: Question, key: Callable[[Values, date, int | None], Key], days: Q) -> dict[Key, Tally]:
    """From the counts of the one field that the question asks about, beside the kind, on some of its days."""
    found: dict[Key, Tally] = defaultdict(Tally)
    texts: dict[Key, list[str]] = defaultdict(list)
    asked = next((column(field) for field in question.counted_by if field != "kind"), "")
    wanted = [(field, value) for field, value in question.only if field != "kind"]
    cells = (
        FunnelCount.objects.filter(days, funnel=question.funnel.key, field=asked)
        .between(question.first, question.last)
        .of_kinds(question.kinds)
        .annotate(text=Cast("gaps", TextField()))
        .values_list("day", "entry", "kind", "value", "reached", "n", *SUMS, "text")
    )
    for day, entry, kind, value, reached, n, cents, said, missing, text in cells.iterator(chunk_size=2_000):
        if wanted and not all(accepts(field, asked_for, value) for field, asked_for in wanted):
            continue
        values = tuple([kind if field == "kind" else value for field in question.by])
        name = key(values, day, entry if reached & 1 else None)
        found[name].add_some(reached, n, (cents, said, missing))
        texts[name].append(text)
    for name, some in texts.items():
        found[name].waiting.append(partial(gaps_in, some))
    return found
