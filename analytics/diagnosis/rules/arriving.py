"""The page as it opens: D09 slow or by accident, D10 not what the video promised, D22 broken, D23 out of stock."""

from analytics.diagnosis.cases import Case, middle
from analytics.diagnosis.evidence import number, percent, rate
from analytics.diagnosis.money import lost_at, lost_between
from analytics.diagnosis.rules import pricing
from analytics.diagnosis.tests_to_run import price_on_anchor, words
from analytics.diagnosis.verdicts import Verdict
from analytics.shares import Share
from analytics.stats import newcombe
from analytics.videos.fields import share

ENOUGH = 100  # page views in one browser
MUCH_LESS, TWICE = 0.5, 2


def _bounced(case: Case) -> Share | None:
    return share(case.sale.bounces, case.sale.page_views)


def slow_page(case: Case) -> Verdict | None:
    """D09: drawn so late that people go back, or never open at all."""
    page, band = case.product, case.bands["load"]
    seconds, slow = middle(page.load) / 10, page.slow
    bounced, arrived = _bounced(case), case.video.page_arrival if case.video else None
    too_slow = page.loads >= ENOUGH and seconds > band.limit
    lost = bool(arrived and case.bands["arrival"].is_below(arrived))
    if case.clicks < case.bands.gate("pages") or not bounced or not (too_slow or lost):
        return None
    leaving = case.bands["bounce"].is_above(bounced) or (too_slow and _more_than_elsewhere(case, bounced))
    if not leaving and not lost:
        return None
    sentence = (
        f"The page comes too late: half of them wait for more than {seconds:.1f} seconds, and {percent(bounced.value)}"
        " go back at once."
        if too_slow
        else f"Taps that lead nowhere: {percent(1 - (arrived.value if arrived else 0))} of them never see the page."
    )
    evidence = [number("Seconds until the page is drawn, median", seconds, page.loads, "seconds", band)]
    evidence += [rate("Left within 5 seconds", bounced, case.bands["bounce"])]
    evidence += [rate("Left the other pages of the shop so soon", case.others_bounce)] if case.others_bounce else []
    evidence += [rate("Drawn after more than 2.5 seconds", slow)] if slow else []
    advice = "Make the page faster: fewer and smaller pictures; show its frame at once."
    return Verdict(
        "D09",
        "Slow page or accidental taps",
        sentence,
        tuple(evidence),
        lost=lost_at(case, "cart", case.pages),
        advice=advice,
        test=words("faster-page", "A faster page", advice),
    )


def _more_than_elsewhere(case: Case, bounced: Share) -> bool:
    """Whether they are sure to go back at least twice as often as from the shop's other pages."""
    others = case.others_bounce
    if not others or others.whole < ENOUGH or bounced.value < TWICE * others.value:
        return False
    return newcombe(bounced.part, bounced.whole, others.part, others.whole)[0] > 0


def promise_broken(case: Case) -> Verdict | None:
    """D10: the page is fast, and they go back at once."""
    bounced, band = _bounced(case), case.bands["bounce"]
    if case.clicks < case.bands.gate("pages") or not bounced or not band.is_above(bounced):
        return None
    sentence = (
        f"The page is not what they came for: {percent(bounced.value)} go back within five seconds,"
        f" though it is drawn in {middle(case.product.load) / 10:.1f}.{pricing.said(case)}"
    )
    load = number(
        "Seconds until the page is drawn, median", middle(case.product.load) / 10, case.product.loads, "seconds"
    )
    advice = "Begin the page with the scene of the video; open it with the size and colour that was shown."
    odd = pricing.is_dear(case) or pricing.was_raised(case)
    test = price_on_anchor() if odd else words("same-scene", "First picture from the video", advice)
    return Verdict(
        "D10",
        "The page is not what the video promised",
        sentence,
        (rate("Left within 5 seconds", bounced, band), *pricing.compared(case), load),
        lost=lost_at(case, "cart", case.pages),
        advice=advice,
        test=test,
    )


def broken_browser(case: Case) -> Verdict | None:
    """D22: scripts fail in one browser, and its buyers put less into the cart."""
    page, band = case.product, case.bands["broken"]
    views = {name: n for name, n in page.browsers.items() if n >= ENOUGH}
    failing = {name: Share(min(page.failing_browsers.get(name, 0), n), n) for name, n in views.items()}
    worst = max(failing, key=lambda name: failing[name].value, default="")
    if not worst or not band.is_above(failing[worst]):
        return None
    mine = Share(min(page.cart_browsers.get(worst, 0), views[worst]), views[worst])
    theirs = _others(views, page.cart_browsers, worst)
    if not theirs or mine.high > theirs.value * MUCH_LESS:
        return None
    sentence = (
        f"The page fails in {worst}: {percent(failing[worst].value)} of its views have an error, and"
        f" {percent(mine.value)} lead to the cart; elsewhere {percent(theirs.value)}."
    )
    evidence = (
        rate(f"Failed scripts, of page views in {worst}", failing[worst], band),
        rate(f"Into the cart in {worst}", mine),
        rate("Into the cart in other browsers", theirs),
    )
    advice = f"Open the page in {worst} and repair it; the errors are in its journeys."
    ends = newcombe(theirs.part, theirs.whole, mine.part, mine.whole)
    lost = lost_between(case, views[worst], theirs.value - mine.value, ends)
    test = words("repair-page", f"Repair the page in {worst}", advice)
    return Verdict("D22", "Technical fault", sentence, evidence, lost=lost, advice=advice, test=test)


def _others(views: dict[str, int], carts: dict[str, int], but: str) -> Share | None:
    names = [name for name in views if name != but]
    whole = sum(views[name] for name in names)
    return share(sum(carts.get(name, 0) for name in names), whole) if whole >= ENOUGH else None


def out_of_stock(case: Case) -> Verdict | None:
    """D23: they come, and there is nothing."""
    page, band = case.product, case.bands["stock"]
    found = share(page.sold_out.get("sold_out", 0) + page.stock_outs, page.page_views)
    if not found or case.clicks < case.bands.gate("pages") or not band.is_above(found):
        return None
    sentence = f"They come and there is nothing left: {percent(found.value)} of the page views met it sold out."
    evidence = [rate("Page views that met it sold out", found, band)]
    evidence += [rate("Put into the cart", case.cart, case.bands["cart"])] if case.cart else []
    advice = "Restock before the next post; until then let the video show another product."
    return Verdict(
        "D23",
        "Out of stock while people come",
        sentence,
        tuple(evidence),
        lost=lost_at(case, "cart", case.pages),
        advice=advice,
        test=words("restock", "Restock, or swap the product", advice),
    )
