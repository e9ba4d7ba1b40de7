"""The list from columns finds what the database finds, whatever it is narrowed to."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from analytics.counts.counting import count
from analytics.listing import changelist, rare
from analytics.listing.asked import LENGTHS, SIGNS, Narrowed
from analytics.models import Journey
from journey.steps import Step
from journey.store import store
from tests.analytics.taken import DAY, MINUTE, START, batch

DAYS = st.none() | st.sampled_from([date(2026, 9, 21), date(2026, 9, 22)])
STEPS = [Step.VIDEO_START, Step.VIEW_ITEM, Step.PURCHASE, Step.SUPPORT_OPEN, Step.RAGE_TAP, Step.FIELD_ERROR]
EVENTS = st.lists(
    st.tuples(st.sampled_from([0, 9, 10, 61, 700]), st.sampled_from(STEPS), st.sampled_from([{}, {"video": "lamp"}])),
    min_size=1,
    max_size=4,
)
CONTEXTS = st.sampled_from([("phone", "", "", "a=x"), ("desktop", "", "direct", "a=y;b=x"), ("", "", "", "")])
BATCHES = st.lists(
    st.tuples(st.integers(1, 3), EVENTS, st.sampled_from([START, START + 50 * MINUTE, START + DAY]), CONTEXTS),
    max_size=6,
)
VALUES = st.lists(st.sampled_from([("video", "lamp"), ("video", "(none)"), ("device", "phone"), ("visit", "new")]))
NARROWED = st.builds(
    Narrowed,
    DAYS,
    DAYS,
    stage=st.just(0),
    kinds=st.sampled_from([frozenset(), frozenset({"visitor"}), frozenset({"bot", "staff"})]),
    values=VALUES.map(lambda some: tuple(dict(some).items())),
    arm=st.sampled_from(["", "a=x", "a=y", "b=x", "a"]),
    has=st.lists(st.sampled_from([*SIGNS]), max_size=2).map(tuple),
    length=st.sampled_from(["", *LENGTHS]),
)


@pytest.mark.both
class Rare(TestCase):
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(BATCHES, NARROWED)
    def test_columns_find_what_the_database_finds(self, batches, asked):
        store([batch(n, *events, at=at, context=context) for n, events, at, context in batches])
        count()
        wanted = sorted(asked.applied(Journey.objects.all()).values_list("pk", flat=True))
        found = rare.keys(asked, 100)
        assert found is not None
        assert sorted(found) == wanted
        assert not wanted or rare.keys(asked, len(wanted) - 1) is None


@pytest.mark.django_db
def test_what_is_not_rare_is_found_all_the_same(admin_client, monkeypatch):
    store([batch(n, (0, Step.VIDEO_START, {"video": "lamp"})) for n in range(1, 6)])
    count()
    monkeypatch.setattr(changelist, "MOST", 3)
    page = admin_client.get("/admin/analytics/journey/", {"video__exact": "lamp"})
    assert len(page.context["cl"].result_list) == 5


def test_days_and_kinds_and_stages_have_an_index_of_their_own():
    assert not Narrowed(date(2026, 9, 21), stage=4, kinds=frozenset({"bot"})).may_be_rare
    assert replace(Narrowed(), has=("ticket",)).may_be_rare
