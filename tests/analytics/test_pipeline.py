"""The promise of the whole pipeline: journeys and counts equal a brute-force count over the raw events."""

from collections import Counter
from datetime import UTC, datetime
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from analytics.counts.counting import count
from analytics.models import FunnelCount, Journey, TouchedDay, offsets
from analytics.semantics.funnels import FUNNELS
from journey.models import Event, Touched
from journey.steps import Step
from journey.store import store
from journey.trails import RANDOM_BITS
from tests.analytics import twin
from tests.analytics.taken import MINUTE, START, batch

STEPS = st.sampled_from([Step.of_letter(letter) for letter in "saCAvtKBTfZ"])
YOUNG, ANCIENT = START // 1000 << RANDOM_BITS | 3, 1  # the number of a trail tells when it was born
ENDS = [{"trail": str(ANCIENT), "last": 5}, {"trail": str(YOUNG), "last": 2}]
PROPS = st.sampled_from(
    [
        {},
        {"video": "v1", "creator": "c"},
        {"video": "v2"},
        {"product": "p1", "category": "beauty"},
        {"category": "home"},
        {"value": 1690},
        *ENDS,
    ]
)
STARTS = st.sampled_from([START + minutes * MINUTE for minutes in (0, 0, 10, 29, 30, 31, 60, 60 * 9 + 46, 60 * 10)])
CONTEXTS = st.sampled_from(
    [
        ("phone", "Chrome", "direct", "a=x"),
        ("", "", "", "", ""),
        ("tablet", "", "friend", "a=y", "spring"),
        ("", "", "", "", "x"),
    ]
)
EVENTS = st.lists(st.tuples(st.sampled_from([0, 0, 3, 60]), STEPS, PROPS), min_size=1, max_size=3)
TRAILS = st.sampled_from([None, ANCIENT, YOUNG])  # two are continued by more than one batch
LOST = st.sets(st.integers(0, 2), max_size=2)
KINDS = ("visitor", "bot", "tester", "staff")  # the highest that is ever said counts
SAID = st.sampled_from(["visitor"] * 9 + [*KINDS])
SILENT = st.just([(0, Step.VIEW_FEED, {})])  # who does nothing but open pages is taken for a bot
WALKS = st.one_of(EVENTS, SILENT)
BATCHES = st.lists(st.tuples(st.integers(1, 3), WALKS, STARTS, CONTEXTS, TRAILS, LOST, SAID), min_size=1, max_size=7)


@pytest.mark.both
class Pipeline(TestCase):
    @settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(BATCHES, st.data())
    def test_any_arrival_leaves_what_brute_force_finds(self, batches, data):
        sent = [
            batch(
                number,
                *events,
                at=at,
                context=context,
                trail=trail,
                lost=lost,
                kind=kind,
                study="spring" if kind == "tester" else "",
            )
            for number, events, at, context, trail, lost, kind in batches
        ]
        arriving = data.draw(st.permutations(sent + data.draw(st.lists(st.sampled_from(sent), max_size=3))))
        for payload in arriving:
            store([payload])
            if data.draw(st.booleans()):
                count(most=data.draw(st.integers(1, 3)))
        count()
        said = {number: [batch[-1] for batch in batches if batch[0] == number] for number, *_ in batches}
        assert stored_journeys() == (walks := brute_force(said))
        assert stored_counts() == brute_counts(walks)
        assert not Touched.objects.exists()
        assert not TouchedDay.objects.exists()


def stored_journeys():
    names = (
        "kind",
        "stage",
        "revenue_cents",
        "said",
        "missing",
        "device",
        "browser",
        "source",
        "arms",
        "video",
        "creator",
        "product",
        "category",
        "campaign",
        "visit",
        "study",
        "day",
    )
    return [
        (
            j.participant,
            j.path,
            tuple(j.start + offset for offset in offsets(j.pauses)),
            *(getattr(j, n) for n in names),
        )
        for j in Journey.objects.order_by("participant", "start")
    ]


def brute_force(said):
    events = sorted(Event.objects.select_related("context"), key=lambda e: (e.participant_id, e.at, e.trail, e.n))
    walks = [_split(list(mine)) for _, mine in groupby(events, lambda e: e.participant_id)]
    return [
        _walk(walk, missing, *_who(mine, said[walk[0].participant_id]), "new" if walk is mine[0] else "returning")
        for mine in walks
        for walk, missing in zip(mine, _missing(mine), strict=True)
    ]


def _who(walks, said):
    return _kind(walks, said), "spring" if "tester" in said else ""


def _kind(walks, said):
    kind = max(said, key=KINDS.index)
    events = [event for walk in walks for event in walk]
    silent = (
        all(event.n == 0 and Step.of_letter(event.step).teller == "server" for event in events) and len(events) >= 3
    )
    return "bot" if kind == "visitor" and silent else kind


def _split(events):
    cuts = [i for i in range(1, len(events)) if events[i].at - events[i - 1].at > 30 * MINUTE]
    return [events[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(events)], strict=True)]


def _missing(walks):
    """Number by number, what nobody has: per walk of one participant."""
    place = {(e.trail, e.n): (i, Step.of_letter(e.step).teller) for i, walk in enumerate(walks) for e in walk}
    told = [(e.props, i) for i, walk in enumerate(walks) for e in walk if e.step == "Z" and "last" in (e.props or {})]
    missing = [0] * len(walks)
    for trail in {trail for trail, _ in place} | {int(props["trail"]) for props, _ in told}:
        arrived = sorted(n for of, n in place if of == trail)
        end, teller = max(
            ((p["last"], i) for p, i in told if p["trail"] == str(trail)), default=(0, 0), key=lambda e: e[0]
        )
        if not arrived and trail == ANCIENT:
            continue  # told more than a day after it was born: its events may have been kept for long enough
        for n in range(1, max([end, *arrived]) + 1):
            later = [place[trail, other] for other in arrived if other > n]
            if n not in arrived and later and later[0][1] == "browser":
                missing[later[0][0]] += 1
            elif n not in arrived and not later:
                missing[place[trail, arrived[-1]][0] if arrived else teller] += 1
    return missing


def _walk(events, missing, kind, study, visit):
    path, at = "".join(event.step for event in events), [event.at for event in events]
    props = [event.props or {} for event in events]
    entry = next((some for some in props if "video" in some), {})
    return (
        events[0].participant_id,
        path,
        tuple(at),
        kind,
        twin.walk(FUNNELS["stages"], path, at).reached.bit_length(),
        sum(some.get("value", 0) for event, some in zip(events, props, strict=True) if event.step == "B"),
        len(events) + missing,
        missing,
        *(_first(getattr(event.context, name) for event in events) for name in ("device", "browser", "source", "arms")),
        entry.get("video", ""),
        entry.get("creator", ""),
        _first(some.get("product") for some in props),
        _first(some.get("category") for some in props if "product" in some),
        _first(event.context.campaign for event in events),
        visit,
        study,
        _day(at[0]),
    )


def _day(at):
    return datetime.fromtimestamp(at // 1_000_000, UTC).date()


def _first(values):
    return next(filter(None, values), "")


def stored_counts():
    return {
        (c.funnel, c.day, c.entry, c.kind, c.reached, c.field, c.value): (c.n, c.said, c.missing)
        for c in FunnelCount.objects.all()
    }


def brute_counts(walks):
    counts, said, missing = Counter(), Counter(), Counter()
    names = ["device", "browser", "source", "arms", "video", "creator", "product", "category", "campaign"]
    names += ["visit", "study"]
    for _, path, at, kind, _, _, numbered, lost, *values, day in walks:
        for funnel in FUNNELS.values():
            walked = twin.walk(funnel, path, list(at))
            entry = 0 if walked.at[0] is None else (_day(walked.at[0]) - day).days
            for field, value in zip(["", *names], ["", *values], strict=True):
                cell = funnel.slug, day, entry, kind, walked.reached, field, value
                counts[cell] += 1
                said[cell] += numbered
                missing[cell] += lost
    return {cell: (n, said[cell], missing[cell]) for cell, n in counts.items()}
