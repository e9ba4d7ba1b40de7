"""The slow twin of carts, checkouts, orders, and what became of them."""

from fractions import Fraction
from itertools import count, takewhile

from tests.analytics.seen_around import both, here_before, is_view, page_open
from tests.analytics.taken import DAY


def video_for(event, product, here):
    """The one that is named, or the last one of this journey that led to the product; nothing leads to no product."""
    led = [_led(e) for e in here if product and e.product == product and _led(e)]
    return event.video or (led[-1] if led else "")


def _led(event):
    if event.letter in "vA":
        return event.video
    of_video = event.letter == "I" and str(event.list).startswith("video:")
    return event.list.removeprefix("video:") if of_video else ""


def told_lines(event):
    """(product, pieces, cents, video) of each line it says."""
    said = takewhile(bool, (event.props.get(f"line_{number}") for number in count(1)))
    lines = [(*text.split(), "")[:4] for text in said]
    return [(product, int(pieces), int(cents), video) for product, pieces, cents, video in lines]


def lines_of(event, here):
    """What is bought; a line without a video is that of the last one that led to its product."""
    if not (told := told_lines(event)):
        return [(event.product, event.quantity or 0, 0, video_for(event, event.product, here))]
    led = [(e.product, _led(e)) for e in here if _led(e)]
    return [
        (product, pieces, cents, video or ([v for p, v in led if p == product] or [""])[-1])
        for product, pieces, cents, video in told
    ]


def shares(value, lines):
    """Each cent is of the line in whose part of the whole it lies: the n-th one ends at n parts of the value."""
    weights = [cents for _, _, cents, _ in lines]
    weights = weights if sum(weights) else [1] * len(weights)
    ends = [Fraction(sum(weights[: place + 1]), sum(weights)) for place in range(len(weights))]
    found = [0] * len(lines)
    for cent in range(1, value + 1):
        found[[Fraction(cent, value) <= end for end in ends].index(True)] += 1
    return found


def each(walk, lines, figure, value=None, name=None):
    """Once for each product and each video of the lines; or the cents they have of a value."""
    parts = shares(value or 0, lines)
    for table, place in (("product", 0), ("video", 3)):
        for slug in dict.fromkeys(line[place] for line in lines):
            mine = sum(part for line, part in zip(lines, parts, strict=True) if line[place] == slug)
            yield table, walk, slug, (figure, name), 1 if value is None else mine


def deal_of(event, here):
    """The lines of the checkout that is open."""
    opened = [e for e in here if e.letter == "K"]
    return lines_of(opened[-1], here[: here.index(opened[-1])]) if opened else None


def of_carts(event, here):
    letter, walk, product = event.letter, event.walk, event.product
    video = video_for(event, product, here) if product else ""
    if letter == "I":
        yield "product", walk, product, ("list_clicks", None), 1
        if event.list:
            yield "product", walk, product, ("lists", event.list.split(":")[0]), 1
    if letter == "t" and product:
        yield from both(walk, product, video, "carts")
        yield from both(walk, product, video, "cart_cents", event.value or 0)
    if letter == "h" and product:
        yield from both(walk, product, video, "wishes")
    if letter in "rQ":
        yield "product", walk, product, ({"r": "removals", "Q": "questions"}[letter], None), 1


def of_checkouts(event, here, events):
    letter, walk = event.letter, event.walk
    if letter in "nRmTV":
        yield from afterwards(event, events)
    if letter == "B":
        yield from order(event, here, lines_of(event, here), events)
    if letter == "K":
        yield from each(walk, lines_of(event, here), "checkouts")
        yield from prices(event, here)
    if letter in "SYxJ" and (deal := deal_of(event, here)):
        yield from in_a_checkout(event, deal, here)


def in_a_checkout(event, deal, here):
    letter, walk, products = event.letter, event.walk, {line[0] for line in deal if line[0]}
    if letter in "SY":
        yield from each(walk, deal, {"S": "addresses", "Y": "payments"}[letter])
    if letter == "Y" and event.payment:
        yield from (("product", walk, product, ("methods", event.payment), 1) for product in products)
    if letter == "x":
        yield from each(walk, deal, "errors", name=f"{event.field}:{event.code}")
        yield from each(walk, deal, "failed_payments") if event.field == "payment" else ()
        if event.code == "out_of_stock" and len(products) == 1:
            yield "product", walk, *products, ("stock_outs", None), 1
    if letter == "J" and event.field and not page_open(event, here):
        yield from (("product", walk, product, ("field_errors", event.field), 1) for product in products)


def prices(event, here):
    products = {line[0] for line in lines_of(event, here) if line[0]}
    for product in products if len(products) == 1 else ():
        known = [price_in(e, here) for e in here if e.product == product and price_in(e, here)]
        others = {e.product for e in here if e.letter == "t" and e.product} - {product}
        if known and event.quantity and event.value and not others:
            yield "product", event.walk, product, ("checkout_cents", None), event.value
            yield "product", event.walk, product, ("expected_cents", None), known[-1] * event.quantity


def price_in(event, here):
    """What is in the cart already has a price of its own."""
    if event.letter == "v":
        carted = [e for e in here[: here.index(event)] if e.letter == "t" and e.product == event.product]
        return 0 if carted else event.value or 0
    return event.value // (event.quantity or 1) if event.letter == "t" and event.value else 0


def order(event, here, lines, events):
    walk, cents = event.walk, event.value or 0
    yield from each(walk, lines, "orders")
    yield from each(walk, lines, "order_cents", cents)
    for product, pieces, _, video in lines:
        yield from both(walk, product, video, "units", pieces)
    for product, video in {(line[0], line[3]) for line in lines if line[0]}:
        if video:
            yield "product", walk, product, ("sellers", video), 1
        taps = [e for e in events[: events.index(event)] if e.letter == "A" and e.video and e.product == product]
        if taps and not video and taps[-1] not in here and event.at - taps[-1].at <= 7 * DAY:
            yield "video", walk, taps[-1].video, ("later_orders", product), 1
    for other in {e.video for e in here if is_view(e)} - {line[3] for line in lines}:
        yield "video", walk, other, ("assisted_orders", None), 1
        yield "video", walk, other, ("assisted_cents", None), cents


def about(event, events):
    """(whether its order is known, in which journey it counts, the lines it is about)"""
    bought = [e for e in events if e.letter == "B" and event.order and e.order == event.order]
    named = event.product if event.letter in "TV" else ""
    if not bought:
        return False, event.walk, [(named, 0, 0, "")]
    lines = lines_of(bought[0], here_before(bought[0], events))
    videos = {line[0]: line[3] for line in reversed(lines)}
    if named:
        return True, bought[0].walk, [(named, 0, 0, videos.get(named, lines[0][3]))]
    told = [(line[0], 0, line[2], videos.get(line[0], lines[0][3])) for line in told_lines(event)]
    return True, bought[0].walk, told or lines


def afterwards(event, events):
    ordered, walk, lines = about(event, events)
    earlier = [e for e in events[: events.index(event)] if e.letter == event.letter and e.order == event.order]
    done = {claim[0:3:2] for e in earlier for claim in each(None, about(e, events)[2], None)}
    for figure, value, name in outcomes(event):
        for claim in each(walk, lines, figure, value, name):
            first = claim[0:3:2] not in done
            if (first or figure not in ONCE) and (ordered or figure != "ticket_orders"):
                yield claim


ONCE = {"cancelled", "cancelled_cents", "refunded", "return_requests", "ticket_orders"}


def outcomes(event):
    """Figure, the value that is shared out, and a name; those of an order count once for each of its products."""
    cents = event.value or 0
    if event.letter == "n":
        yield from (("cancelled", None, None), ("cancelled_cents", cents, None))
    if event.letter == "R":
        yield from (("refunded", None, None), ("refund_cents", cents, None))
    if event.letter == "m":
        yield "return_requests", None, None
        if event.reason:
            yield "return_reasons", None, event.reason
    if event.letter == "T":
        yield from (("ticket_orders", None, None), ("tickets", None, None))
        if event.kind:
            yield "topics", None, event.kind
    if event.letter == "V" and event.stars:
        yield from (("reviews", None, None), ("stars", None, str(event.stars)))
