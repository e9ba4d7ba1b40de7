"""What an event between a wish and an order adds to a product, and to the video it came from."""

from analytics.counts.journeys import DAY_US, Taken
from analytics.videos.lines import Lines, parts_of, products_of
from analytics.videos.orders import Order
from analytics.videos.reader import Reader, props_of
from analytics.videos.sights import MOST_CENTS, MOST_PIECES, TEXT, Props, more, name_in, once, tick, whole
from journey.steps import Step

LATER_US = 7 * DAY_US
OF_A_VIDEO = "video:"  # a list of what is tied to a video says which
PAYMENT, SOLD_OUT = "payment", "out_of_stock"


def item_tapped(reader: Reader, event: Taken) -> None:
    props = props_of(event)
    if product := name_in(props, "product", TEXT):
        found, listed = reader.here.product(product), name_in(props, "list", TEXT)
        more(found, "I")
        tick(found, "Il", listed.partition(":")[0][:60])
        if listed.startswith(OF_A_VIDEO):
            reader.came_from[product] = listed.removeprefix(OF_A_VIDEO)


def carted(reader: Reader, event: Taken) -> None:
    props = props_of(event)
    if not (product := name_in(props, "product", TEXT)):
        return
    cents, pieces = whole(props.get("value"), MOST_CENTS) or 0, whole(props.get("quantity"), MOST_PIECES) or 1
    for found in reader.here.of(product, reader.video_of(props, product)):
        more(found, "t")
        once(found, "jt")
        if cents:
            more(found, "tc", cents)
    reader.carted.add(product)
    if cents:
        reader.prices[product] = cents // pieces
    if reader.page and reader.page.product == product:
        reader.page.carted = True


def removed(reader: Reader, event: Taken) -> None:
    if product := name_in(props_of(event), "product", TEXT):
        more(reader.here.product(product), "r")


def wished(reader: Reader, event: Taken) -> None:
    props = props_of(event)
    if product := name_in(props, "product", TEXT):
        for found in reader.here.of(product, reader.video_of(props, product)):
            more(found, "h")


def asked(reader: Reader, event: Taken) -> None:
    if product := name_in(props_of(event), "product", TEXT):
        more(reader.here.product(product), "Q")


def claimed(reader: Reader, event: Taken) -> None:
    if reader.page:
        reader.page.claimed = True
        more(reader.page.found, "o")


def checkout(reader: Reader, event: Taken) -> None:
    reader.page, reader.place = None, event[2]
    props = props_of(event)
    reader.deal = lines = reader.lines_of(props)
    for part in parts_of(reader.here, lines):
        more(part.found, "K")
        once(part.found, "jK")
    for product in _alone(lines):
        _compare_prices(reader, product, props)


def _alone(lines: Lines) -> list[str]:
    """The product that is bought, where there is no other."""
    products = products_of(lines)
    return products if len(products) == 1 else []


def _compare_prices(reader: Reader, product: str, props: Props) -> None:
    """Only where no other product can be in the sum."""
    price, pieces = reader.prices.get(product), whole(props.get("quantity"), MOST_PIECES)
    total = whole(props.get("value"), MOST_CENTS)
    if price and pieces and total and reader.carted <= {product}:
        found = reader.here.product(product)
        more(found, "Kc", total)
        more(found, "Ke", price * pieces)


def address_given(reader: Reader, event: Taken) -> None:
    for part in parts_of(reader.here, reader.deal or ()):
        more(part.found, "Ks")


def payment_chosen(reader: Reader, event: Taken) -> None:
    lines = reader.deal or ()
    for part in parts_of(reader.here, lines):
        more(part.found, "Ky")
    for product in products_of(lines):
        tick(reader.here.product(product), "Kp", name_in(props_of(event), "payment"))


def refused(reader: Reader, event: Taken) -> None:
    """The checkout said no."""
    if not (lines := reader.deal):
        return
    props = props_of(event)
    field, code = name_in(props, "field"), name_in(props, "code")
    for part in parts_of(reader.here, lines):
        tick(part.found, "x", f"{field}:{code}")
        if field == PAYMENT:
            more(part.found, "Kx")
    for product in _alone(lines) if code == SOLD_OUT else ():  # of several it is not said which
        more(reader.here.product(product), "Ko")


def field_refused(reader: Reader, event: Taken) -> None:
    for product in products_of(reader.deal or ()) if not reader.page else ():
        tick(reader.here.product(product), "J", name_in(props_of(event), "field"))


def bought(reader: Reader, event: Taken) -> None:
    props = props_of(event)
    lines, cents = reader.lines_of(props), whole(props.get("value"), MOST_CENTS) or 0
    for part in parts_of(reader.here, lines, cents):
        more(part.found, "B")
        once(part.found, "jB")
        more(part.found, "Bq", part.pieces)
        more(part.found, "Bc", part.cents)
    for product, video in dict.fromkeys((line.product, line.video) for line in lines if line.product):
        tick(reader.here.product(product), "Bv", video)
        _credit_earlier_tap(reader, event, product, video)
    for other in reader.viewed:
        if all(other != line.video for line in lines):
            more(reader.here.video(other), "b")
            more(reader.here.video(other), "bc", cents)
    if code := name_in(props, "order", TEXT):
        reader.bought.setdefault(code, (reader.here, Order(lines)))


def _credit_earlier_tap(reader: Reader, event: Taken, product: str, video: str) -> None:
    """An order that no video leads to, of somebody who tapped the product on one in an earlier journey of that week."""
    tap = reader.taps.get(product)
    if tap and not video and product not in reader.here.taps and event[1] - tap.at <= LATER_US:
        tick(reader.here.video(tap.video), "bl", product)


HANDLERS = {
    Step.SELECT_ITEM.letter: item_tapped,
    Step.ADD_TO_CART.letter: carted,
    Step.REMOVE_FROM_CART.letter: removed,
    Step.ADD_TO_WISHLIST.letter: wished,
    Step.ASK_QUESTION.letter: asked,
    Step.CLAIM_COUPON.letter: claimed,
    Step.BEGIN_CHECKOUT.letter: checkout,
    Step.ADD_SHIPPING_INFO.letter: address_given,
    Step.ADD_PAYMENT_INFO.letter: payment_chosen,
    Step.CHECKOUT_ERROR.letter: refused,
    Step.FIELD_ERROR.letter: field_refused,
    Step.PURCHASE.letter: bought,
}
