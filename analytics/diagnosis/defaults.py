"""What figures are held against, until somebody puts better ones into the admin. Sources contradict each other: none is
law. Grade A is a platform or a primary source, B a secondary one with a named origin, C is not to be trusted much; P is
our own proposal.
"""

from typing import NamedTuple

BELOW, ABOVE = "below", "above"
SHARE, SECONDS, CENTS, COUNT, FACTOR = "share", "seconds", "cents", "count", "factor"
OURS = "Scrollshop's own proposal"


class Default(NamedTuple):
    """`limit` is where a figure begins to be bad; `typical` is what a fix is reckoned to bring, where one is."""

    key: str
    name: str
    limit: float
    typical: float | None
    bad: str
    unit: str
    grade: str
    source: str
    note: str = ""


DEFAULTS = (
    Default("loss", "Steps that were lost", 0.05, None, ABOVE, SHARE, "P", OURS, "Of the steps that were numbered."),
    Default(
        "people",
        "Different people of all showings",
        0.5,
        None,
        BELOW,
        SHARE,
        "P",
        OURS,
        "Platforms count every loop as a view; here a clip that loops is one showing.",
    ),
    Default("blink", "Median time watched", 1.0, None, BELOW, SECONDS, "P", OURS),
    Default(
        "display",
        "Anchor seen, of those who watched long enough",
        0.8,
        0.9,
        BELOW,
        SHARE,
        "P",
        "Limit: " + OURS + ". TikTok's own API knows the rate, and gives no target for it",
    ),
    Default(
        "hold",
        "Still watching after 3 seconds",
        0.6,
        0.71,
        BELOW,
        SHARE,
        "C",
        "A blog's figures: 71 % pass three seconds",
        "The same page has figures that cannot be true.",
    ),
    Default("left", "Still there when the anchor appears", 0.3, 0.6, BELOW, SHARE, "P", OURS),
    Default(
        "ctr",
        "Taps of those who saw the anchor",
        0.005,
        0.01,
        BELOW,
        SHARE,
        "B",
        "Ads of 5,000 shops: 0.73 % (Triple Whale); “about 1 %, under 1 % rethink”",
        "Of ads; nothing as good is known of anchors.",
    ),
    Default("engagement", "Likes, comments, saves, shares of all showings", 0.06, None, ABOVE, SHARE, "P", OURS),
    Default("arrival", "Product pages opened of taps", 0.9, 0.95, BELOW, SHARE, "P", OURS),
    Default("load", "Seconds until the page is drawn (LCP), median", 3.0, None, ABOVE, SECONDS, "P", OURS),
    Default("bounce", "Left the page within 5 seconds", 0.3, None, ABOVE, SHARE, "P", OURS),
    Default(
        "cart",
        "Put into the cart, of journeys with the page",
        0.06,
        0.07,
        BELOW,
        SHARE,
        "B",
        "Add-to-cart of sessions 6.4 to 7.9 %; under 6 % fix the page",
        "Of sessions, which is not the same base; beauty 9 to 10 %, luxury 3.2 %.",
    ),
    Default(
        "dear",
        "Price on the page, against the middle of its category",
        1.5,
        None,
        ABOVE,
        FACTOR,
        "P",
        OURS,
        "In times: 1.5 is half as much again. The whole interval has to be above it.",
    ),
    Default("raised", "Price on the page, against what it was before", 0.1, None, ABOVE, SHARE, "P", OURS),
    Default("last", "Page left at one and the same block", 0.3, None, ABOVE, SHARE, "P", OURS),
    Default("coupon", "Coupon seen", 0.2, None, BELOW, SHARE, "P", OURS),
    Default("lift", "Claimers who add to the cart, against others", 2.0, None, ABOVE, FACTOR, "P", OURS),
    Default("scroll", "Came further than the first quarter of the page", 0.25, None, BELOW, SHARE, "P", OURS),
    Default("chosen", "Chose a size or colour, of those who wanted to", 0.6, 0.9, BELOW, SHARE, "P", OURS),
    Default(
        "checkout",
        "Checkout, of journeys that filled the cart",
        0.4,
        0.6,
        BELOW,
        SHARE,
        "B",
        "Carts abandoned: 70.2 %, on phones 85.7 % (Baymard), which counts from cart to order",
    ),
    Default(
        "surprise",
        "Checkout asks for more than the page",
        0.10,
        None,
        ABOVE,
        SHARE,
        "B",
        "48 % of those who give up name extra cost (Baymard); the limit is ours",
    ),
    Default("address", "Gave an address, of checkouts", 0.5, 0.75, BELOW, SHARE, "P", OURS),
    Default("mistakes", "Fields refused, for each checkout", 0.3, None, ABOVE, SHARE, "P", OURS),
    Default("payment", "Chose a payment, of those with an address", 0.6, 0.85, BELOW, SHARE, "P", OURS),
    Default(
        "paid",
        "Payments that worked",
        0.85,
        0.95,
        BELOW,
        SHARE,
        "P",
        "Limit: " + OURS + ". TikTok reports the rate for LIVE, and gives no target for it",
    ),
    Default("broken", "Page views with a failed script, in one browser", 0.05, None, ABOVE, SHARE, "P", OURS),
    Default("stock", "Page views that met nothing in stock", 0.2, None, ABOVE, SHARE, "P", OURS),
    Default("elsewhere", "Orders that other ways get the credit for", 0.5, None, ABOVE, SHARE, "P", OURS),
    Default("vanish", "Orders cancelled or paid back", 0.15, None, ABOVE, SHARE, "P", OURS),
    Default("help", "Orders with a ticket", 0.25, None, ABOVE, SHARE, "P", OURS),
    Default(
        "late",
        "Tickets answered after more than a day",
        0.1,
        None,
        ABOVE,
        SHARE,
        "B",
        "TikTok Shop asks its sellers to answer 90 % of chats within 24 hours",
        "Of those a person has answered, and those that wait for longer already.",
    ),
    Default("stars", "Stars, mean", 4.0, None, BELOW, COUNT, "P", OURS, "Reviews, and answers to tickets."),
    Default(
        "gate_showings",
        "Showings it takes to judge a video",
        300,
        None,
        BELOW,
        COUNT,
        "P",
        OURS,
    ),
    Default(
        "gate_clicks",
        "Taps, or page views, it takes to say that nothing is broken",
        300,
        None,
        BELOW,
        COUNT,
        "P",
        "Rule of three: no order of 300 taps means less than 1 %",
    ),
    Default(
        "gate_pages",
        "Taps, or page views, it takes to find a step of the page broken",
        100,
        None,
        BELOW,
        COUNT,
        "P",
        OURS,
        "The interval has to be clear of the limit as well.",
    ),
    Default("gate_checkouts", "Checkouts it takes to judge the checkout", 40, None, BELOW, COUNT, "P", OURS),
    Default("gate_orders", "Orders it takes to judge what becomes of them", 20, None, BELOW, COUNT, "P", OURS),
    Default("gate_tickets", "Tickets it takes to judge support", 15, None, BELOW, COUNT, "P", OURS),
    Default(
        "gate_exposed", "Participants it takes to judge the arms of an experiment", 100, None, BELOW, COUNT, "P", OURS
    ),
    Default(
        "gate_days",
        "Days it takes to judge anything",
        7,
        None,
        BELOW,
        COUNT,
        "A",
        "TikTok's video diagnosis waits for 7 days",
    ),
    Default("aov", "Mean order, while there are none of one's own", 3500, None, BELOW, CENTS, "B", "US median $35"),
)
