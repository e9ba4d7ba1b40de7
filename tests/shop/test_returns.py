"""Returns: never more than was bought, to the cent, and every clock ends in something."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journey import facts
from journey.models import Event
from journey.steps import Step
from shop.errors import MoveRefused, ReturnRefused
from shop.models import Order, OrderLine, OrderMove, Return
from shop.services import returns
from shop.services.days import days
from tests.factories import SkuFactory
from tests.shop.buying import bought, told
from tests.shop.later import delivered, run_out, wish

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Status = Return.Status


def ask(order: Order, quantity: int = 1, **changed) -> Return:
    items = {line.sku_code: quantity for line in order.lines.all()}
    with transaction.atomic():
        return returns.ask(order, order.buyer, order.participant, wish(items=items, **changed))


def test_a_return_takes_its_whole_way_by_the_clocks_alone(walker):
    sku = SkuFactory(stock=10, price_cents=1_690)
    order = delivered(walker, (sku, 2))
    parent = ask(order)
    assert (parent.status, parent.refund_cents) == (Status.ASKED, 1_690)
    parent = run_out(parent)
    assert (parent.status, parent.due_at - timezone.now() > days(13)) == (Status.ACCEPTED, True)
    with transaction.atomic():
        returns.hand_in(parent)
    parent = run_out(parent)
    assert (parent.status, parent.due_at) == (Status.REFUNDED, None)
    sku.refresh_from_db()
    assert sku.stock == 9
    assert [(move.change, move.reason) for move in sku.movements.all()] == [
        (1, "return"),
        (-2, "sale"),
        (10, "opening"),
    ]
    assert Order.objects.get().refunded_cents == 1_690
    assert told(Step.REFUND) == [{"order": order.code, "value": 1_690, "currency": "USD"}]
    assert Event.objects.get(step=Step.REFUND.letter).participant_id == walker.participant


def test_a_refund_without_sending_back_is_paid_when_nobody_answers_and_moves_no_stock(walker):
    sku = SkuFactory(stock=10, price_cents=1_690)
    order = delivered(walker, sku)
    parent = run_out(ask(order, kind="refund", reason="missing"))
    sku.refresh_from_db()
    assert (parent.status, sku.stock, Order.objects.get().refunded_cents) == (Status.REFUNDED, 9, 1_690)


def test_what_is_not_handed_in_is_withdrawn_and_can_be_asked_for_again(walker):
    order = delivered(walker, SkuFactory())
    parent = run_out(run_out(ask(order)))
    assert (parent.status, OrderLine.objects.get().returned) == (Status.WITHDRAWN, 0)
    assert ask(order, key="again").status == Status.ASKED
    assert told(Step.REFUND) == []


def test_of_two_tasks_at_once_one_settles(walker):
    parent = ask(delivered(walker, SkuFactory()), kind="refund", reason="missing")
    Return.objects.update(due_at=timezone.now())
    assert [returns._settle(parent.pk, facts.commit), returns._settle(parent.pk, facts.commit)] == [True, False]
    assert len(told(Step.REFUND)) == 1


def test_a_declined_return_frees_its_things_and_says_why(walker):
    order = delivered(walker, SkuFactory())
    parent = ask(order)
    with transaction.atomic():
        returns.decline(parent, "It is worn.")
    parent.refresh_from_db()
    assert (parent.status, parent.answer, OrderLine.objects.get().returned) == (Status.DECLINED, "It is worn.", 0)
    with pytest.raises(MoveRefused), transaction.atomic():
        returns.accept(parent, facts.commit)


def test_the_same_form_sent_twice_is_one_return(walker):
    order = delivered(walker, (SkuFactory(), 2))
    assert ask(order).pk == ask(order).pk
    assert OrderLine.objects.get().returned == 1


def test_more_than_is_left_is_refused_and_nothing_is_changed(walker):
    order = delivered(walker, (SkuFactory(), 2))
    ask(order, key="first")
    with pytest.raises(ReturnRefused, match="There are only 1 of"):
        ask(order, 2, key="second")
    assert (Return.objects.count(), OrderLine.objects.get().returned) == (1, 1)


def test_only_what_was_delivered_within_thirty_days_can_go_back(walker):
    fresh = bought(walker, SkuFactory())
    with pytest.raises(ReturnRefused):
        ask(fresh)
    old = delivered(walker, SkuFactory())
    OrderMove.objects.filter(order=old).update(at=timezone.now() - timedelta(days=31))
    with pytest.raises(ReturnRefused):
        ask(old)


def test_the_database_itself_refuses_more_than_was_bought_or_paid(walker):
    delivered(walker, (SkuFactory(price_cents=1_000), 2))
    for wrong in ({"returned": 3}, {"returned_cents": 2_001}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OrderLine.objects.update(**wrong)


def test_a_return_after_goodwill_pays_what_is_left_and_no_more(walker):
    order = delivered(walker, SkuFactory(price_cents=1_000))
    Order.objects.update(refunded_cents=900)
    run_out(ask(order, kind="refund", reason="missing"))
    assert (Order.objects.get().refunded_cents, told(Step.REFUND)[0]["value"]) == (1_000, 100)


doings = st.lists(st.tuples(st.sampled_from(["ask", "undo", "pay"]), st.integers(1, 4)), min_size=1, max_size=12)


@given(price=st.integers(1, 9_999), quantity=st.integers(1, 7), share=st.integers(0, 100), doings=doings)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_goes_back_in_whatever_parts_the_cents_are_exact(walker, price, quantity, share, doings):
    discount = price * quantity * share // 100
    with transaction.atomic():
        line = OrderLine(unit_price_cents=price, quantity=quantity, discount_cents=discount)
        parts = []  # (pieces, cents, paid)
        for what, number in doings:
            if what == "ask" and 0 < number <= line.left:
                parts.append((number, line.cents_for(number), False))
            elif what == "undo":
                parts = [part for part in parts if part[2]] + [part for part in parts if not part[2]][number:]
            elif what == "pay":
                parts = [(pieces, cents, True) for pieces, cents, _ in parts]
            line.returned, line.returned_cents = sum(part[0] for part in parts), sum(part[1] for part in parts)
            assert 0 <= line.returned_cents <= line.paid_cents
        rest = line.cents_for(line.left)
        assert line.returned_cents + (rest if line.left else 0) == line.paid_cents
