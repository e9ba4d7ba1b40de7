"""A walk from its door to its end: the feed, a profile or a product link, and back again until patience runs out."""

from analytics.simulation.buying import visit_product
from analytics.simulation.dice import pick
from analytics.simulation.paying import Order
from analytics.simulation.walk import Walk
from analytics.simulation.watching import Next, watch
from analytics.simulation.world import Product, Video
from journey.steps import Step

DOORS = {"feed": 86, "profile": 8, "link": 6}
SWIPE_ON = 0.62  # to the next video
BACK_TO_FEED = 0.45  # after a product or a profile
PICK = 0.38  # a product from a profile's store
BUY_AGAIN = 0.1


def stroll(walk: Walk) -> Order | None:
    """Someone comes by; returns the order if they buy."""
    door = pick(walk.rng, DOORS)
    order = None
    if door == "profile":
        order = _profile(walk, walk.rng.choice(walk.world.creators))
    elif door == "link":
        order = _link(walk)
    if order or (door != "feed" and not walk.chance(BACK_TO_FEED)):
        return order
    return _feed(walk)


def _feed(walk: Walk) -> Order | None:
    walk.page(Step.VIEW_FEED)
    swipe_on = 1 - (1 - SWIPE_ON) / walk.person.patience
    for position, video in enumerate(walk.world.feed(walk.rng)):
        goes = watch(walk, video, position)
        if goes is not Next.SWIPE:
            if order := _follow(walk, video, goes):
                return order
            if not walk.chance(BACK_TO_FEED):
                return None
            walk.page(Step.VIEW_FEED)
        elif not walk.chance(swipe_on):
            return None
        walk.wait(0.4)
    return None


def _follow(walk: Walk, video: Video, goes: Next) -> Order | None:
    if goes is Next.PROFILE:
        return _profile(walk, video.creator)
    return visit_product(walk, walk.world.products[video.products[0]], video.slug)


def _profile(walk: Walk, creator: str) -> Order | None:
    walk.page(Step.VIEW_PROFILE, creator=creator)
    walk.wait(3)
    store = walk.world.store_of(creator)
    if not store:
        return None
    name = f"profile:{creator}"
    walk.say(Step.VIEW_ITEM_LIST, {"list": name})
    walk.wait(4)
    if not walk.goes_on(Step.SELECT_ITEM, PICK * walk.person.keenness):
        return None
    index = min(int(walk.rng.expovariate(0.7)), len(store) - 1)
    walk.say(Step.SELECT_ITEM, {"product": store[index].slug, "list": name, "index": index})
    return visit_product(walk, store[index])


def _link(walk: Walk) -> Order | None:
    """A link someone was sent: to the product of a popular video."""
    return visit_product(walk, _talked_about(walk))


def _talked_about(walk: Walk) -> Product:
    while True:
        if products := walk.world.popular(walk.rng).products:
            return walk.world.products[products[0]]
