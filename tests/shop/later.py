"""Short words for what happens after the purchase: time goes by, parcels arrive."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from journey import facts
from shop.models import Order, Return
from shop.services import returns, tracking
from shop.services.days import days
from tests.shop.buying import bought


def pass_days(order: Order, count: int) -> Order:
    """The order was placed so many days earlier, and its parcel has caught up."""
    moved = order.placed_at - days(count)
    Order.objects.filter(pk=order.pk, due_at__isnull=False).update(due_at=order.due_at and order.due_at - days(count))
    Order.objects.filter(pk=order.pk).update(placed_at=moved)
    tracking.move_parcels()
    return Order.objects.get(pk=order.pk)


def delivered(walker, *things, **changed) -> Order:
    """Bought, and brought by the task: things are SKUs, or pairs of a SKU and how many."""
    *others, last = [thing if isinstance(thing, tuple) else (thing, 1) for thing in things]
    for sku, quantity in others:
        walker.post("shop:add-to-cart", sku.product.slug, sku=sku.code, quantity=quantity)
    return pass_days(bought(walker, *last, **changed), 10)


def photo(name: str = "photo.jpg") -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (60, 40), (200, 20, 40)).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def wish(**changed) -> returns.Wish:
    told = {"key": "k", "kind": "return", "reason": "mind", "items": {}, "way": "drop"}
    return returns.Wish(**told | changed)


def run_out(parent: Return) -> Return:
    """The clock of a return runs out, and the task comes by."""
    Return.objects.filter(pk=parent.pk).update(due_at=timezone.now())
    returns.settle_returns(facts.commit)
    return Return.objects.get(pk=parent.pk)
