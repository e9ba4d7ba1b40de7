"""Everybody wants the last one: eight real processes on PostgreSQL, and the same races with a guard switched off."""

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("races")]


def picked(told: dict, *names: str) -> dict:
    return {name: told[name] for name in names}


def test_two_dozen_buyers_of_ten_pieces_make_ten_orders(race):
    told = race("one_sku")
    assert picked(told, "answers", "orders", "purchases", "facts", "stock", "ledger") == {
        "answers": {"303": 10, "409": 14},
        "orders": 10,
        "purchases": 10,
        "facts": 10,
        "stock": [0],
        "ledger": [0],
    }


def test_without_the_conditional_update_they_buy_more_than_there_is(race):
    assert race("one_sku", "conditional_update")["orders"] > 10


def test_one_page_sent_by_eight_processes_is_one_order_for_all_of_them(race):
    told = race("one_key")
    assert picked(told, "answers", "orders", "purchases", "facts", "stock", "ledger") == {
        "answers": {"303": 24},
        "orders": 3,
        "purchases": 3,
        "facts": 3,
        "stock": [97],
        "ledger": [97],
    }


def test_without_the_lock_of_the_cart_rivals_are_sent_away_instead_of_to_their_order(race):
    told = race("one_key", "cart_lock")
    assert (told["orders"], told["stock"]) == (3, [97])
    assert told["answers"]["303"] < 24


def test_eight_tabs_of_one_cart_are_one_order(race):
    told = race("two_tabs")
    assert told["answers"] == {"303": 1, "409": 7}
    assert (told["orders"], told["purchases"], told["stock"], told["ledger"]) == (1, 1, [99], [99])


@pytest.mark.parametrize("scenario", ["one_key", "two_tabs"])
def test_without_any_guard_of_the_cart_they_are_more(race, scenario):
    told = race(scenario, "one_order_of_a_cart")
    assert told["orders"] > told["carts"]


def test_two_lines_in_opposite_order_never_deadlock(race):
    told = race("crossed_carts", "second_attempt")
    assert told["answers"] == {"303": 24}
    assert (told["orders"], told["stock"], told["ledger"]) == (24, [76, 76], [76, 76])


def test_without_the_order_of_ids_they_do(race):
    assert race("crossed_carts", "second_attempt", "order_of_ids")["answers"].get("409", 0) > 0


def test_a_coupon_for_five_orders_is_used_by_five(race):
    told = race("one_coupon")
    assert told["answers"] == {"303": 5, "409": 19}
    assert picked(told, "orders", "used", "claims") == {"orders": 5, "used": 5, "claims": 5}


def test_without_its_conditional_update_more_orders_use_it(race):
    assert race("one_coupon", "coupon_limit")["claims"] > 5


def test_five_pieces_of_a_deal_are_sold_five_times(race):
    told = race("one_deal")
    assert told["answers"] == {"303": 5, "409": 19}
    assert picked(told, "orders", "in_deal", "claimed") == {"orders": 5, "in_deal": 5, "claimed": 5}


def test_without_its_conditional_update_more_pieces_are_sold_at_its_price(race):
    assert race("one_deal", "deal_pieces")["in_deal"] > 5


def test_an_order_cancelled_by_eight_processes_gives_its_stock_back_once(race):
    told = race("one_cancel")
    assert told["answers"] == {"303": 8}
    assert (told["stock"], told["ledger"]) == ([10], [10])


def test_an_order_is_either_cancelled_or_shipped(race):
    told = race("cancel_or_ship")
    assert (told["statuses"], told["stock"]) in [(["cancelled"], [10]), (["shipped"], [7])]
    assert told["ledger"] == told["stock"]


def test_without_the_conditional_move_its_stock_comes_back_more_than_once(race):
    assert race("one_cancel", "moves")["stock"] != [10]


def test_who_is_killed_while_ordering_leaves_whole_orders_behind(race):
    told = race("many_orders")
    assert 6 <= told["orders"] < 18
    assert told["purchases"] == told["facts"] == told["orders"]
    assert told["stock"] == told["ledger"] == [1_000 - told["orders"]] * 2


def test_a_parcel_moved_by_eight_workers_takes_each_step_once(race):
    assert picked(race("one_parcel"), "statuses", "seen") == {"statuses": ["delivered"], "seen": 6}


def test_without_claiming_a_step_it_takes_some_twice(race):
    assert race("one_parcel", "claim_of_a_step")["seen"] > 6


def test_a_return_settled_by_eight_workers_pays_back_once(race):
    told = race("one_return")
    assert picked(told, "answers", "refunds", "refunded") == {
        "answers": {"0": 7, "1": 1},
        "refunds": 1,
        "refunded": 1_690,
    }
