"""What an event of a video adds to its figures."""

from analytics.counts.journeys import Taken
from analytics.videos.reader import Reader, Told, props_of
from analytics.videos.sights import MOST_MS, TEXT, Found, Props, Tap, more, name_in, slug_in, tick, whole
from journey.steps import Step

SECONDS = 60  # of a showing; what is later is put together
CLIP_SECONDS = 600
HALF_SECONDS = 120
TENTHS = 50
SEGMENTS = range(20)
UNKNOWN = -1  # when a showing began
NEVER = (UNKNOWN, 0)
REASONS = ("left", "hidden", "ended", "playing")


def impression(reader: Reader, event: Taken) -> None:
    if slug := slug_in(event[4]):
        found = reader.here.video(slug)
        found["i"] = found.get("i", 0) + 1
        found["j"] = 1
        reader.showings[event[5], slug] = [event[1], 0]
        reader.current[event[5]] = slug


def start(reader: Reader, event: Taken) -> None:
    props = props_of(event)
    if slug := name_in(props, "video", TEXT):
        found = reader.here.video(slug)
        more(found, "s")
        if props.get("muted") is True:
            more(found, "sm")
        delay = whole(props.get("start_delay_ms"), MOST_MS)
        if delay is not None:
            tick(found, "D", min(delay // 100, TENTHS))


def loop(reader: Reader, event: Taken) -> None:
    if slug := slug_in(event[4]):
        more(reader.here.video(slug), "l")


def progress(reader: Reader, event: Taken) -> None:
    """Of the marks on the way only the one at 2 seconds counts: quarters are in the summary."""
    if event[4] and ('"seconds":2}' in event[4] or '"seconds":2,' in event[4]):
        view(reader, event)


def view(reader: Reader, event: Taken) -> None:
    """Once a showing, whichever of the two ways to view it comes first."""
    if not (slug := slug_in(event[4])):
        return
    showing = reader.showings.get((event[5], slug))
    if showing is None:  # what told of its beginning is lost
        showing = reader.showings[event[5], slug] = [UNKNOWN, 0]
    if not showing[1]:
        showing[1] = 1
        found = reader.here.video(slug)
        found["X"] = found.get("X", 0) + 1
        found["jx"] = 1
        reader.viewed[slug] = None


def summary(reader: Reader, event: Taken) -> None:
    props = props_of(event)
    if not (slug := name_in(props, "video", TEXT)):
        return
    told, showing = Told(event[6], reader.here, slug, props), props.get("showing")
    if type(showing) is not int and type(showing) is not str:
        reader.alone.append(told)
        return
    before = reader.told.get((event[5], showing))
    if before is None or before.n < told.n:
        reader.told[event[5], showing] = told


def watched(told: Told) -> None:
    """The last word on a showing."""
    found, props = told.sights.video(told.video), told.props
    played = whole(props.get("watch_ms"), MOST_MS) or 0
    more(found, "w")
    if played:
        more(found, "wm", played)
    if played >= 3_000:
        more(found, "w3")
    if played >= 6_000:
        more(found, "w6")
    if (whole(props.get("furthest_percent"), 100) or 0) >= 97:
        more(found, "wc")
    tick(found, "W", min(played // 500, HALF_SECONDS))
    tick(found, "E", name_in(props, "reason") if props.get("reason") in REASONS else "")
    _curve(found, props)


def _curve(found: Found, props: Props) -> None:
    if seen := whole(props.get("seen"), (1 << len(SEGMENTS)) - 1):
        more(found, "wk")
        for segment in SEGMENTS:
            if seen >> segment & 1:
                tick(found, "wp", segment)


def anchor_seen(reader: Reader, event: Taken) -> None:
    _at_anchor(reader, event, "a", "ja", ("aa", "as", "ap"))


def anchor_tapped(reader: Reader, event: Taken) -> None:
    props = _at_anchor(reader, event, "A", "jA", ("At", "As", "Ap"))
    product, video = name_in(props, "product", TEXT), name_in(props, "video", TEXT)
    if product and video:
        reader.came_from[product] = video
        reader.here.taps[product] = Tap(video, event[1])


def _at_anchor(reader: Reader, event: Taken, code: str, journeys: str, spreads: tuple[str, str, str]) -> Props:
    """The same of one that was seen and one that was tapped."""
    props = props_of(event)
    slug, product = name_in(props, "video", TEXT), name_in(props, "product", TEXT)
    if product:
        _once_more(reader.here.product(product), code, journeys)
    if slug:
        found = reader.here.video(slug)
        _once_more(found, code, journeys)
        at_ms = whole(props.get("at_video_ms"), MOST_MS)
        if at_ms is not None:
            tick(found, spreads[0], min(at_ms // 1000, CLIP_SECONDS))
        began = reader.showings.get((event[5], slug), NEVER)[0]
        if began != UNKNOWN:
            tick(found, spreads[1], min((event[1] - began) // 1_000_000, SECONDS))
        tick(found, spreads[2], product)
    return props


def _once_more(found: Found, code: str, journeys: str) -> None:
    found[code] = found.get(code, 0) + 1
    found[journeys] = 1


def engaged(reader: Reader, event: Taken) -> None:
    """Who follows a creator does so because of the last video of theirs that was shown in this journey."""
    props = props_of(event)
    slug = name_in(props, "video", TEXT) or _last_of(reader, name_in(props, "creator", TEXT), event)
    if slug:
        tick(reader.here.video(slug), "e", name_in(props, "kind"))


def _last_of(reader: Reader, creator: str, until: Taken) -> str:
    last = ""
    for event in reader.walk if creator else ():
        if event is until:
            break
        if event[2] == IMPRESSION and name_in(props_of(event), "creator", TEXT) == creator:
            last = slug_in(event[4]) or last
    return last


IMPRESSION = Step.VIDEO_IMPRESSION.letter
HANDLERS = {
    IMPRESSION: impression,
    Step.VIDEO_START.letter: start,
    Step.VIDEO_LOOP.letter: loop,
    Step.VIDEO_PROGRESS.letter: progress,
    Step.VIDEO_VIEW.letter: view,
    Step.WATCH.letter: summary,
    Step.VIEW_PROMOTION.letter: anchor_seen,
    Step.SELECT_PROMOTION.letter: anchor_tapped,
    Step.VIDEO_ENGAGE.letter: engaged,
}
