"""Any question about any events: chart, segments, trend and list are what brute force over the raw events finds."""

import os
from collections import Counter
from datetime import UTC, datetime
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from analytics.answers.questions import Question
from analytics.answers.reports import report
from analytics.answers.sources import daily, walks
from analytics.counts.counting import count
from analytics.models import Journey
from analytics.semantics.funnels import FUNNELS
from journey.models import Event
from journey.steps import Step
from journey.store import store
from tests.analytics import twin
from tests.analytics.taken import MINUTE, START, batch
from tests.analytics.test_funnels import any_order, limited
from tests.analytics.test_tracing import PROPS, conditioned

LONG = bool(os.environ.get("FUNNELS_LONG"))
EXAMPLES = 400 if LONG else 25  # of events; about each, ten questions are asked
QUESTIONS = 10
LATE = 9 * 60 + 46  # minutes after START: forty seconds before midnight
SAID = st.builds(lambda one, other: one | other, PROPS, st.sampled_from([{}, {"category": "home"}, {"video": "v1"}]))
EVENTS = st.lists(
    st.tuples(st.sampled_from([0, 0, 1, 2e-6, 50]), st.sampled_from([Step.of_letter(one) for one in "vtKBf"]), SAID),
    min_size=1, max_size=4,
)  # fmt: skip
CONTEXTS = st.sampled_from(
    [("phone", "Chrome", "direct", "a=x;b=y"), ("", "", "", "", ""), ("desk", "", "ad", "a=z", "c1")]
)
STARTS = st.sampled_from([START + minutes * MINUTE for minutes in (0, 20, 60, LATE, LATE + 31)])
BATCHES = st.lists(st.tuples(st.integers(1, 3), EVENTS, STARTS, CONTEXTS), min_size=1, max_size=5)
WINDOWS = st.sampled_from([0, 1, 2, MINUTE, 60 * MINUTE, 60 * 60 * MINUTE])
ASKED = st.one_of(conditioned(), limited(), any_order())
FIELDS = (
    "video",
    "product",
    "category",
    "device",
    "source",
    "campaign",
    "visit",
    "kind",
    "experiment:a",
    "experiment:b",
)
ONLY = st.sampled_from([(), (("device", "phone"),), (("category", "(none)"),), (("variant", "a=x"), ("visit", "new"))])


@st.composite
def questions(draw):
    funnel = draw(st.one_of(ASKED, ASKED, st.sampled_from([*FUNNELS.values()])))
    if funnel.slug == "asked":
        object.__setattr__(funnel, "window_us", draw(WINDOWS))
    return Question(
        funnel,
        by=tuple(draw(st.lists(st.sampled_from(FIELDS), max_size=2, unique=True))),
        only=draw(ONLY),
        unit=draw(st.sampled_from(["journey", "journey", "participant", "event"])),
        attribute=draw(st.sampled_from(["", "", "first", "last", *map(str, range(1, len(funnel.steps) + 1))])),
    )


@pytest.mark.both
@pytest.mark.timeout(7_200 if LONG else 300)
class AnyQuestion(TestCase):
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[*HealthCheck])
    @given(BATCHES, st.lists(questions(), min_size=QUESTIONS, max_size=QUESTIONS))
    def test_every_surface_says_what_brute_force_finds(self, batches, asked):
        store([batch(number, *events, at=at, context=context) for number, events, at, context in batches])
        count()
        for question in asked:
            same_everywhere(question)


@pytest.mark.both
@pytest.mark.django_db
def test_an_event_that_is_part_of_other_experiments_says_nothing_of_this_one():
    steps = [(Step.VIEW_ITEM, "a=x;b=y"), (Step.ADD_TO_CART, "a=x;b=y"), (Step.BEGIN_CHECKOUT, "a=z;bb=q")]
    for k, (step, arms) in enumerate(steps):
        events = (0, step, {}), (0, Step.VIEW_BLOCK, {})  # pages without a script would be those of a bot
        store([batch(1, *events, at=START + k * MINUTE, context=("", "", "", arms))])
    count()
    for attribute, arm_of_a in (("last", "a=z"), ("first", "a=x")):
        asked = Question(FUNNELS["shop"], by=("experiment:b", "experiment:a"), attribute=attribute)
        same_everywhere(asked)
        assert [segment.values for segment in report(asked).segments] == [("b=y", arm_of_a)]


def same_everywhere(question):
    answer, steps = report(question), range(len(question.funnel.steps))
    found = brute_force(question)
    counts = [sum(n for (reached, *_), n in found.items() if reached >> k & 1) for k in steps]
    assert [line.count for line in answer.lines] == counts
    assert answer.units == found.total()
    if question.by:
        segments = {segment.values: [line.count for line in segment.lines] for segment in answer.segments}
        assert +Counter({values: line[0] for values, line in segments.items()}) == by_value(found)
        assert [sum(line[k] for line in segments.values()) for k in steps] == counts
        assert sum(segment.tally.n for segment in answer.segments) == answer.units
        assert sum(segment.tally.revenue_cents for segment in answer.segments) == answer.revenue_cents
    trend = daily(question)
    assert [sum(tally.count(k) for tally in trend.values()) for k in steps] == counts
    assert +Counter({day: 0 for day, _ in trend}) == Counter()
    days = Counter()
    for (day, _), tally in trend.items():
        days[day] += tally.count(0)
    assert +days == +by_day(found)
    listed = [one for one in walks(question) if one.n]
    assert [sum(one.traced.walked.reached >> k & 1 for one in listed) for k in steps] == counts


def by_value(found):
    values = Counter()
    for (reached, value, _), n in found.items():
        values[value] += n * (reached & 1)
    return +values


def by_day(found):
    days = Counter()
    for (reached, _, day), n in found.items():
        days[day] += n * (reached & 1)
    return days


def brute_force(question):
    """(reached, values, entry day) → how many, from the raw events and the slow twin."""
    found = Counter()
    journeys = [*Journey.objects.filter(kind__in=question.kinds).order_by("participant", "start")]
    groups = [[one] for one in journeys]
    if question.unit == "participant":
        groups = [list(mine) for _, mine in groupby(journeys, lambda one: one.participant)]
    for mine in groups:
        if all(fits(mine[0], field, value) for field, value in question.only):
            events = [event for one in mine for event in events_of(one)]
            told = [(event.step, event.props or {}) for event in events]
            for walked, places in attempts(question, told, [event.at for event in events]):
                values = tuple(value_of(question, field, mine[0], events, places) for field in question.by)
                day = None if walked.at[0] is None else datetime.fromtimestamp(walked.at[0] // 1_000_000, UTC).date()
                found[walked.reached, values, day] += 1
    return found


def events_of(one):
    events = Event.objects.filter(participant=one.participant, at__gte=one.start, at__lte=one.stop)
    return list(events.select_related("context").order_by("at", "trail", "n"))


def attempts(question, told, at):
    if question.unit == "event":
        return twin.every(question.funnel, told, at)
    return [(twin.walk(question.funnel, told, at), twin.taken(question.funnel, told, at))]


def fits(one, field, value):
    if field == "variant":
        return value in one.arms.split(";")
    return getattr(one, field) == ("" if value == "(none)" else value)


def value_of(question, field, one, events, places):
    if not question.attribute or field in ("kind", "visit"):
        return own_value(field, one)
    taking = [place for place in places if place is not None]
    if question.attribute.isdecimal():
        taking = [place for place in [places[int(question.attribute) - 1]] if place is not None]
    said = [said_value(field, events[place]) for place in sorted(taking)]
    return next(filter(None, said[::-1] if question.attribute == "last" else said), "")


def own_value(field, one):
    return arm(one.arms, field) if field.startswith("experiment:") else getattr(one, field)


def said_value(field, event):
    if field.startswith("experiment:"):
        return arm(event.context.arms, field)
    if field in ("device", "source", "campaign"):
        return getattr(event.context, field)
    said = (event.props or {}).get(field)
    return "" if said is None else str(said)


def arm(arms, field):
    return next((pair for pair in arms.split(";") if pair.startswith(field.removeprefix("experiment:") + "=")), "")
