"""What distinguishes those who went on from those who did not. It says what goes together, never what causes what."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

from analytics.answers.cells import at_the_door
from analytics.answers.details import details_between
from analytics.answers.features import COLUMNS, Feature, choices, features_of, stay_of
from analytics.answers.followed import Followed, followed
from analytics.answers.questions import Question
from analytics.listing import among as among  # registers the lookup
from analytics.models import Journey
from analytics.stats import fisher, odds_ratio, q_values

if TYPE_CHECKING:
    from analytics.columns.distinguishing import Stays, Told

CHUNK = 500
LEAST = 10  # with the feature, and without it
MOST_DETAILS = 50_000  # units up to which blocks, sheets and errors are read one by one
SURE = 0.05


@dataclass(frozen=True, slots=True)
class Association:
    feature: Feature
    went_on: int  # of those with the feature
    n: int  # with the feature
    others_went_on: int
    others: int
    odds: float
    low: float
    high: float
    p: float
    q: float

    @property
    def certain(self) -> bool:
        return self.q <= SURE


@dataclass(frozen=True, slots=True)
class Distinguished:
    went_on: int
    lost: int
    usual_us: float | None  # half of those who went on did so within this time
    found: list[Association]  # the surest first
    with_details: bool


def distinguished(question: Question, step: int) -> Distinguished:
    """Of those who came to the last required step before `step`: which features go with taking it."""
    if question.walks_alone and step not in question.funnel.optional:
        from analytics.columns import distinguishing  # numpy: only where somebody asks

        if told := distinguishing.distinguished(question, step, at_the_door(question.funnel, step)):
            return _answered(told, choices(question.funnel, step))
    return walked_one_by_one(question, step)


def _answered(told: "Told", no_signs: set[Feature]) -> Distinguished:
    total = told.went_on + told.lost
    detailed = told.usual_us is not None and total <= MOST_DETAILS
    details = details_of_stays(told.stays()) if detailed else {}
    tables = told.tables | {feature: of for feature, of in details.items() if feature not in no_signs}
    found = associations(tables, told.went_on, total)
    return Distinguished(told.went_on, told.lost, told.usual_us, found, detailed)


def walked_one_by_one(question: Question, step: int) -> Distinguished:
    """The same for every question, and for few as fast."""
    units = [(unit, bool(unit.walked.reached >> step & 1)) for unit in _at_the_door(question, step)]
    went_on = sum(goes for _, goes in units)
    gaps = [gap for unit, goes in units if goes and (gap := unit.walked.gaps[step]) is not None]
    if not gaps:
        return Distinguished(went_on, len(units) - went_on, None, [], False)
    usual = median(gaps)
    detailed = len(units) <= MOST_DETAILS
    tables = _tables(_with_features(question, step, units, usual, detailed))
    return Distinguished(went_on, len(units) - went_on, usual, associations(tables, went_on, len(units)), detailed)


def _at_the_door(question: Question, step: int) -> Iterator[Followed]:
    is_there = at_the_door(question.funnel, step)
    return (unit for unit in followed(question, COLUMNS) if is_there(unit.walked.reached))


def _with_features(
    question: Question, step: int, units: list[tuple[Followed, bool]], usual: float, detailed: bool
) -> Iterator[tuple[set[Feature], bool]]:
    remaining = iter(units)
    while some := list(islice(remaining, CHUNK)):
        stays = [stay_of(question.funnel, unit, step, usual) for unit, _ in some]
        times = [
            (unit.participant, unit.start, unit.start + unit.at[stay.arrived], unit.start + stay.until)
            for (unit, _), stay in zip(some, stays, strict=True)
        ]
        details = details_between(times) if detailed else [set[Feature]()] * len(some)
        for (unit, goes), stay, more in zip(some, stays, details, strict=True):
            yield {*features_of(question.funnel, unit, step, stay), *(more - choices(question.funnel, step))}, goes


def _tables(units: Iterable[tuple[set[Feature], bool]]) -> dict[Feature, tuple[int, int]]:
    """Feature → how many of those with it went on, and how many have it."""
    on, have = Counter[Feature](), Counter[Feature]()
    for features, goes in units:
        have.update(features)
        if goes:
            on.update(features)
    return {feature: (on[feature], n) for feature, n in have.items()}


def details_of_stays(stays: "Stays") -> dict[Feature, tuple[int, int]]:
    """What only events say of them. Whose journey has been counted anew meanwhile is told nothing of."""
    people = dict(Journey.objects.filter(pk__among=stays.pks).values_list("pk", "participant"))
    rows = zip(stays.pks, stays.starts, stays.arrived, stays.until, stays.goes, strict=True)
    known = ((people[pk], *times) for pk, *times in rows if pk in people)
    return _tables(_with_details(known))


def _with_details(rows: Iterator[tuple[int, ...]]) -> Iterator[tuple[set[Feature], bool]]:
    while some := list(islice(rows, CHUNK)):
        details = details_between([row[:4] for row in some])
        yield from zip(details, (bool(row[4]) for row in some), strict=True)


def associations(tables: dict[Feature, tuple[int, int]], went_on: int, total: int) -> list[Association]:
    """The surest first. Too rare ones are not looked at: they would make the others' q-values worse for nothing."""
    some = {feature: of for feature, of in sorted(tables.items()) if min(of[1], total - of[1]) >= LEAST}
    fours = [(a, n - a, went_on - a, total - n - went_on + a) for a, n in some.values()]
    p_values = [fisher(*four) for four in fours]
    found = [
        Association(feature, a, a + b, c, c + d, *odds_ratio(a, b, c, d), p, q)
        for feature, (a, b, c, d), p, q in zip(some, fours, p_values, q_values(p_values), strict=True)
    ]
    return sorted(found, key=lambda one: (one.q, one.p, one.feature))
