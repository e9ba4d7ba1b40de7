"""A fact and its event are one transaction."""

import pytest
from django.db import transaction

from journey.models import Event, Fact, Touched
from journey.steps import Step
from journey.store import commit_fact
from journey.trails import Context, Trail, now_us


def trail(number: int = 99) -> Trail:
    return Trail(5, "visitor", number, now_us(), Context(arms="anchor=early"))


@pytest.mark.django_db
def test_a_fact_announced_twice_is_one_event():
    with transaction.atomic():
        assert commit_fact(trail(1), Step.PURCHASE, "K3V9", {"value": 1_690}) is True
        assert commit_fact(trail(2), Step.PURCHASE, "K3V9", {"value": 1_690}) is False
    event = Event.objects.select_related("context").get()
    assert (event.step, event.props, event.context.arms) == (Step.PURCHASE.letter, {"value": 1_690}, "anchor=early")
    assert Fact.objects.get().key == "purchase:K3V9"
    assert Touched.objects.filter(participant=5).exists()


@pytest.mark.django_db
@pytest.mark.both
def test_a_fact_is_cut_to_its_columns_and_never_stops_a_purchase():
    crowded = Trail(5, "visitor", 99, now_us(), Context(source="s\0" * 80, arms="a" * 999))
    with transaction.atomic():
        assert commit_fact(crowded, Step.PURCHASE, "K3V9", {"order": "a\0b"})
    event = Event.objects.select_related("context").get()
    assert (event.props, len(event.context.source), len(event.context.arms)) == ({"order": "a�b"}, 80, 400)


@pytest.mark.django_db
def test_a_fact_that_was_announced_before_leaves_no_gap_in_the_numbers():
    walk = trail()
    with transaction.atomic():
        for _ in range(3):
            commit_fact(walk, Step.PURCHASE, "K3V9", {})
    assert walk.next_n == 2


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        commit_fact(trail(), Step.PURCHASE, "K3V9", {})


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_fact_leaves_no_trace_and_its_context_can_be_used_again():
    with transaction.atomic():
        commit_fact(trail(), Step.PURCHASE, "K3V9", {})
        transaction.set_rollback(True)
    assert (Event.objects.count(), Fact.objects.count(), Touched.objects.count()) == (0, 0, 0)
    with transaction.atomic():
        commit_fact(trail(), Step.PURCHASE, "K3V9", {})
    assert Event.objects.get().context.arms == "anchor=early"
