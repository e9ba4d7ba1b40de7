"""Every word for what a buyer does, and the six stages of the path they belong to."""

from collections.abc import Callable
from enum import IntEnum, StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Stage(IntEnum):
    """A stage of the buyer's path; leave one out and the sale can be lost."""

    WATCH = 1
    INTEREST = 2
    PROFILE_OR_CART = 3
    LINK = 4
    PURCHASE = 5
    SUPPORT = 6


class Teller(StrEnum):
    """Who may say that a step was taken."""

    SERVER = "server"
    BROWSER = "browser"


class Step(StrEnum):
    """What a buyer did. GA4's name where one exists.

    `letter` is how a step is stored and how it stands in a journey's path: never change or reuse one.
    """

    letter: str
    stage: Stage | None
    teller: Teller
    meaning: str

    def __new__(cls, name: str, letter: str, stage: int | None, teller: str, meaning: str) -> "Step":
        step = str.__new__(cls, name)
        step._value_ = name
        step.letter = letter
        step.stage = Stage(stage) if stage else None
        step.teller = Teller(teller)
        step.meaning = meaning
        return step

    # 1 Watch
    VIEW_FEED = "view_feed", "f", None, "server", "opened the video feed"
    VIDEO_IMPRESSION = "video_impression", "i", 1, "browser", "half of a video was on the screen"
    VIDEO_START = "video_start", "s", 1, "browser", "a video began to play"
    VIDEO_VIEW = "video_view", "X", 1, "browser", "half of a video was on the screen for 2 seconds without a break"
    VIDEO_LOOP = "video_loop", "l", 1, "browser", "a video began again from its start"
    VIDEO_PROGRESS = "video_progress", "p", 1, "browser", "watched 2 seconds, or a quarter of a video more"
    VIDEO_COMPLETE = "video_complete", "c", 1, "browser", "watched a video to its end"
    WATCH = "watch", "w", 1, "browser", "summary of one showing so far: time played, furthest point, loops"
    # 2 Interest
    FOCUSED_VIEW = "focused_view", "F", 2, "browser", "watched one video for 6 seconds"
    VIDEO_ENGAGE = "video_engage", "e", 2, "server", "liked, commented, saved, shared or followed"
    VIEW_PROMOTION = "view_promotion", "a", 2, "browser", "the product anchor was on the screen for a second"
    # 3 Profile or cart
    VIEW_PROFILE = "view_profile", "P", 3, "server", "opened a creator's profile"
    VIEW_CART = "view_cart", "C", 3, "server", "opened the cart"
    # 4 Link
    SELECT_PROMOTION = "select_promotion", "A", 4, "browser", "tapped the product anchor on a video"
    VIEW_ITEM_LIST = "view_item_list", "L", 4, "browser", "saw a list of products"
    SELECT_ITEM = "select_item", "I", 4, "browser", "tapped a product in a list"
    # 5 Purchase
    VIEW_ITEM = "view_item", "v", 5, "server", "opened a product page"
    VIEW_BLOCK = "view_block", "b", 5, "browser", "a block of the page was read"
    SELECT_VARIANT = "select_variant", "k", 5, "browser", "chose a SKU: a size, a colour"
    CLAIM_COUPON = "claim_coupon", "o", 5, "server", "claimed a coupon"
    ASK_QUESTION = "ask_question", "Q", 5, "server", "asked a question on a product page"
    ADD_TO_CART = "add_to_cart", "t", 5, "server", "put a product into the cart, or tapped buy now"
    REMOVE_FROM_CART = "remove_from_cart", "r", 5, "server", "took a product out of the cart"
    ADD_TO_WISHLIST = "add_to_wishlist", "h", 5, "server", "saved a product for later"
    BEGIN_CHECKOUT = "begin_checkout", "K", 5, "server", "opened the checkout"
    ADD_SHIPPING_INFO = "add_shipping_info", "S", 5, "browser", "gave an address and a delivery"
    ADD_PAYMENT_INFO = "add_payment_info", "Y", 5, "browser", "chose how to pay"
    CHECKOUT_ERROR = "checkout_error", "x", 5, "server", "the checkout said no: a field, a payment, a stock"
    PURCHASE = "purchase", "B", 5, "server", "placed and paid an order"
    # 6 Support
    VIEW_ORDER = "view_order", "O", 6, "server", "looked at an order"
    CANCEL = "cancel", "n", 6, "server", "cancelled an order"
    REQUEST_RETURN = "request_return", "m", 6, "server", "asked to return something or for money back"
    REFUND = "refund", "R", 6, "server", "was paid back"
    VIEW_SUPPORT = "view_support", "u", 6, "server", "opened the support pages"
    SUPPORT_OPEN = "support_open", "T", 6, "server", "opened a support ticket"
    SUPPORT_REPLY = "support_reply", "y", 6, "server", "wrote in a support ticket"
    SUPPORT_RESOLVED = "support_resolved", "D", 6, "server", "had a support ticket resolved"
    SUBMIT_REVIEW = "submit_review", "V", 6, "server", "reviewed what was bought"
    # Anywhere
    VIEW_SHOP = "view_shop", "G", None, "server", "opened the shop tab, a category or the saved products"
    SEARCH = "search", "q", None, "server", "searched"
    RAGE_TAP = "rage_tap", "g", None, "browser", "tapped the same spot again and again"
    DEAD_TAP = "dead_tap", "d", None, "browser", "tapped what does nothing"
    BACK_BOUNCE = "back_bounce", "z", None, "browser", "went back at once"
    OPEN_SHEET = "open_sheet", "M", None, "browser", "opened a sheet over the page"
    SCROLL = "scroll", "j", None, "browser", "came a quarter of the page further down"
    FIELD_ERROR = "field_error", "J", None, "browser", "was told that a field is not filled in well"
    PAGE_HIDDEN = "page_hidden", "H", None, "browser", "left the page, or put the phone away"
    PAGE_SHOWN = "page_shown", "U", None, "browser", "came back to the page"
    WEB_VITAL = "web_vital", "W", None, "browser", "how fast and how steady the page was"
    SCRIPT_ERROR = "script_error", "E", None, "browser", "a script of the page failed"
    TRAIL_END = "trail_end", "Z", None, "browser", "how many steps the page before had told"
    CONSENT = "consent", "N", None, "server", "agreed to be recorded, or does no longer"

    @classmethod
    def named(cls, name: object) -> "Step":
        """The step of this name; raises KeyError when there is none."""
        return _BY_NAME[str(name)]

    @classmethod
    def of_letter(cls, letter: str) -> "Step":
        return _BY_LETTER[letter]

    @classmethod
    def of_stage(cls, stage: Stage) -> frozenset["Step"]:
        return frozenset(step for step in cls if step.stage == stage)


_BY_NAME = {step.value: step for step in Step}
_BY_LETTER = {step.letter: step for step in Step}


def page(step: Step) -> Callable[[View], View]:
    """Mark a view as a place: the middleware records `step` when a GET of it is answered with 200."""

    def mark(view: View) -> View:
        view.step = step  # type: ignore[attr-defined]
        return view

    return mark


def part(view: View) -> View:
    """Mark a view as a piece of a page, or an answer for a script: it is no place of its own and records nothing."""
    view.part = True  # type: ignore[attr-defined]
    return view


def act(*steps: Step) -> Callable[[View], View]:
    """Mark a view as one that changes something; it records these steps itself, after they worked.

    Without a step it changes what no report asks about.
    """

    def mark(view: View) -> View:
        view.acts = steps  # type: ignore[attr-defined]
        return view

    return mark
