"""Everyone who was exposed has a unit, counted with their journeys and right after whatever happens to them."""

import pytest

from analytics.counts.counting import count
from analytics.counts.recounting import drift, recount_all
from analytics.experiments.counting import UnitRow
from analytics.experiments.models import Unit
from analytics.keeping.retention import enforce
from journey.models import Experiment, Participant
from journey.steps import Step
from journey.store import store, touch
from journey.trails import now_us
from tests.analytics.taken import DAY, batch
from tests.factories import ArmFactory, SkuFactory
from tests.walker import Walker

pytestmark = [pytest.mark.django_db, pytest.mark.both]
COUNTED = UnitRow._fields


@pytest.fixture
def product():
    arm = ArmFactory(experiment__slug="body", slug="short", variant__slots={"product/body": ["price", "title"]})
    ArmFactory(experiment=arm.experiment, slug="control", variant=None)
    Experiment.objects.update(state="running")
    return SkuFactory().product


def visit(walker: Walker, product) -> None:
    walker.get("shop:cart")
    walker.get("shop:product", product.slug)
    walker.post("shop:add-to-cart", product.slug, sku=product.skus.get().code, quantity=1)
    assert len(walker.events) >= 3


def test_who_is_exposed_is_a_unit_of_the_arm_they_saw(product):
    for _ in range(6):
        visit(Walker(), product)
    Walker().get("shop:cart")
    count()
    units = list(Unit.objects.all())
    assert len(units) == 6
    assert {unit.arm for unit in units} <= {"short", "control"}
    assert {(unit.experiment, unit.reached, unit.before, unit.device, unit.visit) for unit in units} == {
        ("body", 0b11, 0, "phone", "new")
    }


def test_counting_again_changes_nothing_and_finds_no_drift(product, walker):
    visit(walker, product)
    count()
    before = list(Unit.objects.values())
    touch([walker.participant])
    count()
    assert list(Unit.objects.values()) == before
    assert drift().differences == []
    recount_all()
    assert [{**row, "id": 0} for row in Unit.objects.values()] == [{**row, "id": 0} for row in before]


def test_drift_names_a_unit_that_is_wrong(product, walker):
    visit(walker, product)
    count()
    Unit.objects.update(reached=0b1111)
    (difference,) = drift().differences
    assert "reached is 15 instead of 3" in difference


SEEN = ("phone", "Chrome", "direct", "body=short")
EXPOSED = (0, Step.VIEW_ITEM, {"product": "serum", "exposed": "body"})


def test_what_rests_on_events_that_are_gone_stays_as_it_was(product, settings):
    settings.RETENTION_EVENTS_DAYS, settings.RETENTION_PARTICIPANT_DAYS = 90, 0
    bought, now = (5, Step.PURCHASE, {"value": 1690}), now_us()
    store([batch(1, EXPOSED, bought, at=now - 80 * DAY, context=SEEN), batch(2, bought, at=now - 80 * DAY)])
    store([batch(2, EXPOSED, at=now - 5 * DAY, context=SEEN)])
    count()
    before = list(Unit.objects.order_by("participant").values(*COUNTED))
    assert [(row["revenue_cents"], row["revenue_before_cents"]) for row in before] == [(1690, 0), (0, 1690)]
    settings.RETENTION_EVENTS_DAYS = 20
    enforce()
    store([batch(number, EXPOSED, at=now - DAY, context=SEEN) for number in (1, 2)])
    count()
    assert list(Unit.objects.order_by("participant").values(*COUNTED)) == before
    assert drift().differences == []
    recount_all()
    assert list(Unit.objects.order_by("participant").values(*COUNTED)) == before
    assert drift().differences == []


def test_a_visitor_who_turns_out_to_be_staff_takes_their_unit_along(product, walker):
    visit(walker, product)
    count()
    Participant.objects.update(kind="staff")
    touch([walker.participant])
    count()
    assert list(Unit.objects.values_list("kind", flat=True)) == ["staff"]
