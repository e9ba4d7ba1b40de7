"""Whether anything can be told at all: D28 measurement, D01 people, D27 too early."""

from datetime import date, timedelta
from math import ceil

from analytics.diagnosis.bands import Band
from analytics.diagnosis.cases import Case, watched_for
from analytics.diagnosis.evidence import number, percent, rate
from analytics.diagnosis.tests_to_run import words
from analytics.diagnosis.verdicts import Evidence, Need, Verdict
from analytics.shares import Share
from analytics.videos.fields import share

ENOUGH_STEPS = 1_000
MOST = 0.5  # of the showings
LONGEST = 365  # days: beyond that no day is named


def measurement_fault(case: Case) -> Verdict | None:
    """D28: steps that were lost, orders and taps that nothing led to, arms that are not filled as planned."""
    return _lost(case) or _taps_of_nothing(case) or _orders_of_nothing(case) or _uneven_arms(case)


def _lost(case: Case) -> Verdict | None:
    found, band = share(case.missing, case.said), case.bands["loss"]
    if not found or case.said < ENOUGH_STEPS or not band.is_above(found):
        return None
    sentence = f"{percent(found.value)} of the steps never arrived: what follows them looks worse than it is."
    return _fault(sentence, (rate("Steps that were numbered and never arrived", found, band),))


def _taps_of_nothing(case: Case) -> Verdict | None:
    """More anchors tapped than seen: the two are told by the same script, so one of them is lost."""
    sale = case.sale
    if sale.clicks < case.bands.gate("orders") or sale.clicks <= sale.anchors_seen:
        return None
    sentence = "More taps of the anchor than times it was seen: one of the two is not measured."
    taps = number("Taps", sale.clicks, sale.clicks, "count")
    return _fault(sentence, (taps, number("Times it was seen", sale.anchors_seen, sale.anchors_seen, "count")))


def _orders_of_nothing(case: Case) -> Verdict | None:
    sale = case.sale
    if sale.orders < case.bands.gate("orders") or sale.orders <= sale.checkouts:
        return None
    sentence = "More orders than checkouts: somebody buys on a way that is not measured."
    orders = number("Orders", sale.orders, sale.orders, "count")
    return _fault(sentence, (orders, number("Checkouts", sale.checkouts, sale.checkouts, "count")))


def _uneven_arms(case: Case) -> Verdict | None:
    """A sample-ratio mismatch: chance deals like this once in a thousand experiments, or less."""
    worst = next((one for one in case.uneven if one.got.whole >= case.bands.gate("exposed")), None)
    if not worst:
        return None
    sentence = (
        f"The arms of the experiment {worst.experiment} are not filled as planned: {worst.arm} has"
        f" {percent(worst.got.value)} of {worst.got.whole:,} people instead of {percent(worst.planned)}. Somebody is"
        " not counted."
    )
    planned = Band(worst.planned, worst.planned, "the weights of its arms")
    return _fault(sentence, (rate(f"People in {worst.arm}, of all exposed", worst.got, planned),))


def _fault(sentence: str, evidence: tuple[Evidence, ...]) -> Verdict:
    advice = "Repair the measuring before you change anything else: see Lost steps and Steps."
    test = words("repair-measuring", "Repair the measuring", advice)
    return Verdict("D28", "Measurement fault", sentence, evidence, advice=advice, test=test)


def views_are_not_people(case: Case) -> Verdict | None:
    """D01: one and the same people, again and again, or for a blink."""
    video = case.video
    if not video or video.impressions < case.bands.gate("showings"):
        return None
    people, band = share(video.participants, video.impressions), case.bands["people"]
    blinks = share(_blinks(case), video.showings)
    again = bool(people and band.is_below(people))
    if not people or not blinks or not (again or blinks.low > MOST):
        return None
    sentence = (
        f"The views are not people: {video.impressions:,} showings went to {video.participants:,} of them,"
        f" and {percent(blinks.value)} were over within a second."
    )
    evidence = (rate("Different people of all showings", people, band), rate("Over within a second", blinks))
    advice = "Judge the reach by people, not by views; nothing in the shop needs to change for this."
    test = words("count-people", "Report people instead of views", advice)
    return Verdict("D01", "Views are not people", sentence, evidence, advice=advice, test=test)


def _blinks(case: Case) -> int:
    """Showings that were over before the time of a blink."""
    video = case.video
    return max(0, video.showings - watched_for(video, case.bands["blink"].limit)) if video else 0


def too_early(case: Case, today: date) -> Verdict | None:
    """D27: too few taps for anything that comes after them, or too few days."""
    wanted, days = case.bands.gate("clicks"), case.bands.gate("days")
    if case.clicks >= wanted and case.days >= days:
        return None
    found = number("Taps so far", case.clicks, case.clicks, "count", case.bands["gate_clicks"])
    age = number("Days so far", case.days, case.days, "count", case.bands["gate_days"])
    needs = needs_of(case)
    sentence = f"Too early to tell: {case.clicks:,} taps in {case.days} days. It takes {wanted:,} taps and {days} days."
    orders = case.sale.orders
    evidence = (found, age, rate("Orders of taps", Share(min(orders, case.clicks), case.clicks))) if case.clicks else ()
    until = _until(today, needs, wanted)
    return Verdict(
        "D27", "Too early to tell", sentence, evidence or (found, age), certain=False, until=until, needs=needs
    )


def needs_of(case: Case) -> tuple[Need, ...]:
    """What is still missing before each part of the way can be judged, at the pace of these days."""
    sale, bands = case.sale, case.bands
    showings = case.video.showings if case.video else bands.gate("showings")
    counted = {"showings": showings, "clicks": case.clicks, "checkouts": sale.checkouts, "orders": sale.orders}
    found = [_need(MISSED[key], n, bands.gate(key), case.days) for key, n in counted.items() if n < bands.gate(key)]
    if case.days < (days := bands.gate("days")):
        found.append(Need("days", case.days, days, days - case.days))
    return tuple(found)


MISSED = {"showings": "showings", "clicks": "taps", "checkouts": "checkouts", "orders": "orders"}


def _need(what: str, so_far: int, wanted: int, days: int) -> Need:
    wait = ceil((wanted - so_far) * days / so_far) if so_far and days else None
    return Need(what, so_far, wanted, wait if wait and wait <= LONGEST else None)


def _until(today: date, needs: tuple[Need, ...], wanted: int) -> str:
    """When what stands first can be told: that nothing is broken up to the taps and the page."""
    waits = [need.days for need in needs if need.what in ("taps", "days")]
    known = [wait for wait in waits if wait is not None]
    if len(known) < len(waits):
        return f"when there are {wanted:,} taps"
    return f"about {today + timedelta(max(known)):%-d %B %Y}"
