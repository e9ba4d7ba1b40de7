"""Read and not wanted: D12 coupon, and the step into the cart with D11, D13 to D16 and D19 as its causes."""

from collections.abc import Callable

from analytics.diagnosis import tests_to_run as tests
from analytics.diagnosis.cases import Case, bars
from analytics.diagnosis.evidence import number, percent, rate
from analytics.diagnosis.money import lost_at, lost_between
from analytics.diagnosis.rules import pricing
from analytics.diagnosis.verdicts import Evidence, Test, Verdict
from analytics.shares import Share
from analytics.stats import newcombe
from analytics.videos.fields import share
from analytics.videos.product_figures import ProductFigures

FEW_CLAIMS = 10
FEW_SHEETS = 30
LONGER = 1.5  # on the block that raises a doubt, against the others
# Key → name, what is said, the blocks it is about, the next test.
DOUBTS: dict[str, tuple[str, str, frozenset[str], Callable[[], Test]]] = {
    "D11": (
        "Price shock",
        "The price ends it",
        frozenset({"price", "price_urgency"}),
        tests.price_first,
    ),
    "D13": (
        "No trust",
        "They look for a reason to trust and leave without one",
        frozenset({"reviews", "reviews_short", "assurances", "assurances_badges", "shop_card"}),
        tests.trust_first,
    ),
    "D14": (
        "Information gap",
        "They look for an answer and leave without one",
        frozenset({"about", "questions"}),
        tests.facts_first,
    ),
    "D19": (
        "Delivery too slow or unclear",
        "What delivery costs and how long it takes ends it",
        frozenset({"shipping"}),
        tests.shipping_first,
    ),
}
NAMES = {
    "price": "the price",
    "price_urgency": "the price",
    "reviews": "the reviews",
    "reviews_short": "the reviews",
    "assurances": "the promises",
    "assurances_badges": "the promises",
    "shop_card": "the store",
    "about": "the description",
    "questions": "the questions",
    "shipping": "delivery",
}


def coupon_unnoticed(case: Case) -> Verdict | None:
    """D12: who claims the coupon buys, and few see it."""
    page = case.product
    seen, claimed = page.coupon_seen, share(page.coupon_carts, page.coupon_views)
    others = share(page.page_views - page.exits - page.coupon_carts, page.page_views - page.coupon_views)
    if not seen or not claimed or not others or case.clicks < case.bands.gate("pages"):
        return None
    better = claimed.low > others.high and claimed.value >= case.bands["lift"].limit * others.value
    if page.coupon_views < FEW_CLAIMS or not case.bands["coupon"].is_below(seen) or not better:
        return None
    sentence = (
        f"The coupon sells, and {percent(1 - seen.value)} never see it: {percent(claimed.value)} of those who claim it"
        f" fill the cart, {percent(others.value)} of the others."
    )
    evidence = (
        rate("Saw the coupon", seen, case.bands["coupon"]),
        rate("Into the cart with a coupon", claimed),
        rate("Into the cart without", others),
    )
    people = (1 - seen.value) * page.coupon_views / max(1, page.coupons_seen) * case.pages
    ends = newcombe(claimed.part, claimed.whole, others.part, others.whole)
    lost = lost_between(case, people, claimed.value - others.value, ends)
    test = tests.coupons_first()
    return Verdict("D12", "Offer not noticed", sentence, evidence, lost=lost, advice=test.why, test=test)


def few_carts(case: Case) -> Verdict | None:
    """The step itself, and the cause that most of those who leave have in common."""
    found = case.cart
    if not found or case.clicks < case.bands.gate("pages") or not case.bands["cart"].is_below(found):
        return None
    return (
        dead_end(case)
        or doubt(case)
        or pricing.price_raised(case)
        or never_scrolled(case)
        or coupon_unnoticed(case)
        or pricing.too_dear(case)
        or unexplained(case)
    )


def dead_end(case: Case) -> Verdict | None:
    """D15: they want it, and their size or colour is not there. Broken by itself, whatever comes before it."""
    page, band = case.product, case.bands["chosen"]
    found = share(page.sku_sheets - page.dead_ends, page.sku_sheets)
    if not found or found.whole < FEW_SHEETS or not band.is_below(found):
        return None
    sentence = (
        f"They want it and cannot have it: {percent(1 - found.value)} of those who open sizes and colours choose none."
    )
    taps = number("Taps on the page that did nothing", page.dead_taps, page.page_views, "count")
    evidence = (rate("Chose one, of those who opened the sheet", found, band), taps)
    return _verdict(case, "D15", "Variant dead end", sentence, evidence, tests.options_first())


def never_scrolled(case: Case) -> Verdict | None:
    """D16: nobody gets to what would convince them."""
    page, band = case.product, case.bands["scroll"]
    stayed = page.page_views - page.bounces
    found = share(sum(n for percent, n in page.scrolled.items() if int(percent) >= 25), stayed)
    if not found or not band.is_below(found):
        return None
    sentence = f"The page is not scrolled: {percent(1 - found.value)} of those who stay see its first screen only."
    depths = rate("Came further than the first quarter", found, band, bars(page.scrolled))
    taps = number("Taps on the page that did nothing", page.dead_taps, page.page_views, "count")
    return _verdict(case, "D16", "Never scrolled to what convinces", sentence, (depths, taps), tests.short_page())


def doubt(case: Case) -> Verdict | None:
    """D11, D13, D14, D19: most of those who leave have read the same thing last."""
    last = case.product.last_blocks
    exits = sum(last.values())
    found = {
        key: Share(sum(last.get(block, 0) for block in blocks), exits)
        for key, (_, _, blocks, _) in DOUBTS.items()
        if exits
    }
    key = max(found, key=lambda one: found[one].value, default="")
    if not key or not case.bands["last"].is_above(found[key]):
        return None
    name, said, blocks, test = DOUBTS[key]
    if not _stopped_at(case, blocks):
        return None
    block = NAMES[max(blocks, key=lambda one: last.get(one, 0))]
    sentence = f"{said}: {percent(found[key].value)} of those who leave the page have read {block} last."
    sheets = sum(n for sheet, n in case.product.sheets.items() if sheet in SHEETS_OF.get(key, ()))
    looked = share(min(sheets, case.product.page_views), case.product.page_views)
    evidence = [rate(f"Last read before leaving: {block}", found[key], case.bands["last"], bars(last))]
    evidence += [rate("Opened a sheet about it", looked)] if looked and looked.part else []
    if key == "D11":
        sentence, evidence = sentence + pricing.said(case), [*evidence, *pricing.compared(case)]
    return _verdict(case, key, name, sentence, tuple(evidence), test())


def _stopped_at(case: Case, blocks: frozenset[str]) -> bool:
    """Whether those blocks are looked at for longer than the others. What merely stands last on the first screen is
    the last thing everybody sees who does not scroll.
    """
    page = case.product
    there = _mean_dwell(page, lambda block: block in blocks)
    return there >= LONGER * _mean_dwell(page, lambda block: block not in blocks)


def _mean_dwell(page: ProductFigures, wanted: Callable[[str], bool]) -> float:
    n = sum(n for block, n in page.blocks.items() if wanted(block))
    return sum(ms for block, ms in page.dwell_ms.items() if wanted(block)) / n if n else 0.0


SHEETS_OF = {"D13": ("reviews-sheet", "terms", "store-info"), "D14": ("size-guide", "ask")}


def unexplained(case: Case) -> Verdict:
    """D00: the step is broken, and nothing that was measured says why."""
    sentence = "They read the page and do not want it; nothing they did says why."
    advice = "Read five of their journeys, and ask people in a study."
    return _verdict(
        case, "D00", "Page does not convince", sentence, (), tests.words("ask-people", "Ask people", advice)
    )


def _verdict(case: Case, key: str, name: str, sentence: str, evidence: tuple[Evidence, ...], test: Test) -> Verdict:
    found = case.cart
    step = (rate("Put into the cart, of those who saw the page", found, case.bands["cart"]),) if found else ()
    lost = lost_at(case, "cart", case.pages)
    return Verdict(key, name, sentence, (*evidence, *step), lost=lost, advice=test.why, test=test)
