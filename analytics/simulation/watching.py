"""One video in the feed: how long it is watched, what the browser sees of that, and where the thumb goes next."""

from enum import Enum
from typing import Any

from analytics.simulation.dice import pick
from analytics.simulation.traits import video_traits
from analytics.simulation.walk import Walk
from analytics.simulation.world import Video
from journey.steps import Step

CLIP_SECONDS = 7.0
WATCHED_MEDIAN = 4.4  # seconds
WATCHED_SPREAD = 0.75  # of the logarithm
LONGEST = 60.0
SEEN_AFTER = 1.0  # an anchor counts as seen when it was on the screen this long
TAP = 0.1  # of those who saw the anchor
PROFILE = 0.04  # of those who watched a while
ENGAGE = 0.065
A_WHILE = 3.0  # seconds
KINDS = {"like": 74, "save": 13, "share": 7, "follow": 6}

# (share of the clip, step, properties) of a first pass
QUARTERS = [(quarter / 4 * CLIP_SECONDS, {"percent": quarter * 25}) for quarter in (1, 2, 3)]


class Next(Enum):
    SWIPE = "the next video"
    PRODUCT = "the product page"
    PROFILE = "the creator's profile"


def watch(walk: Walk, video: Video, position: int) -> Next:
    about = {"video": video.slug, "creator": video.creator, "position": position}
    seconds = _seconds(walk, video)
    anchor_at = walk.person.sight.anchor_delay
    goes = Next.SWIPE
    if video.products and seconds > anchor_at + SEEN_AFTER and walk.chance(_tap(walk, video)):
        goes = Next.PRODUCT
        seconds = min(seconds, anchor_at + SEEN_AFTER + walk.rng.lognormvariate(0.6, 0.6))
    elif seconds > A_WHILE and walk.chance(PROFILE * video_traits(video.slug).charm):
        goes = Next.PROFILE
    _tell(walk, video, about, seconds)
    walk.pass_by(seconds)
    _engage(walk, video, seconds)
    if goes is Next.PRODUCT:
        at_ms = int(seconds % CLIP_SECONDS * 1000)
        walk.say(Step.SELECT_PROMOTION, {**about, "product": video.products[0], "at_video_ms": at_ms})
    walk.say(Step.WATCH, _summary(about, seconds, goes))
    return goes


def _seconds(walk: Walk, video: Video) -> float:
    median = WATCHED_MEDIAN * video_traits(video.slug).hook * walk.person.patience
    return min(LONGEST, median * walk.rng.lognormvariate(0, WATCHED_SPREAD))


def _tap(walk: Walk, video: Video) -> float:
    person = walk.person
    return TAP * video_traits(video.slug).pull * person.keenness * person.sight.effects.get("tap", 1)


def _tell(walk: Walk, video: Video, about: dict[str, Any], seconds: float) -> None:
    """Say what the beacon would see of one showing, in the order of time."""
    moments = [(0.0, Step.VIDEO_IMPRESSION, about), (0.2, Step.VIDEO_START, {**about, "muted": True})]
    moments += [
        (at, Step.VIDEO_PROGRESS, {**about, "watch_ms": int(at * 1000), **mark})
        for at, mark in [*QUARTERS, (2.0, {"seconds": 2})]
    ]
    moments.append((6.0, Step.FOCUSED_VIEW, {**about, "watch_ms": 6000}))
    moments.append((CLIP_SECONDS * 0.97, Step.VIDEO_COMPLETE, {**about, "watch_ms": int(CLIP_SECONDS * 970)}))
    for loop in range(1, int(seconds / CLIP_SECONDS) + 1):
        moments.append((loop * CLIP_SECONDS, Step.VIDEO_LOOP, {**about, "loop": loop}))
    if video.products:
        seen_at = walk.person.sight.anchor_delay + SEEN_AFTER
        at_ms = int(seen_at % CLIP_SECONDS * 1000)
        moments.append((seen_at, Step.VIEW_PROMOTION, {**about, "product": video.products[0], "at_video_ms": at_ms}))
    for at, step, props in sorted(moments, key=lambda moment: moment[0]):
        if at > seconds:
            break
        walk.say(step, props, after=at)


def _engage(walk: Walk, video: Video, seconds: float) -> None:
    if seconds > A_WHILE and walk.chance(ENGAGE * video_traits(video.slug).charm):
        kind = pick(walk.rng, KINDS)
        about = {} if kind == "follow" else {"video": video.slug}
        walk.act(Step.VIDEO_ENGAGE, {"kind": kind, "creator": video.creator, **about})


def _summary(about: dict[str, Any], seconds: float, goes: Next) -> dict[str, Any]:
    loops = int(seconds / CLIP_SECONDS)
    furthest = 100 if loops else int(seconds / CLIP_SECONDS * 100)
    reason = "left" if goes is Next.SWIPE else "hidden"
    return {**about, "watch_ms": int(seconds * 1000), "furthest_percent": furthest, "loops": loops, "reason": reason}
