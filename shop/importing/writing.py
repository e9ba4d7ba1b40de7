"""A plan becomes rows, all of them or none; and the same file written from what is there."""

import csv
from io import StringIO

from django.core.exceptions import ValidationError
from django.db import transaction

from shop.errors import OutOfStock
from shop.importing.columns import MOVE, NAMES, PRODUCT, READ_ONLY, SKU
from shop.importing.plan import Plan, Row
from shop.importing.reading import Line
from shop.models import Product, Sku, StockMovement
from shop.services.stock import move_stock

Reason = StockMovement.Reason
FORMULAS = tuple("=+-@\t\r\n＝＋－＠")


@transaction.atomic
def carry_out(lines: list[Line], mark: str) -> Plan:
    """Raises ValidationError, with nothing written, when the plan is not the one that was shown."""
    lock(lines)
    plan = Plan(lines)
    if not plan.is_good or plan.mark != mark:
        raise ValidationError("Something has changed since: look at it again.")
    for row in plan.rows:
        save(row)
    return plan


def lock(lines: list[Line]) -> None:
    # In the order a sale takes them; what is sold meanwhile waits.
    codes = [line.cells.get("sku", "") for line in lines]
    list(Sku.objects.select_for_update().filter(code__in=codes).order_by("pk").values_list("pk"))


def save(row: Row) -> None:
    changed = {change.name for change in row.changes}
    if row.product.pk is None:
        row.product.save()
    elif names := [column.field for column in PRODUCT if column.name in changed]:
        row.product.save(update_fields=[*names, "changed_at"])
    row.sku.product = row.product
    if row.sku.pk is None:
        row.sku.position = row.product.skus.count()
        row.sku.save()
    elif names := [column.field for column in SKU if column.name in changed]:
        row.sku.save(update_fields=names)
    if row.move:
        move(row)


def move(row: Row) -> None:
    try:
        move_stock(row.sku, row.move, Reason.OPENING if row.is_new else Reason.CORRECTION)
    except OutOfStock:
        raise ValidationError(f"Line {row.number}: {row.sku.code} was just bought. Look at it again.") from None


def exported() -> str:
    out = StringIO()
    table = csv.writer(out)
    table.writerow(NAMES)
    for product in Product.objects.select_related("creator", "category").prefetch_related("skus"):
        told = [column.text(getattr(product, column.field)) for column in PRODUCT]
        for sku in product.skus.all():
            own = [column.text(getattr(sku, column.field)) for column in SKU]
            table.writerow([safe(cell) for cell in [product.slug, sku.code, *told, *own, "", sku.stock]])
    return out.getvalue()


def safe(cell: object) -> str:
    """A spreadsheet runs what begins like a formula."""
    text = str(cell)
    return f" {text}" if text.startswith(FORMULAS) else text


SAMPLE = [
    {
        "product": "sample-soap", "sku": "SOAP-ROSE", "title": "A Soap to Try the Import With",
        "option_name": "Scent", "option": "Rose", "price": "16.90", "list_price": "24.90", "shipping": "0",
        "summary": "It is not listed, so nobody sees it.", "listed": "no", MOVE: "40",
    },
    {"product": "sample-soap", "sku": "SOAP-MINT", "option": "Mint", "price": "21.50", MOVE: "25"},
]  # fmt: skip


def sample(store: str, category: str) -> str:
    """Two lines that can be imported as they are."""
    out = StringIO()
    names = [name for name in NAMES if name != READ_ONLY]
    table = csv.DictWriter(out, names, restval="")
    table.writeheader()
    table.writerows([SAMPLE[0] | {"store": store, "category": category}, SAMPLE[1]])
    return out.getvalue()
