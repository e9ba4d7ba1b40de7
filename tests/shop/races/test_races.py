"""Everybody wants the last one: eight real processes on PostgreSQL, and the same races with a guard switched off."""

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("races")]


def test_forty_buyers_of_ten_pieces_make_ten_orders(race):
    assert race("one_sku") == {
        "answers": {"303": 10, "409": 30},
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
        "answers": {"303": 40},
        "orders": 5,
        "purchases": 5,
        "facts": 5,
        "stock": [95],
        "ledger": [95],
    }


def test_without_the_lock_the_unique_key_still_holds_but_rivals_see_it_fail(race):
    told = race("one_key", "cart_lock")
    assert (told["orders"], told["stock"]) == (5, [95])
    assert told["answers"].get("500", 0) > 0


def test_eight_tabs_of_one_cart_are_one_order(race):
    told = race("two_tabs")
    assert told["answers"] == {"303": 1, "409": 7}
    assert (told["orders"], told["purchases"], told["stock"], told["ledger"]) == (1, 1, [99], [99])


def test_two_lines_in_opposite_order_never_deadlock(race):
    told = race("crossed_carts", "second_attempt")
    assert told["answers"] == {"303": 40}
    assert (told["orders"], told["stock"], told["ledger"]) == (40, [60, 60], [60, 60])


def test_without_the_order_of_ids_they_do(race):
    assert race("crossed_carts", "second_attempt", "order_of_ids")["answers"].get("409", 0) > 0


def test_an_order_cancelled_by_eight_processes_gives_its_stock_back_once(race):
    told = race("one_cancel")
    assert told["answers"] == {"303": 8}
    assert (told["stock"], told["ledger"]) == ([10], [10])
