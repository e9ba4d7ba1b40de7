"""The slow, obvious twin of what is counted of videos and products: every rule looks back over all events anew."""

from collections import Counter, defaultdict
from itertools import groupby

from journey.models import Event
from tests.analytics.pages_twin import of_pages, page_on
from tests.analytics.sales_twin import afterwards, lines_of, of_carts, of_checkouts, video_for
from tests.analytics.seen_around import Seen, both, day, is_view
from tests.analytics.taken import MINUTE, SECOND


def counted(kinds):
    """{("video" or "product", day, kind, slug): Counter of (figure, name)} for each participant's kind."""
    cells = defaultdict(Counter)
    for events in everyone():
        for table, walk, slug, figure, n in claims(events):
            if slug:
                cells[table, day(walk), kinds[events[0].who], slug][figure] += n
        for table, walk, slug, figure in once(events):
            cells[table, day(walk), kinds[events[0].who], slug][figure, None] += 1
        for claim, n in apart(events):
            table, walk, slug, figure = claim
            cells[table, day(walk), kinds[events[0].who], slug][figure] += n
    return {cell: {f: n for f, n in figures.items() if n} for cell, figures in cells.items()}


APART = {
    "video": {"anchors_seen": ("sources", "source"), "clicks": ("tapping_sources", "source")},
    "product": {
        "page_views": ("browsers", "browser"),
        "script_errors": ("failing_browsers", "browser"),
        "cart_journeys": ("cart_browsers", "browser"),
    },
}


def apart(events):
    """Some figures once more, by what the journey's first context that knows it says."""
    for table, walk, slug, (figure, _), n in claims(events):
        if slug and figure in APART[table]:
            name, field = APART[table][figure]
            said = [getattr(e.context, field) for e in events if e.walk == walk]
            if value := next(filter(None, said), ""):
                yield (table, walk, slug, (name, value)), n


BOTH = {
    "address_journeys": {"addresses"},
    "payment_journeys": {"payments"},
    "return_journeys": {"cancelled", "return_requests"},
    "refund_journeys": {"refunded"},
}
ONCE = {
    "video": BOTH
    | {"start_journeys": {"starts"}, "hold_journeys": {"held_6s"}}
    | {"complete_journeys": {"completed"}, "engage_journeys": {"engagements"}},
    "product": BOTH
    | {"tap_journeys": {"clicks", "list_clicks"}, "read_journeys": {"blocks"}, "choose_journeys": {"choices"}},
}


def once(events):
    """Journeys in which something happened at all."""
    happened = {(table, walk, slug, figure) for table, walk, slug, (figure, _), n in claims(events) if slug and n}
    return {
        (table, walk, slug, figure)
        for table, walk, slug, found in happened
        for figure, any_of in ONCE[table].items()
        if found in any_of
    }


def met(kinds):
    """{("video" or "product", slug): {(day, kind, participant)}} of whom it was shown to."""
    found = defaultdict(set)
    for events in everyone():
        for event in events:
            if event.letter == "i" and event.video:
                found["video", event.video].add((day(event.walk), kinds[event.who], event.who))
            if event.letter == "v" and event.product:
                found["product", event.product].add((day(event.walk), kinds[event.who], event.who))
    return found


def everyone():
    rows = sorted(Event.objects.select_related("context"), key=lambda e: (e.participant_id, e.at, e.trail, e.n))
    for _, mine in groupby(rows, lambda e: e.participant_id):
        seen, before = [], None
        for event in mine:
            new = before is None or event.at - before.at > 30 * MINUTE
            seen.append(Seen(event, (event.at, event.participant_id) if new else seen[-1].walk))
            before = event
        yield seen


def claims(events):
    """(table, journey, slug, (figure, name), how many)"""
    for i, event in enumerate(events):
        before = events[:i]
        here = [e for e in before if e.walk == event.walk]
        yield from of_videos(event, before, events)
        yield from of_anchors(event, before)
        yield from of_reactions(event, before, here)
        yield from of_pages(event, before, here, events)
        yield from of_carts(event, here)
        yield from of_checkouts(event, here, events)
    for ticket in events:
        if ticket.letter in "yD" and (opened := opened_as(ticket, events)):
            outcome = "solved" if ticket.letter == "D" else outcome_of(ticket)
            for table, walk, slug, (figure, _), _ in afterwards(opened[-1], events):
                if figure == "tickets" and outcome:
                    yield table, walk, slug, ("outcomes", outcome), 1
    yield from of_journeys(events)
    yield from of_days(events)


def opened_as(event, events):
    return [e for e in events[: events.index(event)] if e.letter == "T" and e.ticket == event.ticket]


def outcome_of(reply):
    return f"csat:{reply.stars}" if reply.kind == "csat" else reply.kind


def of_a_video(event):
    return lambda figure, n=1, name=None, slug=event.video: ("video", event.walk, slug, (figure, name), n)


def shown_before(event, before):
    return [e for e in before if e.letter == "i" and (e.trail, e.video) == (event.trail, event.video)]


def of_videos(event, before, events):
    one = of_a_video(event)
    if event.letter == "i":
        yield one("impressions")
    if event.letter == "s":
        yield one("starts")
        yield one("muted_starts", int(event.muted is True))
        if event.start_delay_ms != "":
            yield one("start_delay", name=str(min(event.start_delay_ms // 100, 50)))
    if event.letter == "l":
        yield one("loops")
    if event.letter == "w" and is_last_word(event, events, "showing"):
        yield from watched(event, one)
    if is_view(event):
        shown = shown_before(event, before)
        showing = before[before.index(shown[-1]) :] if shown else before
        if not [e for e in showing if is_view(e) and (e.trail, e.video) == (event.trail, event.video)]:
            yield one("views")


ANCHORS = {
    "a": ("anchors_seen", "anchor_at", "anchor_after", "offered"),
    "A": ("clicks", "tap_at", "tap_after", "clicked"),
}


def of_anchors(event, before):
    if event.letter not in ANCHORS:
        return
    one, (figure, at, after, by) = of_a_video(event), ANCHORS[event.letter]
    yield from both(event.walk, event.product, event.video, figure)
    if event.at_video_ms != "":
        yield one(at, name=str(event.at_video_ms // 1000))
    if shown := shown_before(event, before):
        yield one(after, name=str(min(60, (event.at - shown[-1].at) // SECOND)))
    if event.product:
        yield one(by, name=event.product)


def of_reactions(event, before, here):
    one = of_a_video(event)
    if event.letter == "e":
        theirs = [e.video for e in here if e.letter == "i" and e.video and e.creator == event.creator != ""]
        if event.kind:
            yield one("engagements", name=event.kind, slug=event.video or (theirs[-1] if theirs else ""))
    if event.letter in "dg" and not page_on(event, before):
        last = [e.video for e in before if e.letter == "i" and e.video and e.trail == event.trail]
        yield one({"d": "dead_taps", "g": "rage_taps"}[event.letter], slug=last[-1] if last else "")


def is_last_word(event, events, name):
    key = event.props.get(name)
    if key is None:
        return True
    same = [e.n for e in events if (e.letter, e.trail, e.props.get(name)) == (event.letter, event.trail, key)]
    return event.n == max(same)


def watched(event, one):
    played = event.watch_ms or 0
    yield one("showings")
    yield one("watch_ms", played)
    yield one("held_3s", int(played >= 3000))
    yield one("held_6s", int(played >= 6000))
    yield one("completed", int((event.furthest_percent or 0) >= 97))
    yield one("watch", name=str(min(played // 500, 120)))
    if event.reason in ("left", "hidden", "ended", "playing"):
        yield one("exits", name=event.reason)
    if event.seen:
        yield one("curve_showings")
        yield from (one("curve", name=str(k)) for k in range(20) if event.seen & 2**k)


MARKS = {  # figure of journeys → letters that lead to it
    "video": {"journeys": "i", "anchor_journeys": "a", "click_journeys": "A", "page_journeys": "v"},
    "product": {"journeys": "v", "anchor_journeys": "a", "click_journeys": "A"},
}


def of_journeys(events):
    for walk in dict.fromkeys(e.walk for e in events):
        here = [e for e in events if e.walk == walk]
        found = set()
        for i, event in enumerate(here):
            for table, marks in MARKS.items():
                for figure, letter in marks.items():
                    named = event.product if table == "video" and letter == "v" else "any"
                    if event.letter == letter and named:
                        found.add((table, event.props.get(table, ""), figure))
            if is_view(event):
                found.add(("video", event.video, "view_journeys"))
            found |= bought_in(event, here[:i])
        yield from ((table, walk, slug, (figure, None), 1) for table, slug, figure in found)


def bought_in(event, before):
    kind = {"t": "cart_journeys", "K": "checkout_journeys", "B": "buyer_journeys"}.get(event.letter)
    if event.letter == "t":
        lines = [(event.product, video_for(event, event.product, before))] if event.product else []
    else:
        lines = [(product, video) for product, _, _, video in lines_of(event, before)] if kind else []
    claims = [(("product", product, kind), ("video", video, kind)) for product, video in lines]
    return {claim for pair in claims for claim in pair}


def of_days(events):
    """How long ago each was met before, once a day."""
    days = {("video", e.video, e.walk) for e in events if e.letter == "i"}
    days |= {("product", e.product, e.walk) for e in events if e.letter == "v"}
    for table, slug, walk in days:
        same = sorted(other for t, s, other in days if (t, s) == (table, slug))
        before = [day(other) for other in same if other < walk]
        if day(walk) not in before:
            yield table, walk, slug, ("since", str((day(walk) - before[-1]).days) if before else "0"), 1
