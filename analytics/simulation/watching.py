"""One video in the feed: how long it is watched, what the browser sees of that, and where the thumb goes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from analytics.simulation.dice import pick
from analytics.simulation.troubles import Trouble
from analytics.simulation.walk import Walk
from analytics.simulation.world import Video
from journey.steps import Step

CLIP_SECONDS = 7.0
WATCHED_MEDIAN = 6.0  # seconds
WATCHED_SPREAD = 0.75  # of the logarithm
LONGEST = 60.0
SEGMENTS = 20
SUMMARY_EVERY = 10.0
SEEN_AFTER = 1.0  # an anchor counts as seen when it was on the screen this long
TAP = 0.1  # of those who saw the anchor
PROFILE = 0.04  # of those who watched a while
ENGAGE = 0.05
A_WHILE = 3.0  # seconds
STRAY = 0.12  # of those who would have tapped an anchor they do not find
MUTED = 0.7
FARMED = 15  # times a farmed showing starts over
KINDS = {"like": 74, "save": 13, "share": 7, "follow": 6}

# (share of the clip, step, properties) of a first pass
QUARTERS = [(quarter / 4 * CLIP_SECONDS, {"percent": quarter * 25}) for quarter in (1, 2, 3)]


class Next(Enum):
    SWIPE = "the next video"
    PRODUCT = "the product page"
    PROFILE = "the creator's profile"


@dataclass(frozen=True, slots=True)
class Showing:
    """One showing of a video: `about` it, how long, when its anchor appears (or never), whether it is silent."""

    about: dict[str, Any]
    product: str
    seconds: float
    anchor_at: float
    muted: bool
    delay: float
    number: int
    stray: bool = False  # tapped beside an anchor that was not found


def watch(walk: Walk, video: Video, position: int) -> Next:
    about = {"video": video.slug, "creator": video.creator, "position": position}
    trouble = walk.world.trouble(video.slug)
    if trouble.farmed and walk.chance(trouble.farmed):
        _farm(walk, about)
        return Next.SWIPE
    seconds, anchor_at = _seconds(walk, video, trouble), _anchor_at(walk, video, trouble)
    goes, seconds = _tempted(walk, video, trouble, seconds, anchor_at)
    stray = goes is Next.SWIPE and trouble.noticed < 1 and seconds > anchor_at + SEEN_AFTER and walk.chance(STRAY)
    shown = _showing(walk, video, about, seconds, anchor_at, stray)
    for at, step, props in sorted(_moments(shown), key=lambda moment: moment[0]):
        if at <= seconds:
            walk.say(step, props, after=at)
    walk.pass_by(seconds)
    _engage(walk, video, trouble, seconds)
    if goes is Next.PRODUCT:
        at_ms = int((seconds - shown.delay) % CLIP_SECONDS * 1000)
        walk.say(Step.SELECT_PROMOTION, {**about, "product": shown.product, "at_video_ms": at_ms})
    walk.say(Step.WATCH, _summary(shown, seconds, "left" if goes is Next.SWIPE else "ended"))
    return goes


def _showing(walk: Walk, video: Video, about: dict[str, Any], seconds: float, anchor_at: float, stray: bool) -> Showing:
    walk.showings += 1
    product = video.products[0] if video.products else ""
    muted, delay = walk.chance(MUTED), min(3.0, 0.2 * walk.rng.lognormvariate(0, 0.5))
    return Showing(about, product, seconds, anchor_at, muted, delay, walk.showings, stray)


def _farm(walk: Walk, about: dict[str, Any]) -> None:
    """The same video on the screen again and again, for a blink each."""
    for _ in range(FARMED):
        walk.showings += 1
        shown = Showing(about, "", 0.4, LONGEST, muted=True, delay=0.1, number=walk.showings)
        walk.say(Step.VIDEO_IMPRESSION, about)
        walk.say(Step.VIDEO_START, {**about, "muted": True, "autoplay": True, "start_delay_ms": 100}, after=0.1)
        walk.pass_by(0.5)
        walk.say(Step.WATCH, _summary(shown, 0.4, "left"))
        walk.pass_by(0.3)


def _seconds(walk: Walk, video: Video, trouble: Trouble) -> float:
    median = WATCHED_MEDIAN * walk.world.video_traits(video.slug).hook * trouble.hook * walk.person.patience
    return min(LONGEST, median * walk.rng.lognormvariate(0, WATCHED_SPREAD))


def _anchor_at(walk: Walk, video: Video, trouble: Trouble) -> float:
    """Seconds after which the anchor is there; longer than anybody watches when it never is."""
    if not video.products or not walk.chance(trouble.shown):
        return 2 * LONGEST
    return walk.sight.anchor_delay if trouble.anchor_at is None else trouble.anchor_at


def _tempted(walk: Walk, video: Video, trouble: Trouble, seconds: float, anchor_at: float) -> tuple[Next, float]:
    """Where the thumb goes, and when."""
    tap = _tap(walk, video, trouble)
    if seconds > anchor_at + SEEN_AFTER and walk.goes_on(Step.SELECT_PROMOTION, tap * trouble.noticed):
        return Next.PRODUCT, min(seconds, anchor_at + SEEN_AFTER + walk.rng.lognormvariate(0.6, 0.6))
    if seconds > A_WHILE and walk.chance(PROFILE * walk.world.video_traits(video.slug).charm):
        return Next.PROFILE, seconds
    return Next.SWIPE, seconds


def _tap(walk: Walk, video: Video, trouble: Trouble) -> float:
    person = walk.person
    if trouble.audience and person.source != trouble.audience:
        return 0.0
    pull = walk.world.video_traits(video.slug).pull * trouble.pull
    return TAP * pull * person.keenness


def _moments(shown: Showing) -> Iterator[tuple[float, Step, dict[str, Any]]]:
    """What the beacon would see of one showing, and when, in seconds."""
    about, delay = shown.about, shown.delay
    start = {"muted": shown.muted, "autoplay": True, "start_delay_ms": int(delay * 1000)}
    yield 0.0, Step.VIDEO_IMPRESSION, about
    yield delay, Step.VIDEO_START, {**about, **start}
    yield 2.0, Step.VIDEO_VIEW, about
    for at, mark in [*QUARTERS, (2.0, {"seconds": 2})]:
        yield delay + at, Step.VIDEO_PROGRESS, {**about, "watch_ms": int(at * 1000), **mark}
    yield delay + 6.0, Step.FOCUSED_VIEW, {**about, "watch_ms": 6000}
    end = CLIP_SECONDS * 0.97
    yield delay + end, Step.VIDEO_COMPLETE, {**about, "watch_ms": int(end * 1000)}
    for loop in range(1, int((shown.seconds - delay) / CLIP_SECONDS) + 1):
        yield delay + loop * CLIP_SECONDS, Step.VIDEO_LOOP, {**about, "loop": loop}
    for told in range(1, int(shown.seconds / SUMMARY_EVERY) + 1):
        yield told * SUMMARY_EVERY, Step.WATCH, _summary(shown, told * SUMMARY_EVERY, "playing")
    seen_at = shown.anchor_at + SEEN_AFTER
    at_ms = int((seen_at - delay) % CLIP_SECONDS * 1000)
    yield seen_at, Step.VIEW_PROMOTION, {**about, "product": shown.product, "at_video_ms": at_ms}
    if shown.stray:
        yield seen_at, Step.DEAD_TAP, {"element": "p.caption-text", "block": "caption", "place": "/"}


def _engage(walk: Walk, video: Video, trouble: Trouble, seconds: float) -> None:
    if seconds > A_WHILE and walk.chance(ENGAGE * walk.world.video_traits(video.slug).charm * trouble.charm):
        kind = pick(walk.rng, KINDS)
        about = {} if kind == "follow" else {"video": video.slug}
        walk.act(Step.VIDEO_ENGAGE, {"kind": kind, "creator": video.creator, **about})


def _summary(shown: Showing, seconds: float, reason: str) -> dict[str, Any]:
    played = max(0.0, seconds - shown.delay)
    loops = int(played / CLIP_SECONDS)
    furthest = 100 if loops else int(played / CLIP_SECONDS * 100)
    segments = SEGMENTS if loops else min(SEGMENTS, int(played / CLIP_SECONDS * SEGMENTS) + 1)
    return {
        **shown.about,
        "showing": shown.number,
        "watch_ms": int(played * 1000),
        "furthest_percent": furthest,
        "loops": loops,
        "muted": shown.muted,
        "start_delay_ms": int(shown.delay * 1000),
        "seen": (1 << segments) - 1,
        "reason": reason,
    }
