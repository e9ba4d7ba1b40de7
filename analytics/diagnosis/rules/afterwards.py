"""After the tap that counts: D24 bought later, D25 sales that vanish, D26 trouble after the sale."""

from collections.abc import Iterator, Mapping

from analytics.diagnosis.cases import Case, bars
from analytics.diagnosis.evidence import listed, number, percent, rate
from analytics.diagnosis.tests_to_run import words
from analytics.diagnosis.verdicts import Evidence, Lost, Verdict
from analytics.shares import Share
from analytics.videos.fields import share

FEW_STARS = 5
SOLVED = 0.5


def bought_later(case: Case) -> Verdict | None:
    """D24: those who tapped come back within a week and buy, and the video gets no credit."""
    video = case.video
    later = sum(video.later_orders.values()) if video else 0
    found = share(later, later + video.orders) if video else None
    if not video or not found or later < case.bands.gate("orders") / 2 or not case.bands["elsewhere"].is_above(found):
        return None
    sentence = (
        f"It sells, and others get the credit: {later:,} orders came within a week from people who had tapped it,"
        f" {video.orders:,} at once."
    )
    evidence = (
        rate("Orders that came later, of all it led to", found, case.bands["elsewhere"], bars(video.later_orders)),
        number("Orders at once", video.orders, video.clicks, "count"),
    )
    advice = "Judge it by what people buy within seven days, not by the last tap."
    test = words("count-later-orders", "Count orders of seven days", advice)
    return Verdict("D24", "Bought later", sentence, evidence, advice=advice, test=test)


def sales_vanish(case: Case) -> Verdict | None:
    """D25: orders that are cancelled or paid back."""
    sale, band = case.sale, case.bands["vanish"]
    found = share(max(sale.refunded, sale.cancelled), sale.orders)
    if not found or found.whole < case.bands.gate("orders") or not band.is_above(found):
        return None
    sentence = f"Sales that do not stay: {percent(found.value)} of the orders are cancelled or paid back."
    reasons = {name.replace("_", " "): n for name, n in sale.return_reasons.items()}
    asked = share(min(sale.return_requests, sale.orders), sale.orders)
    evidence = [rate("Cancelled or paid back, of orders", found, band, bars(reasons))]
    evidence += [rate("Asked to send it back", asked)] if asked else []
    advice = "Let the video promise what arrives; judge it by what is left after refunds."
    test = words("honest-claim", "Say what it is not", advice)
    name = "Sales exist but vanish"
    return Verdict(
        "D25", name, sentence, tuple(evidence), lost=Lost(*[sale.refund_cents] * 3), advice=advice, test=test
    )


def after_sale_pain(case: Case) -> Verdict | None:
    """D26: tickets stay open or wait for their first answer, and the stars fall."""
    sale, gate, late = case.sale, case.bands.gate("tickets"), case.answers.late
    solved = share(min(sale.outcomes.get("solved", 0), sale.tickets), sale.tickets)
    unsolved = bool(solved and solved.whole >= gate and solved.high < SOLVED)
    too_late = bool(late and late.whole >= gate and case.bands["late"].is_above(late))
    given = _stars(sale.stars, sale.outcomes)
    mean, n = _mean(given), sum(given.values())
    if not (unsolved or too_late) or (n >= FEW_STARS and mean >= case.bands["stars"].limit):
        return None
    reasons = (
        [f"{percent(late.value)} of the tickets wait for an answer for more than a day"] if late and too_late else []
    )
    reasons += [f"{percent(1 - solved.value)} of the tickets stay open"] if solved and unsolved else []
    reasons += [f"buyers give {mean:.1f} stars"] if n else []
    sentence = f"Trouble after the sale: {listed(reasons)}."
    evidence = [*_answered(case)] if too_late else []
    evidence += [rate("Solved, of tickets", solved, points=bars(sale.topics))] if solved else []
    evidence += [number("Stars, mean", mean, n, "count", case.bands["stars"])] if n else []
    asked = share(min(sale.ticket_orders, sale.orders), sale.orders)
    evidence += [rate("Orders with a ticket", asked, case.bands["help"])] if asked else []
    advice = "Answer within a day; say where the parcel is before they ask."
    test = words("answer-sooner", "Answer within a day", advice)
    return Verdict("D26", "Trouble after the sale", sentence, tuple(evidence), advice=advice, test=test)


def _answered(case: Case) -> Iterator[Evidence]:
    """How late, and how long it usually takes."""
    late, middle = case.answers.late, case.answers.middle
    if late:
        yield rate("Waited for an answer for more than a day", late, case.bands["late"])
    if middle:
        yield number("Hours until the first answer, median", middle.value, middle.n, "hours", ends=middle[1:3])


def _stars(reviews: Mapping[str, int], outcomes: Mapping[str, int]) -> dict[int, int]:
    """Stars of reviews, and of answers to tickets."""
    given = {int(stars): n for stars, n in reviews.items()}
    for name, n in outcomes.items():
        kind, _, stars = name.partition(":")
        if kind == "csat" and stars.isdigit():
            given[int(stars)] = given.get(int(stars), 0) + n
    return given


def _mean(given: Mapping[int, int]) -> float:
    n = sum(given.values())
    return sum(stars * times for stars, times in given.items()) / n if n else 0.0


def nothing_broken(case: Case) -> Verdict:
    """No step is below its band, as far as there is enough of each."""
    sale = case.sale
    found = share(min(sale.orders, case.clicks), case.clicks)
    ctor = Share(found.part, found.whole) if found else None
    sentence = f"Nothing is broken: {sale.orders:,} orders of {case.clicks:,} taps, and every step holds its benchmark."
    evidence = [rate("Taps of those who saw the anchor", sale.ctr, case.bands["ctr"])] if sale.ctr else []
    evidence += [rate("Put into the cart", case.cart, case.bands["cart"])] if case.cart else []
    evidence += [rate("Orders of taps", ctor)] if ctor else []
    return Verdict("", "Nothing is broken", sentence, tuple(evidence))
