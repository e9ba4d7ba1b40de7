"""The price as a cause, D11: it went up and the carts went down, or others of its category cost much less."""

from analytics.diagnosis import tests_to_run as tests
from analytics.diagnosis.cases import Case
from analytics.diagnosis.evidence import money, number, percent, rate
from analytics.diagnosis.money import lost_at
from analytics.diagnosis.prices import Against, Raised
from analytics.diagnosis.verdicts import Evidence, Verdict
from analytics.stats import newcombe


def price_raised(case: Case) -> Verdict | None:
    """D11: since the price was raised, the step into the cart is broken, and before it was not."""
    found, band = case.raised, case.bands["cart"]
    if not found or not was_raised(case) or not band.is_below(found.since):
        return None
    fell = newcombe(found.before.part, found.before.whole, found.since.part, found.since.whole)
    if fell[0] <= 0 or found.before.value < band.limit:
        return None
    sentence = (
        f"The price ends it: since {found.day:%-d %B} the page asks for {percent(found.by)} more, and"
        f" {percent(found.since.value)} fill the cart instead of {percent(found.before.value)}."
    )
    since = rate("Put into the cart since then", found.since, band)
    evidence = (since, rate("Put into the cart before", found.before, band), *compared(case))
    return _shock(case, sentence, evidence, found.since.whole)


def too_dear(case: Case) -> Verdict | None:
    """D11: they leave, nothing they did says why, and others of its category are sure to cost much less."""
    found, cart = case.price, case.cart
    if not found or not cart or not is_dear(case):
        return None
    sentence = (
        f"The price is far above its category: the page asks for {found.times.value:.1f} times what the middle of"
        f" {found.others.n} others costs, and {percent(cart.value)} fill the cart."
    )
    return _shock(case, sentence, (*compared(case), rate("Put into the cart", cart, case.bands["cart"])), case.pages)


def _shock(case: Case, sentence: str, evidence: tuple[Evidence, ...], inputs: int) -> Verdict:
    test = tests.price_first()
    lost = lost_at(case, "cart", inputs)
    return Verdict("D11", "Price shock", sentence, evidence, lost=lost, advice=test.why, test=test)


def is_dear(case: Case) -> bool:
    return bool(case.price and case.price.times.low > case.bands["dear"].limit)


def was_raised(case: Case) -> bool:
    return bool(case.raised and case.raised.by > case.bands["raised"].limit)


def compared(case: Case) -> tuple[Evidence, ...]:
    """The price as evidence, beside whatever else is said of the page."""
    found = [] if not case.price else [_times(case, case.price), *_paid(case.price)]
    return (*found, *([_by(case, case.raised)] if case.raised and was_raised(case) else []))


def said(case: Case) -> str:
    """What a sentence says of the price, where it is odd."""
    if case.price and is_dear(case):
        return f" It costs {case.price.times.value:.1f} times the middle of its category."
    if case.raised and was_raised(case):
        return f" Since {case.raised.day:%-d %B} it costs {percent(case.raised.by)} more than before."
    return ""


def _times(case: Case, found: Against) -> Evidence:
    label = f"Its price of {money(found.asked_cents)}, against the middle of its category"
    return number(label, found.times.value, found.others.n, "factor", case.bands["dear"], found.times[1:3])


def _paid(found: Against) -> list[Evidence]:
    label = "Paid for a piece of its category, with shipping"
    return [number(label, found.paid_cents, found.pieces, "cents")] if found.paid_cents else []


def _by(case: Case, found: Raised) -> Evidence:
    label = f"Raised on {found.day:%-d %B}: from {money(found.before_cents)} to {money(found.since_cents)}"
    return number(label, found.by, found.since.whole, "share", case.bands["raised"])
