"""In the cart and not paid: D17 parked, D18 cost surprise, D20 address wall, D21 payment."""

from analytics.diagnosis import tests_to_run as tests
from analytics.diagnosis.cases import Case, bars
from analytics.diagnosis.evidence import number, percent, rate
from analytics.diagnosis.money import lost_at
from analytics.diagnosis.verdicts import Evidence, Lost, Test, Verdict
from analytics.shares import Share
from analytics.videos.fields import share


def interest_parked(case: Case) -> Verdict | None:
    """D17: into the cart, and not to the checkout."""
    found, band = case.sale.checkout_rate, case.bands["checkout"]
    if not found or found.whole < case.bands.gate("checkouts") or not band.is_below(found):
        return None
    sentence = f"The cart is where it ends: only {percent(found.value)} of those who fill it go on to the checkout."
    saved = share(min(case.sale.wishes, case.sale.page_views), case.sale.page_views)
    evidence = [rate("Checkout, of those with a cart", found, band)]
    evidence += [rate("Put into the cart", case.cart, case.bands["cart"])] if case.cart else []
    evidence += [rate("Saved for later", saved)] if saved and saved.part else []
    lost = lost_at(case, "checkout", found.whole)
    return _verdict("D17", "Interest parked", sentence, tuple(evidence), lost, tests.sums_first())


def few_addresses(case: Case) -> Verdict | None:
    """The step from the checkout to an address, and which of two causes it has."""
    sale, band = case.sale, case.bands["address"]
    found = share(sale.addresses, sale.checkouts)
    if not found or found.whole < case.bands.gate("checkouts") or not band.is_below(found):
        return None
    return cost_surprise(case, found) or address_wall(case, found)


def _mistakes(case: Case) -> Share | None:
    page = case.product
    return share(sum(page.field_errors.values()), page.checkouts)


def cost_surprise(case: Case, found: Share) -> Verdict | None:
    """D18: the sum is larger than what the page said, and no field stands in their way."""
    surprise, mistakes = case.product.surprise, _mistakes(case)
    if surprise is None or surprise <= case.bands["surprise"].limit:
        return None
    if mistakes and case.bands["mistakes"].is_above(mistakes):
        return None
    sentence = (
        f"The total scares them off: the checkout asks for {percent(surprise)} more than the page, and"
        f" {percent(1 - found.value)} leave before the address."
    )
    more = number("More than the page said", surprise, case.product.checkouts, "share", case.bands["surprise"])
    evidence = (more, rate("Gave an address, of checkouts", found, case.bands["address"]), *_fields(case))
    lost = lost_at(case, "address", found.whole)
    return _verdict("D18", "Cost surprise", sentence, evidence, lost, tests.total_first())


def address_wall(case: Case, found: Share) -> Verdict:
    """D20: nothing else is odd about those who leave at the address."""
    mistakes = _mistakes(case)
    refused = f", and a field is refused in {percent(mistakes.value)}" if mistakes and mistakes.part else ""
    sentence = f"The address is a wall: {percent(1 - found.value)} of checkouts end there{refused}."
    evidence = (rate("Gave an address, of checkouts", found, case.bands["address"]), *_fields(case))
    lost = lost_at(case, "address", found.whole)
    return _verdict("D20", "Address wall", sentence, evidence, lost, tests.payment_first())


def _fields(case: Case) -> tuple[Evidence, ...]:
    mistakes = _mistakes(case)
    if not mistakes:
        return ()
    return (
        rate("Fields refused, for each checkout", mistakes, case.bands["mistakes"], bars(case.product.field_errors)),
    )


def payment_failing(case: Case) -> Verdict | None:
    """D21: payments that were tried and failed, or none that they have."""
    found, band = case.sale.payment_rate, case.bands["paid"]
    chosen = share(case.sale.payments, case.sale.addresses)
    enough = case.bands.gate("orders")
    failing = bool(found and found.whole >= enough and band.is_below(found))
    lacking = bool(chosen and chosen.whole >= enough and case.bands["payment"].is_below(chosen))
    if not failing and not lacking:
        return None
    worked = percent(1 - found.value) if found else ""
    sentence = (
        f"They want to pay and cannot: {worked} of the payments they try fail."
        if failing
        else f"They want to pay and do not find how: {percent(1 - chosen.value if chosen else 0)} choose no payment."
    )
    methods = rate("Payments that worked", found, band, bars(case.sale.errors)) if found else None
    evidence = [part for part in (methods,) if part]
    evidence += [rate("Chose a payment, of those with an address", chosen, case.bands["payment"])] if chosen else []
    lost = lost_at(case, "paid" if failing else "payment", case.sale.payments if failing else case.sale.addresses)
    test = tests.words("more-payments", "More ways to pay", "Add wallets and cash; try again without typing again.")
    return _verdict("D21", "Payment lacking or failing", sentence, tuple(evidence), lost, test)


def _verdict(key: str, name: str, sentence: str, evidence: tuple[Evidence, ...], lost: Lost, test: Test) -> Verdict:
    return Verdict(key, name, sentence, evidence, lost=lost, advice=test.why, test=test)
