"""Before anybody sees the product: D02 no product, D03 hook, D04 late anchor."""

from analytics.diagnosis.bands import Band
from analytics.diagnosis.cases import Case, watch_curve, watched_for
from analytics.diagnosis.evidence import curve, number, percent, rate
from analytics.diagnosis.money import lost_before
from analytics.diagnosis.tests_to_run import sooner, words
from analytics.diagnosis.verdicts import Evidence, Verdict
from analytics.shares import Share
from analytics.videos.fields import share


def no_product_attached(case: Case) -> Verdict | None:
    """D02: those who watched long enough to see an anchor saw none."""
    found = _display(case)
    band = case.bands["display"]
    if not found or found.whole < case.bands.gate("showings") or not band.is_below(found):
        return None
    sentence = (
        f"A view is not a chance to buy: only {percent(found.value)} of those who watched for"
        f" {case.anchor_s:.0f} seconds saw a product on it."
    )
    advice = "Tie a product to the video; look whether it is listed, in stock and sold where they are."
    return Verdict(
        "D02",
        "No product attached",
        sentence,
        (rate("Saw the anchor, of those who watched long enough", found, band), _taps(case)),
        lost=lost_before(case, round(found.whole * band.typical)),
        advice=advice,
        test=words("attach-product", "Tie a product to the video", advice),
    )


def _display(case: Case) -> Share | None:
    video = case.video
    if not video:
        return None
    return share(video.anchors_seen, watched_for(video, case.anchor_s + 1))


def hook_too_weak(case: Case) -> Verdict | None:
    """D03: gone within three seconds."""
    video, band = case.video, case.bands["hold"]
    found = video.hold_3s if video else None
    if not video or not found or found.whole < case.bands.gate("showings") or not band.is_below(found):
        return None
    sentence = f"People leave before anything happens: {percent(1 - found.value)} are gone after three seconds."
    mean = number("Seconds watched, mean", video.mean_watch_s or 0, video.showings, "seconds")
    advice = "Show the problem or the product in the first two seconds."
    seen = round(video.anchors_seen * band.typical / found.value) if found.part else video.showings
    return Verdict(
        "D03",
        "Hook too weak",
        sentence,
        (_left(case, 3, found, band), mean, _taps(case)),
        lost=lost_before(case, min(seen, video.showings)),
        advice=advice,
        test=words("new-opening", "A new opening", advice),
    )


def anchor_too_late(case: Case) -> Verdict | None:
    """D04: when the anchor appears, most have left."""
    video, band = case.video, case.bands["left"]
    if not video or video.showings < case.bands.gate("showings") or not video.anchors_seen:
        return None
    there = case.anchor_s - 1
    found = share(watched_for(video, there), video.showings)
    if not found or not band.is_below(found):
        return None
    sentence = (
        f"People watch, and never see the product: the anchor appears after {percent(1 - found.value)} have left,"
        f" {there:.0f} seconds in."
    )
    advice = "Show the card near the first moment that proves something."
    return Verdict(
        "D04",
        "Anchor appears after most have left",
        sentence,
        (_left(case, there, found, band), _taps(case)),
        lost=lost_before(case, round(video.showings * band.typical)),
        advice=advice,
        test=sooner(),
    )


def _left(case: Case, at: float, found: Share, band: Band) -> Evidence:
    assert case.video  # noqa: S101
    return curve(f"Still watching after {at:.0f} seconds", found, band, watch_curve(case.video, round(at) + 6), at)


def _taps(case: Case) -> Evidence:
    sale = case.sale
    found = share(sale.clicks, sale.anchors_seen)
    if found:
        return rate("Taps of those who saw the anchor", found, case.bands["ctr"])
    return number("Times the anchor was seen", 0, 0, "count")
