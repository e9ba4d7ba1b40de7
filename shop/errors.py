"""What can go wrong while buying: raised deep down, said once to the buyer, in words."""

from collections.abc import Iterable


class ShopError(Exception):
    """`sentence` is for the buyer, `code` for the report, `field` names what was wrong in the form."""

    status = 409
    code = "error"
    field = ""
    sentence = "That did not work. Nothing was changed."

    def __init__(self, sentence: str = "") -> None:
        self.sentence = sentence or self.sentence
        super().__init__(self.sentence)


class FieldsRefused(ShopError):
    """Fields of the form that were not understood; their own sentences stand beside them."""

    status = 422
    code = "fields"
    sentence = "Something is missing. We have marked it below."

    def __init__(self, fields: Iterable[str]) -> None:
        self.field = ",".join(fields)
        super().__init__()


class AnswerRefused(ShopError):
    """A form of a few fields that was not understood."""

    status = 422
    code = "answer"


class OutOfStock(ShopError):
    code = "out_of_stock"

    def __init__(self, name: str, left: int) -> None:
        self.left = left
        super().__init__(f"Only {left} left of {name}." if left else f"{name} is sold out.")


class TooMany(ShopError):
    code = "too_many"

    def __init__(self, limit: int) -> None:
        super().__init__(f"You can buy at most {limit} of one thing at a time.")


class CartChanged(ShopError):
    code = "cart_changed"
    sentence = "Your cart has changed since this page was drawn. Please look again before you order."


class PriceChanged(ShopError):
    """`before` is the total that was shown for what was chosen; the page drawn next says the new one."""

    code = "price_changed"
    sentence = "The total has changed since we showed it to you."
    before = 0


class CouponGone(PriceChanged):
    code = "coupon_gone"

    def __init__(self, coupon: str) -> None:
        super().__init__(f"The coupon {coupon} cannot be used any more.")


class DealGone(PriceChanged):
    code = "deal_gone"

    def __init__(self, title: str) -> None:
        super().__init__(f"The last pieces of {title} at the deal's price are gone.")


class TooOften(ShopError):
    """The same thing again and again within a short time."""

    status = 429


class TooManyCodes(TooOften):
    code = "too_many_codes"
    sentence = "Ten codes within a minute were none of ours. Please wait a minute, then try again."


class AlreadyOrdered(ShopError):
    """The cart of this checkout has become `order`; 422 when the same page came back with other answers."""

    code = "already_ordered"

    def __init__(self, order: str, status: int = 409) -> None:
        self.order, self.status = order, status
        super().__init__("You have ordered this already. Nothing was ordered or charged twice.")


class PaymentDeclined(ShopError):
    status = 402
    code = "declined"
    field = "payment"
    sentence = "Your bank declined this card. You were not charged; try another way to pay."


class BankSilent(ShopError):
    status = 402
    code = "timeout"
    field = "payment"
    sentence = "We heard nothing from the bank. You were not charged; try again, or pay another way."


class Busy(ShopError):
    code = "busy"
    sentence = "It is very busy here right now. Nothing was changed or charged; please try again."


class Closed(ShopError):
    """The database is away. If it went in the middle of a commit, nobody knows yet how that ended."""

    code = "closed"
    sentence = "The shop cannot be reached right now. Please try again in a moment; nothing is charged twice."


class MoveRefused(ShopError):
    code = "move_refused"


class TooManyTickets(TooOften):
    code = "too_many_tickets"
    sentence = (
        "You have opened five conversations within an hour. We have them all; "
        "please write in one of those, or give us a moment to answer."
    )


class TooManyMessages(TooOften):
    code = "too_many_messages"
    sentence = "That was thirty messages within an hour. We have them all; please give us a moment to answer."


class ClaimRefused(ShopError):
    """A coupon that this buyer cannot have, or cannot have now."""

    code = "claim"


class TooManyQuestions(TooOften):
    code = "too_many_questions"
    sentence = "You have asked five questions within an hour. We have them all; please ask the next one a little later."


class RefundRefused(ShopError):
    code = "refund_refused"
    sentence = "That is more than was paid and not given back yet. Nothing was paid back."


class ReturnRefused(ShopError):
    """Something cannot go back, or not any more."""

    code = "return_refused"


class ReviewRefused(ShopError):
    code = "review_refused"
    sentence = "Only what was delivered within the last 60 days can be reviewed."


class TooManyComments(TooOften):
    code = "too_many_comments"
    sentence = "That was ten comments within ten minutes. Give the others a moment, then write again."
