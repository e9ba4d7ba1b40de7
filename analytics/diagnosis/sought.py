"""Whose words would support which cause: what is looked for in reviews, questions, tickets and returns."""

from analytics.diagnosis.shop_side import Sought

NOTHING = Sought()
SOUGHT = {
    "D10": Sought(
        ("not as", "different", "expected", "looks nothing", "misleading", "the video"),
        frozenset({"wrong"}),
        frozenset({"different", "wrong"}),
    ),
    "D11": Sought(
        ("expensive", "overpriced", "pricey", "price", "cheaper", "cost", "worth"), reasons=frozenset({"mind"})
    ),
    "D13": Sought(
        ("fake", "scam", "trust", "genuine", "real?", "legit", "return policy", "money back", "warranty"), low=True
    ),  # what those read who leave at the reviews
    "D14": Sought(
        ("does it", "how do", "how long", "how many", "what is", "is it", "can i", "which"), frozenset({"product"})
    ),
    "D15": Sought(("size", "colour", "color", "too small", "too big", "sold out", "restock")),
    "D18": Sought(("shipping cost", "shipping fee", "fee", "shipping is", "total", "postage"), frozenset({"coupon"})),
    "D19": Sought(
        ("slow", "late", "weeks", "arrive", "delivery", "shipping took"), frozenset({"where"}), frozenset({"late"})
    ),
    "D20": Sought(("address", "zip", "postcode", "form", "account", "log in")),
    "D21": Sought(("payment", "declined", "card", "paypal", "pay with"), frozenset({"payment"})),
    "D22": Sought(("error", "does not load", "doesn't load", "broken page", "crash", "frozen", "nothing happens")),
    "D23": Sought(("sold out", "in stock", "restock", "back in", "be back", "available")),
    "D25": Sought(
        topics=frozenset({"return", "refund", "damaged", "wrong", "cancel"}),
        reasons=frozenset({"different", "defective", "wrong", "incomplete", "missing", "late"}),
        low=True,
    ),
    "D26": Sought(
        ("no answer", "no reply", "waiting", "support", "nobody"), frozenset({"where", "refund", "damaged"}), low=True
    ),
}


def sought_for(key: str) -> Sought:
    return SOUGHT.get(key, NOTHING)
