"""Where steps come from, read from the code."""

from journey.origins import Origin, origins, promises, steps_recorded_in
from journey.steps import Step, Teller


def test_every_step_can_be_told_by_something():
    assert set(Step) - set(origins()) == set()


def test_a_step_comes_from_where_it_is_told():
    known = origins()
    assert known[Step.VIEW_FEED] == [Origin("page", "shop:feed")]
    assert Origin("call", "shop/views/checkout.py") in known[Step.PURCHASE]
    assert Origin("script", "static/journey/beacon.js") in known[Step.PAGE_HIDDEN]
    assert known[Step.ADD_PAYMENT_INFO] == [Origin("form", "templates/shop/blocks/checkout/payment.html")]


def test_a_browsers_step_comes_from_browsers_and_a_servers_from_the_server():
    hows = {step: {origin.how for origin in places} for step, places in origins().items()}
    assert all(hows[step] <= {"script", "form"} for step in Step if step.teller is Teller.BROWSER)
    assert all(hows[step] <= {"page", "call"} for step in Step if step.teller is Teller.SERVER)


def test_an_act_that_is_marked_with_a_step_does_record_it():
    assert set(promises()) - set(origins()) == set()
    assert "shop:add-to-cart" in promises()[Step.ADD_TO_CART]


def test_calls_are_found_in_whatever_expression():
    source = """
request.journey.record(Step.SEARCH, term=term)
commit(Step.REFUND if paid else Step.CANCEL, order=code)
request.journey.about(step=Step.PURCHASE)
print(Step.VIEW_CART)
record(Step.NO_SUCH_STEP)
"""
    assert set(steps_recorded_in(source)) == {Step.SEARCH, Step.REFUND, Step.CANCEL}
