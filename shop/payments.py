"""The mock payment: it answers at once, and its test cards fail in the ways that real ones do."""

from dataclasses import dataclass

from shop.errors import BankSilent, PaymentDeclined


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay. `refusal` is what a test method always ends in."""

    code: str
    title: str
    note: str
    icon: str
    refusal: type[PaymentDeclined] | type[BankSilent] | None = None
    is_test: bool = False


CASH = "cash"  # paid at the door: until then nothing was paid, and nothing can be paid back
METHODS = [
    Method("card", "Test card", "Ends in 4242. It is accepted, and no money moves.", "credit-card"),
    Method("wallet", "Loop wallet", "Pays with one tap. No money moves here either.", "wallet"),
    Method(CASH, "Cash on delivery", "You pay when the parcel is at your door.", "banknote"),
    Method("card_declined", "Test card that is declined", "Ends in 0002.", "credit-card", PaymentDeclined, True),
    Method("card_silent", "Test card whose bank does not answer", "Ends in 0119.", "credit-card", BankSilent, True),
]


def offered(with_tests: bool) -> list[Method]:
    return [method for method in METHODS if with_tests or not method.is_test]


def arranged(methods: list[Method], way: str) -> list[Method]:
    """As a design offers them: "wallet_first", "without_cash", or all of them as they are."""
    if way == "without_cash":
        return [method for method in methods if method.code != CASH]
    return sorted(methods, key=lambda method: method.code != "wallet") if way == "wallet_first" else methods


def method_of(code: str) -> Method:
    return next(method for method in METHODS if method.code == code)


def charge(code: str, cents: int) -> None:
    """Raises PaymentDeclined or BankSilent, and then nothing was taken.

    It may be called inside a transaction because it never leaves the process.
    """
    if cents and (refusal := method_of(code).refusal):
        raise refusal
