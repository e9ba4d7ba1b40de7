"""A product page as it is read: block after block, with sheets, coupons and second thoughts; or left at once."""

from dataclasses import dataclass

from analytics.simulation.troubles import Trouble
from analytics.simulation.walk import Walk
from analytics.simulation.world import Product
from journey.steps import Step

READ_ON = 0.8  # to the next block
DWELL = 2.4  # seconds on a block
DOUBT_DWELL = 9.0  # on the one that raises a doubt
HURRY = 0.5  # on those before it
CLAIM = 0.5  # of those who see a coupon
ASK = 0.02  # of those who read the questions
DEPTHS = (25, 50, 75, 90)
FOLD = 2  # blocks on the first screen
# Block → the sheet it opens, and how many of its readers do.
SHEETS = {
    "coupons": ("coupons", 0.2),
    "assurances": ("terms", 0.12),
    "reviews": ("reviews-sheet", 0.3),
    "shop_card": ("store-info", 0.1),
    "about": ("size-guide", 0.15),
}
COUPON = "HELLO10"


@dataclass(frozen=True, slots=True)
class Read:
    """What reading came to."""

    turned_away: bool = False
    claimed: bool = False


def read(walk: Walk, product: Product, trouble: Trouble) -> Read:
    blocks = walk.sight.blocks
    doubt = next((place for place, block in enumerate(blocks) if trouble.doubt and named(block) == trouble.doubt), None)
    if doubt is not None and walk.chance(trouble.doubting):
        return _doubt(walk, blocks, doubt)
    read_on = min(0.95, READ_ON * walk.world.product_traits(product.slug).appeal ** 0.5)
    claimed, deepest = False, 0
    for place, block in enumerate(blocks[:FOLD] if trouble.stuck else blocks):
        deepest = _scroll(walk, place, len(blocks), deepest)
        seen = named(block) != "coupons" or walk.chance(trouble.coupon_seen)
        if seen:
            _look(walk, block, place, DWELL)
            claimed |= _stop_at(walk, block, product)
        if not walk.chance(read_on):
            break
    if trouble.stuck and walk.chance(0.4):
        walk.say(Step.DEAD_TAP, {"element": "div.price-panel", "block": "price", "place": f"/product/{product.slug}"})
    return Read(claimed=claimed)


def named(block: str) -> str:
    """What a block is about, however it is drawn: `reviews_short` is about reviews."""
    return block if block == "shop_card" else block.partition("_")[0]


def _doubt(walk: Walk, blocks: tuple[str, ...], doubt: int) -> Read:
    """Straight to what they want to know, and away."""
    deepest = 0
    for place, block in enumerate(blocks[: doubt + 1]):
        deepest = _scroll(walk, place, len(blocks), deepest)
        if place == doubt or walk.chance(0.6):
            _look(walk, block, place, DOUBT_DWELL if place == doubt else HURRY)
    if sheet := SHEETS.get(named(blocks[doubt])):
        walk.say(Step.OPEN_SHEET, {"sheet": sheet[0]})
        walk.wait(4)
    return Read(turned_away=True)


def _look(walk: Walk, block: str, place: int, seconds: float) -> None:
    dwell = 1.0 + walk.wait(seconds, 0.7)
    walk.pass_by(1.0)
    walk.say(Step.VIEW_BLOCK, {"block": block, "dwell_ms": int(dwell * 1000), "depth": place + 1})


def _scroll(walk: Walk, place: int, blocks: int, deepest: int) -> int:
    """Told when a quarter of the page more has come into sight."""
    percent = 100 * (place + 1) / blocks
    reached = max((depth for depth in DEPTHS if percent >= depth), default=0)
    if place >= FOLD and reached > deepest:
        walk.say(Step.SCROLL, {"percent": reached})
        return reached
    return deepest


def _stop_at(walk: Walk, block: str, product: Product) -> bool:
    """What a block is for; True when a coupon was claimed there."""
    about = named(block)
    if about in SHEETS and walk.chance(SHEETS[about][1]):
        walk.say(Step.OPEN_SHEET, {"sheet": SHEETS[about][0]})
        walk.wait(3)
    if about == "questions" and walk.chance(ASK):
        walk.act(Step.ASK_QUESTION, {"product": product.slug})
    if about == "coupons" and walk.chance(CLAIM):
        walk.act(Step.CLAIM_COUPON, {"code": COUPON})
        return True
    return False
