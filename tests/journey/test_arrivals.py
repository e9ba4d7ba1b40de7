"""Experiments for who arrives from a source or on a video: one arrival is enough, and no later one takes it back."""

import pytest
from django.urls import reverse

from journey.arrivals import COOKIE, MOST
from journey.models import Experiment
from journey.variants import ArmPlan, Plan, design_for, welcomed
from tests.factories import ArmFactory, SkuFactory
from tests.walker import Walker

pytestmark = pytest.mark.django_db
AD = {"utm_source": "tiktok"}


@pytest.fixture
def product():
    return SkuFactory().product


def run(slug: str = "body", **audience) -> None:
    values = {"variant__slots": {"product/body": ["price", "title"]}} if slug == "body" else {}
    arm = ArmFactory(experiment__slug=slug, experiment__state="running", slug="other", **values)
    ArmFactory(experiment=arm.experiment, slug="control", variant=None)
    Experiment.objects.filter(slug=slug).update(**audience)


def arms_of(walker: Walker) -> list[str]:
    return [event.context.arms.partition("=")[0] for event in walker.events if event.n == 0]


def test_who_arrives_from_a_source_takes_part_and_others_do_not(product, walker):
    run(sources=["tiktok"])
    walker.get("shop:product", product.slug, **AD)
    other = Walker()
    other.get("shop:product", product.slug, utm_source="instagram")
    assert (arms_of(walker), arms_of(other)) == (["body"], [""])
    assert COOKIE not in other.client.cookies


def test_a_later_arrival_from_elsewhere_changes_nothing(product, walker):
    run(sources=["tiktok"])
    walker.get("shop:product", product.slug, **AD)
    arm = walker.events[-1].context.arms
    walker.get("shop:product", product.slug)
    walker.get("shop:product", product.slug, utm_source="instagram")
    assert {event.context.arms for event in walker.events} == {arm}


def test_who_came_otherwise_at_first_joins_with_their_first_fitting_arrival(product, walker):
    run(sources=["tiktok"])
    walker.get("shop:product", product.slug, utm_source="instagram")
    walker.get("shop:product", product.slug, **AD)
    assert arms_of(walker) == ["", "body"]


def test_a_step_inside_the_shop_is_no_arrival(product, walker):
    run(sources=["direct"])
    walker.client.get(reverse("shop:product", args=[product.slug]), headers={"referer": "http://testserver/"})
    assert arms_of(walker) == [""]
    assert COOKIE not in walker.client.cookies


def test_an_entry_video_is_the_one_that_was_passed_on(walker):
    run(videos=["unboxing"])
    walker.get("shop:feed")
    walker.get("shop:feed", video="unboxing")
    walker.get("shop:feed", video="another")
    assert arms_of(walker) == ["", "body", "body"]


def test_source_and_video_are_of_the_same_arrival(walker):
    run(sources=["tiktok"], videos=["unboxing"])
    walker.get("shop:feed", **AD)
    walker.get("shop:feed", video="unboxing")
    walker.get("shop:feed", video="unboxing", **AD)
    assert arms_of(walker) == ["", "", "body"]


def test_who_does_not_want_to_be_counted_is_remembered_nowhere(product, walker):
    run(sources=["tiktok"])
    page = walker.client.get(reverse("shop:product", args=[product.slug]), AD, headers={"sec-gpc": "1"})
    assert page.status_code == 200
    assert COOKIE not in walker.client.cookies


def test_what_is_remembered_stays_short(product, walker):
    run(sources=["tiktok"])
    walker.client.cookies[COOKIE] = ".".join(f"old-{k}" for k in range(MOST + 5))
    walker.get("shop:product", product.slug, **AD)
    kept = walker.client.cookies[COOKIE].value.split(".")
    assert (len(kept), kept[-1]) == (MOST, "body")


def test_a_page_asks_the_database_nothing_more(product, walker, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        for _ in range(2):
            walker.get("shop:product", product.slug, **AD)
        with CaptureQueriesContext(connection) as asked:
            walker.get("shop:product", product.slug, **AD)
        return len(asked)

    without = queries()
    run(sources=["tiktok"])
    assert queries() == without


def test_the_rest_of_the_audience_still_holds():
    plan = Plan("x", (ArmPlan("a", 1, {}, {}),), devices=("phone",), sources=("tiktok",))
    assert [plan.takes(1, "phone", ["x"]), plan.takes(1, "desktop", ["x"]), plan.takes(1, "phone")] == [
        True,
        False,
        False,
    ]


def test_simulated_buyers_join_by_the_same_rule():
    run(sources=["tiktok"])
    assert (welcomed("tiktok"), welcomed("direct"), design_for(1).arms) == (["body"], [], "")
    assert design_for(1, joined=welcomed("tiktok")).arms.startswith("body=")
