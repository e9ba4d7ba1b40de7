"""The list of journeys when it is long: what is counted, what is estimated, what is read along an index."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from analytics.counts.counting import count
from analytics.listing.asked import narrowed_from
from analytics.listing.counted import BoundedPaginator, estimated
from analytics.listing.search import matching
from analytics.models import Journey
from journey.models.participant import code_of
from journey.store import store
from tests.analytics.taken import WATCHED, batch

pytestmark = pytest.mark.django_db
ADDRESS = reverse("admin:analytics_journey_changelist")


@pytest.fixture
def shop():
    """Five journeys of some seconds; two of them in an arm."""
    late = ("phone", "Safari", "tiktok", "anchor=late")
    store([batch(n, *WATCHED) for n in (1, 2, 3)] + [batch(n, *WATCHED, context=late) for n in (4, 5)])
    count()
    cache.clear()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_much_for_many_rows_as_for_one(admin_client, django_assert_max_num_queries, rows):
    store([batch(number, *WATCHED) for number in range(1, rows + 1)])
    count()
    cache.clear()
    with django_assert_max_num_queries(12):
        assert len(admin_client.get(ADDRESS).context["cl"].result_list) == rows


def test_a_list_that_is_too_long_to_count_says_so(shop, admin_client, monkeypatch):
    monkeypatch.setattr("analytics.listing.counted.MOST", 3)
    monkeypatch.setattr("analytics.listing.counted.estimated", lambda rows: 41_200)
    page = re.sub(r"\s+", " ", admin_client.get(ADDRESS).content.decode())
    assert "About 41,200 journeys, of which the first 3 can be paged through." in page
    page = re.sub(r"\s+", " ", admin_client.get(ADDRESS, {"length": "10s"}).content.decode())
    assert "More than 3 journeys, of which the first 3 can be paged through." in page
    page = re.sub(r"\s+", " ", admin_client.get(ADDRESS, {"arm": "anchor=late"}).content.decode())
    assert "2 journeys." in page


@pytest.mark.both
def test_pages_end_at_the_bound_and_the_count_is_exact_below_it(shop, monkeypatch):
    rows = Journey.objects.order_by("-start")
    assert [getattr(BoundedPaginator(rows, 2), name) for name in ("count", "total", "is_exact", "num_pages")] == [
        *(5, 5, True, 3)
    ]
    monkeypatch.setattr("analytics.listing.counted.MOST", 4)
    bounded = BoundedPaginator(rows, 2)
    assert (bounded.count, bounded.is_exact, bounded.num_pages) == (4, False, 2)
    assert estimated(rows) >= 0


@pytest.mark.both
@pytest.mark.parametrize(
    ("params", "index"),
    [
        ({}, "journeys_latest_first"),
        ({"day__gte": "2026-09-21", "day__lte": "2026-09-22", "kind__in": "visitor"}, "journeys_latest_first"),
        ({"days": "7"}, "journeys_latest_first"),
        ({"video__exact": "lamp"}, "journeys_latest_first"),
        ({"has": "ticket"}, "journeys_latest_first"),
        ({"q": code_of(3)}, "one_journey_a_start"),
    ],
    ids=str,
)
def test_the_usual_filters_are_read_along_an_index(shop, params, index):
    """Where few rows match or many: in the order of the page, without sorting the table."""
    if connection.vendor != "postgresql":
        rows = narrowed_from(params).applied(Journey.objects.order_by("-start"))
        assert "TEMP B-TREE" not in rows[:50].explain() or "q" in params
        return
    store([batch(n, *WATCHED) for n in range(6, 600)])  # of five rows any index is as good as the other
    count()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE analytics_journey")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    rows = narrowed_from(params).applied(Journey.objects.order_by("-start"))
    rows = rows.filter(matching(params["q"])) if "q" in params else rows
    assert index in rows[:50].explain()
