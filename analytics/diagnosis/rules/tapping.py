"""Seen and not tapped: D05 unseen, D06 entertaining, D07 wrong audience, D08 a low rate that nothing explains."""

from analytics.diagnosis.bands import Band
from analytics.diagnosis.cases import Case, bars
from analytics.diagnosis.evidence import percent, rate
from analytics.diagnosis.money import lost_at
from analytics.diagnosis.tests_to_run import deal_on_anchor, invited, louder, words
from analytics.diagnosis.verdicts import Evidence, Test, Verdict
from analytics.shares import Share
from analytics.videos.fields import share
from analytics.videos.video_figures import VideoFigures

STRAYS = 2.0  # taps beside for each tap on the anchor
MOST = 0.5  # of the reach
ENOUGH = 100  # times an anchor was seen by those of one source


def few_taps(case: Case) -> Verdict | None:
    """The step itself: which of the four it is, by what else is known of the same people."""
    found = case.sale.ctr
    if not found or found.whole < case.bands.gate("showings") or not case.bands["ctr"].is_below(found):
        return None
    return anchor_unseen(case, found) or entertaining(case, found) or low_ctr(case, found)


def anchor_unseen(case: Case, found: Share) -> Verdict | None:
    """D05: on the screen, and people tap beside it."""
    strays = case.video.dead_taps + case.video.rage_taps if case.video else 0
    beside = share(strays, found.whole)
    if not beside or strays < STRAYS * (found.part + 1) or not case.bands["ctr"].is_above(beside):
        return None
    sentence = (
        f"The anchor is there and nobody finds it: {percent(found.value)} tap it, and {percent(beside.value)} tap"
        " beside it."
    )
    return _verdict(case, found, "D05", "Anchor unseen or covered", sentence, (rate("Taps that hit nothing", beside),))


def entertaining(case: Case, found: Share) -> Verdict | None:
    """D06: liked, shared, and no reason to tap."""
    video = case.video
    liked = share(sum(video.engagements.values()), video.impressions) if video else None
    if not video or not liked or not case.bands["engagement"].is_above(liked):
        return None
    sentence = (
        f"People enjoy it and do not want anything: {percent(liked.value)} like, save or share it,"
        f" {percent(found.value)} of those who see the product tap it."
    )
    kinds = rate("Liked, commented, saved, shared", liked, case.bands["engagement"], bars(video.engagements))
    return _verdict(case, found, "D06", "Entertaining, not selling", sentence, (kinds,), invited())


def wrong_audience(case: Case) -> Verdict | None:
    """D07: some sources tap as they should, and most of the reach is others that do not."""
    video, band = case.video, case.bands["ctr"]
    cut = _cut(video, band) if video else None
    if not video or not cut:
        return None
    best, alive, idle = cut
    reach = Share(idle.whole, idle.whole + alive.whole)
    named = " and ".join(best)
    sentence = (
        f"The wrong people see it: those from {named} tap ({percent(alive.value)}), and {percent(reach.value)} of the"
        f" reach comes from elsewhere, where {percent(idle.value)} do."
    )
    points = tuple((source, found.value) for source, found in _by_source(video)[:6])
    evidence = (
        rate(f"Taps of those from {named}", alive, band, points),
        rate("Taps of those from elsewhere", idle, band),
        rate("Reach that comes from elsewhere", reach),
    )
    advice = f"Win people like those from {named}: other creators, other targeting."
    test = words("other-audience", "Another audience", advice)
    lost = lost_at(case, "ctr", video.anchors_seen)
    return Verdict("D07", "Wrong audience", sentence, evidence, lost=lost, advice=advice, test=test)


def _by_source(video: VideoFigures) -> list[tuple[str, Share]]:
    """Taps of those who saw the anchor, by source; the best first."""
    rates = [
        (source, Share(min(video.tapping_sources.get(source, 0), seen), seen))
        for source, seen in sorted(video.sources.items())
    ]
    return sorted(rates, key=lambda row: -row[1].value)


def _cut(video: VideoFigures, band: Band) -> tuple[list[str], Share, Share] | None:
    """Where sources fall apart: those that tap, theirs, and that of most of the reach, which does not."""
    rates = _by_source(video)
    for k in range(1, len(rates)):
        alive, idle = _together(rates[:k]), _together(rates[k:])
        apart = alive.whole >= ENOUGH and alive.low > band.limit and band.is_below(idle)
        if apart and Share(idle.whole, idle.whole + alive.whole).low > MOST:
            return [source for source, _ in rates[:k]], alive, idle
    return None


def _together(rates: list[tuple[str, Share]]) -> Share:
    return Share(sum(found.part for _, found in rates), sum(found.whole for _, found in rates))


def low_ctr(case: Case, found: Share) -> Verdict:
    """D08: few tap, and nothing else is odd."""
    none = "not one" if not found.part else f"{percent(found.value)}"
    sentence = (
        f"People see the product and do not tap it: {none} of {found.whole:,}, sure to be below {percent(found.high)}."
    )
    return _verdict(case, found, "D08", "Few tap the anchor", sentence, (), deal_on_anchor())


def _verdict(
    case: Case,
    found: Share,
    key: str,
    name: str,
    sentence: str,
    more: tuple[Evidence, ...],
    test: Test | None = None,
) -> Verdict:
    test = test or louder()
    at = rate("Taps of those who saw the anchor", found, case.bands["ctr"])
    of_views = share(case.sale.clicks, case.video.plays) if case.video else None
    evidence = (at, *more, *((rate("Taps of all plays", of_views),) if of_views else ()))
    lost = lost_at(case, "ctr", found.whole)
    return Verdict(key, name, sentence, evidence, lost=lost, advice=test.why, test=test)
