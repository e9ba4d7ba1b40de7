"""The columns of the file: what each is called, where it goes, and how its text becomes a value and back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from shop.models import Category, Creator
from shop.prices import as_typed, cents_of

YES_NO = {"yes": True, "no": False}
NOTHING = "-"  # takes a value away; an empty cell leaves it as it is


@dataclass(frozen=True)
class Column:
    """`field` is the name on the model; `read` turns a cell into its value, `write` the value into a cell."""

    name: str
    field: str
    read: Callable[[str], Any] = str
    write: Callable[[Any], str] = str
    may_be_nothing: bool = False

    def value(self, text: str) -> Any:
        if text == NOTHING:
            if not self.may_be_nothing:
                raise ValidationError(f"{self.name} cannot be taken away.")
            return None
        return self.read(text)

    def text(self, value: Any) -> str:
        return "" if value is None else self.write(value)


def whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValidationError(f"“{text}” is not a whole number.") from None


def yes_no(text: str) -> bool:
    if text.lower() not in YES_NO:
        raise ValidationError(f"“{text}” is neither yes nor no.")
    return YES_NO[text.lower()]


def known(model: type, what: str) -> Callable[[str], Any]:
    def find(slug: str) -> Any:
        found = model.objects.filter(slug=slug).first()
        if not found:
            raise ValidationError(f"There is no {what} “{slug}”.")
        return found

    return find


def slug_of(row: Any) -> str:
    return row.slug


PRODUCT = [
    Column("title", "title"),
    Column("store", "creator", known(Creator, "store"), slug_of),
    Column("category", "category", known(Category, "category"), slug_of),
    Column("link_title", "link_title"),
    Column("summary", "summary"),
    Column("description", "description"),
    Column("option_name", "option_name"),
    Column("shipping", "shipping_cents", cents_of, as_typed),
    Column("delivery_from", "delivery_from_days", whole),
    Column("delivery_to", "delivery_to_days", whole),
    Column("listed", "is_listed", yes_no, lambda on: "yes" if on else "no"),
]
SKU = [
    Column("option", "option"),
    Column("price", "price_cents", cents_of, as_typed),
    Column("list_price", "list_price_cents", cents_of, as_typed, may_be_nothing=True),
]
MOVE = "stock_change"
READ_ONLY = "in_stock"
NAMES = ["product", "sku", *(column.name for column in PRODUCT), *(column.name for column in SKU), MOVE, READ_ONLY]
WANTED = ["product", "sku"]
