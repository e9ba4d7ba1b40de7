"""What a file would change: compared with what is there, line by line, without writing anything."""

from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from shop.importing.columns import MOVE, PRODUCT, SKU, Column, whole
from shop.importing.reading import Line
from shop.models import Product, Sku

NEEDED = {Product: ["title", "store", "category"], Sku: ["option", "price"]}
MOST_MOVED = 1_000_000


@dataclass
class Change:
    """One field: how it reads now, and how it would."""

    name: str
    before: str
    after: str


@dataclass
class Row:
    """One line of the file: its product and SKU as they would be, and how that differs."""

    number: int
    product: Product
    sku: Sku
    move: int = 0
    changes: list[Change] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    is_new: bool = False

    @property
    def kind(self) -> str:
        if self.errors:
            return "error"
        return "new" if self.is_new else "changed" if self.changes else "unchanged"


class Plan:
    """Rows in the order of the file. Lines of one product share it: what one of them changes, another may not change
    to something else, but may say as it was."""

    def __init__(self, lines: list[Line]) -> None:
        self.was: dict[tuple[int, str], str] = {}
        self.said: dict[tuple[int, str], tuple[str, int]] = {}
        self.products = {one.slug: one for one in products(lines)}
        self.skus = {one.code: one for one in skus(lines)}
        self.seen: dict[str, int] = {}
        self.values: dict[tuple[str, str], Any] = {}
        self.rows = [self._row(line) for line in lines]

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(row.kind for row in self.rows)
        return {kind: counted[kind] for kind in ("new", "changed", "unchanged", "error")}

    @property
    def is_good(self) -> bool:
        return not self.counts["error"]

    @property
    def mark(self) -> str:
        """The same for the same changes: what was confirmed is what was shown."""
        return blake2b(
            repr([(row.number, row.kind, row.changes) for row in self.rows]).encode(), digest_size=16
        ).hexdigest()

    def _row(self, line: Line) -> Row:
        cells = line.cells
        product = self.products.setdefault(cells.get("product", ""), Product(slug=cells.get("product", "")))
        sku = self.skus.setdefault(cells.get("sku", ""), Sku(code=cells.get("sku", ""), stock=0))
        row = Row(line.number, product, sku, is_new=sku.pk is None)
        self._check_names(row, cells)
        if not row.errors:
            self._fill(row, product, PRODUCT, cells)
            self._fill(row, sku, SKU, cells)
            self._move(row, cells.get(MOVE, ""))
            self._judge(row)
        return row

    def _check_names(self, row: Row, cells: dict[str, str]) -> None:
        row.errors += [f"{name} is empty." for name in ("product", "sku") if name not in cells]
        code = cells.get("sku", "")
        if code and (before := self.seen.setdefault(code, row.number)) != row.number:
            row.errors.append(f"{code} stands in line {before} already.")
        elif row.sku.pk and row.sku.product.slug != row.product.slug:
            row.errors.append(f"{code} belongs to {row.sku.product.slug}.")

    def _fill(self, row: Row, thing: Model, columns: list[Column], cells: dict[str, str]) -> None:
        for column in columns:
            if column.name in cells:
                try:
                    self._set(row, thing, column, cells[column.name])
                except ValidationError as error:
                    row.errors += [f"{column.name}: {message}" for message in error.messages]
            elif thing.pk is None and column.name in NEEDED[type(thing)] and (id(thing), column.name) not in self.said:
                row.errors.append(
                    f"{column.name} is empty, and {thing.slug if type(thing) is Product else thing.code} is new."
                )

    def _set(self, row: Row, thing: Model, column: Column, text: str) -> None:
        value, key = self._value(column, text), (id(thing), column.name)
        before = self.was.setdefault(key, column.text(getattr(thing, column.field) if thing.pk else None))
        if (after := column.text(value)) == before:
            return
        other, number = self.said.setdefault(key, (after, row.number))
        if other != after:
            raise ValidationError(f"here “{after}”, in line {number} “{other}”.")
        if number == row.number:
            row.changes.append(Change(column.name, before, after))
            setattr(thing, column.field, value)

    def _value(self, column: Column, text: str) -> Any:
        """Each store and category is looked up once."""
        key = (column.name, text)
        if key not in self.values:
            self.values[key] = column.value(text)
        return self.values[key]

    def _move(self, row: Row, text: str) -> None:
        if not text:
            return
        try:
            row.move = whole(text)
        except ValidationError as error:
            row.errors += [f"{MOVE}: {message}" for message in error.messages]
            return
        if row.sku.stock + row.move < 0 or abs(row.move) > MOST_MOVED:
            row.errors.append(f"{MOVE}: there are {row.sku.stock} in stock.")
        elif row.move:
            row.changes.append(Change("stock", str(row.sku.stock), str(row.sku.stock + row.move)))

    def _judge(self, row: Row) -> None:
        """What the models say of what they were given."""
        complete(row.product)
        was, price = row.sku.list_price_cents, row.sku.price_cents
        if was is not None and price is not None and was <= price:
            row.errors.append("list_price must be higher than price.")
        for thing, columns in ((row.product, PRODUCT), (row.sku, SKU)):
            row.errors += complaints(thing, columns, row.errors)


def complete(product: Product) -> None:
    """A new product says of itself what its line leaves out."""
    product.link_title = product.link_title or product.title[:30]
    product.summary = product.summary or product.title
    product.description = product.description or product.summary


def complaints(thing: Model, columns: list[Column], already: list[str]) -> list[str]:
    asked = {column.field: column.name for column in columns} | {"slug": "product", "code": "sku"}
    looked_up = {one.name for one in thing._meta.fields if one.is_relation}
    others = {one.name for one in thing._meta.fields} - set(asked) | looked_up
    try:
        thing.clean_fields(exclude=others)
    except ValidationError as error:
        found = [f"{asked[name]}: {message}" for name, messages in error.message_dict.items() for message in messages]
        return [] if already else found
    return []


def products(lines: list[Line]):
    slugs = {line.cells.get("product", "") for line in lines}
    return Product.objects.filter(slug__in=slugs).select_related("creator", "category")


def skus(lines: list[Line]):
    return Sku.objects.filter(code__in={line.cells.get("sku", "") for line in lines}).select_related("product")
