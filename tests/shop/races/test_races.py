"""Everybody wants the last one: eight real processes on PostgreSQL, and the same races with a guard switched off."""

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("races")]


def test_two_dozen_buyers_of_ten_pieces_make_ten_orders(race):
    assert race("one_sku") == {
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
    assert race("one_key") == {
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


def test_two_lines_in_opposite_order_never_deadlock(race):
    told = race("crossed_carts", "second_attempt")
    assert told["answers"] == {"303": 24}
    assert (told["orders"], told["stock"], told["ledger"]) == (24, [76, 76], [76, 76])


def test_without_the_order_of_ids_they_do(race):
    assert race("crossed_carts", "second_attempt", "order_of_ids")["answers"].get("409", 0) > 0


def test_an_order_cancelled_by_eight_processes_gives_its_stock_back_once(race):
    told = race("one_cancel")
    assert told["answers"] == {"303": 8}
    assert (told["stock"], told["ledger"]) == ([10], [10])


def test_a_parcel_moved_by_eight_workers_takes_each_step_once(race):
    told = race("one_parcel")
    assert (told["moves"], told["seen"]) == (["placed", "shipped", "delivered"], 6)


def test_without_claiming_a_step_it_takes_some_twice(race):
    assert race("one_parcel", "claim_of_a_step")["seen"] > 6


def test_a_return_settled_by_eight_workers_pays_back_once(race):
    told = race("one_return")
    assert told["answers"] == {"0": 7, "1": 1}
    assert (told["refunds"], told["refunded"]) == (1, 1690)
