"""Every number of a report is the number of those it opens, whichever way it is counted, and the brute force agrees.

EXAMPLES=3000 looks at more of them.
"""

import os
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from analytics.answers.cells import Cell, cell_from, ids, params_of_cell, units, ways
from analytics.answers.paths import paths
from analytics.answers.questions import Question
from analytics.answers.reports import report
from analytics.answers.trends import trend
from analytics.counts.counting import count
from analytics.models import Journey
from analytics.semantics.attempts import Limit
from analytics.semantics.funnels import FUNNELS, Attempt, Funnel, Order
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics import brute
from tests.analytics.taken import DAY, MINUTE, SECOND, START, batch

EXAMPLES = int(os.environ.get("EXAMPLES", 200))
LETTERS = "saACvtKBTfqj"
STEPS = [Step.of_letter(letter) for letter in LETTERS]
EVENTS = st.lists(st.tuples(st.sampled_from([0, 0, 2, 5, 40]), st.sampled_from(STEPS)), min_size=1, max_size=7)
# A walk may begin just before midnight, after half an hour, on another day.
MIDNIGHT = START - START % DAY + DAY
STARTS = st.sampled_from([START, START + 20 * MINUTE, START + 61 * MINUTE, MIDNIGHT - 3 * SECOND, START + 2 * DAY])
CONTEXTS = st.sampled_from([("phone", "", "", ""), ("desktop", "", "", "a=x")])
BATCHES = st.lists(st.tuples(st.integers(1, 4), EVENTS, STARTS, CONTEXTS), min_size=1, max_size=6)
SETS = st.frozensets(st.sampled_from(STEPS), min_size=1, max_size=3)
WINDOWS = st.sampled_from([2 * SECOND, 45 * SECOND, 7 * DAY])


@st.composite
def funnels(draw):
    if draw(st.integers(0, 3)) == 0:
        return FUNNELS["stages"] if draw(st.booleans()) else FUNNELS["shop"]
    order = draw(st.sampled_from(Order))
    steps = draw(st.lists(SETS, min_size=1, max_size=4))
    if order is Order.ANY:  # two steps are the same or have nothing in common
        steps = [frozenset({min(some)}) for some in steps]
    later = st.integers(1, len(steps) - 1) if len(steps) > 1 else st.nothing()
    more = {"optional": frozenset() if order is Order.STRICT else draw(st.frozensets(later))}
    if order is Order.ORDERED and len(steps) > 1:
        limits = st.builds(Limit, st.just(0), st.sampled_from([SECOND, 30 * SECOND]))
        more["limits"] = tuple(sorted(draw(st.dictionaries(later, limits, max_size=1)).items()))
        more["without"] = tuple(sorted(draw(st.dictionaries(later, SETS, max_size=1)).items()))
    if order is Order.ORDERED:
        more["attempt"] = draw(st.sampled_from(Attempt))
    labels = tuple(str(place) for place in range(len(steps)))
    return Funnel("asked", "Asked", tuple(steps), labels, draw(WINDOWS), order, **more)


QUESTIONS = st.builds(
    Question,
    funnels(),
    st.none() | st.just(date(2026, 9, 22)),
    st.none() | st.just(date(2026, 9, 22)),
    st.just(frozenset({"visitor", "bot"})),
    st.sampled_from([(), ("device",)]),
    st.just(()),
    st.sampled_from(["journey", "participant"]),
)


@pytest.mark.both
class EveryNumber(TestCase):
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(BATCHES, QUESTIONS)
    def test_a_number_is_the_number_of_those_it_opens(self, batches, asked):
        store([batch(number, *events, at=at, context=context) for number, events, at, context in batches])
        count()
        found, answer = brute.units(asked), report(asked)
        assert answer.units == len(found)
        for step, line in enumerate(answer.lines):
            here = [unit for unit in found if unit.reached(step)]
            gone = [unit for unit in found if unit.lost(step)]
            assert (line.count, line.lost) == (len(here), len(gone))
            reached, lost = ids(asked, Cell(step)), ids(asked, Cell(step, "lost"))
            assert (named(reached), named(lost)) == (journeys_of(here), journeys_of(gone))
            assert not {*reached} & {*lost}
            self.segments(asked, answer, step, found)
            self.days(asked, answer, step, here)
            self.ribbons(asked, step, gone)

    def segments(self, asked, answer, step, found):
        """Those of all segments together are those of the whole, and each is what its value finds."""
        for segment in answer.segments:
            cell = Cell(step, value=segment.value)
            here = [unit for unit in found if unit.reached(step) and (unit.device or "(none)") == segment.value]
            assert (segment.lines[step].count, named(ids(asked, cell))) == (len(here), journeys_of(here))
        if answer.segments:
            assert sum(segment.lines[step].count for segment in answer.segments) == answer.lines[step].count

    def days(self, asked, answer, step, here):
        asked = replace(asked, by=())
        days = trend(asked, now_us())
        by_day = Counter(unit.day() for unit in here)
        if step == 0:
            assert {day.day: day.entered for day in days if day.entered} == by_day
            assert sum(day.entered for day in days) == answer.lines[0].count
        if step == asked.funnel.goal:
            assert sum(day.converted for day in days) == answer.lines[step].count
        for day, n in by_day.items():
            on_it = [unit for unit in here if unit.day() == day]
            assert (named(ids(asked, Cell(step, day=day))), len(on_it)) == (journeys_of(on_it), n)

    def ribbons(self, asked, step, gone):
        if not gone:
            return
        drawn = paths(ways(asked, Cell(step, "lost")))
        into_first = [ribbon for ribbon in drawn.ribbons if not ribbon.source.hop]
        assert drawn.total == sum(ribbon.n for ribbon in into_first) == len(gone)
        hops = [unit.next_steps(step) for unit in gone]
        assert sum(ribbon.n for ribbon in drawn.ribbons) == sum(brute.flows(hops).values())
        for ribbon in drawn.ribbons:
            cell = cell_from(params_of_cell(Cell(step, "lost", then=ribbon.then)))
            through = [unit for unit, way in zip(gone, hops, strict=True) if fits(way, ribbon)]
            assert (ribbon.n, named(ids(asked, cell))) == (len(through), journeys_of(through))


SPLIT_BY_EVENTS = st.builds(
    Question,
    funnels(),
    kinds=st.just(frozenset({"visitor", "bot"})),
    by=st.sampled_from([("device",), ("product",), ("product", "device")]),
    unit=st.sampled_from(["journey", "participant", "event"]),
    attribute=st.sampled_from(["", "first", "last", "1"]),
)


@pytest.mark.both
class EveryAttempt(TestCase):
    @settings(max_examples=EXAMPLES // 2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(BATCHES, SPLIT_BY_EVENTS)
    def test_what_is_counted_is_what_is_listed_also_by_attempts_and_by_what_events_said(self, batches, asked):
        said = [{"product": "p1"}, {"product": "p2"}, {}]
        store(
            [
                batch(number, *((*event, said[i % 3]) for i, event in enumerate(events)), at=at, context=context)
                for number, events, at, context in batches
            ]
        )
        count()
        answer = report(asked)
        for step, line in enumerate(answer.lines):
            for state, n in (("reached", line.count), ("lost", line.lost)):
                counted = [*units(asked, Cell(step, state))]
                assert len(counted) == n
                assert {*ids(asked, Cell(step, state))} == {pk for unit in counted for pk in unit.ids}
                of_segments = [len([*units(asked, Cell(step, state, s.value))]) for s in answer.segments]
                shown = [s.lines[step].count if state == "reached" else s.lines[step].lost for s in answer.segments]
                assert of_segments == shown
                assert sum(of_segments) == n
            days = trend(asked, now_us())
        assert sum(day.entered for day in days) == answer.lines[0].count
        assert sum(day.converted for day in days) == answer.lines[asked.funnel.goal].count


def fits(way, ribbon):
    """Whether somebody's next steps go through a ribbon; what is not named is among the others."""
    places = [*enumerate(ribbon.then)][-2 if ribbon.source.hop else -1 :]
    return all(
        place < len(way)
        and (way[place] not in (*hop[1:].split("|"), "left") if hop.startswith("!") else way[place] == hop)
        for place, hop in places
    )


def named(keys):
    rows = Journey.objects.filter(pk__in=keys).values_list("participant", "start")
    assert len(rows) == len(keys)
    return {*rows}


def journeys_of(found):
    return {journey for unit in found for journey in unit.journeys}
