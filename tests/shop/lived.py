"""One buyer who has done everything a buyer can do, with the same words in every field; and everything a shop holds."""

from dataclasses import dataclass, field
from itertools import count

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import get_resolver, reverse

from shop.models import Attachment, Order, Return, ReturnPhoto, Sku, Ticket, Upload, Video
from shop.services import support
from tests.factories import CouponFactory, CreatorFactory, ProductFactory, SkuFactory, VideoFactory
from tests.shop.buying import bought, put_in_cart
from tests.shop.later import delivered, photo
from tests.walker import Walker

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
SIGN_OF_LIFE = {"shop_saw", "version", "heard_at", "last_login"}  # what looking at a page may move
_numbers = count()


@dataclass
class Life:
    """`order` is delivered, reviewed and partly on its way back; `later` waits to be packed."""

    words: str
    walker: Walker = field(default_factory=Walker)
    sku: Sku = field(init=False)
    video: Video = field(init=False)
    order: Order = field(init=False)
    later: Order = field(init=False)
    parent: Return = field(init=False)
    photo: ReturnPhoto = field(init=False)
    ticket: Ticket = field(init=False)
    chat: Ticket = field(init=False)
    attachment: Attachment = field(init=False)
    upload: Upload = field(init=False)

    def __post_init__(self) -> None:
        self._stock_the_shop()
        self._buy()
        self._send_back()
        self._write()

    def _stock_the_shop(self) -> None:
        n = next(_numbers)
        store = CreatorFactory(slug=f"mira-{n}")
        self.sku = SkuFactory(product=ProductFactory(slug=f"serum-{n}", creator=store), stock=50)
        self.video = VideoFactory(slug=f"week-{n}", creator=store, products=[self.sku.product])
        self.coupon = CouponFactory(code=f"ROSE{n}", creator=store)
        self.upload = Upload.objects.create(name=f"{self.words}.mp4"[-120:], state="failed", reason="Cut off.")
        self.upload.original.save("morning.mp4", ContentFile(b"cut off"))

    def _buy(self) -> None:
        walker, address = self.walker, dict.fromkeys(("full_name", "street", "unit", "city"), self.words[:40])
        self.order = delivered(walker, (self.sku, 3), **address)
        self.later = bought(walker, self.sku, **address)
        put_in_cart(walker, self.sku, 2)
        walker.post("shop:wish", self.sku.product.slug)
        walker.post("shop:claim", self.coupon.code)
        walker.post("shop:engage", kind="like", video=self.video.slug, on=1)
        walker.post("shop:review", self.order.code, self.sku.code, stars=4, text=self.words, photos=[photo()])

    def _send_back(self) -> None:
        line = self.order.lines.get()
        page = reverse("shop:return-order", args=[self.order.code])
        for step, answers in {
            "items": {f"pick-{line.pk}": "on", f"many-{line.pk}": 1},
            "kind": {"kind": "return"},
            "reason": {"reason": "mind"},
            "proof": {"text": self.words, "photos": [photo()]},
            "way": {"way": "drop"},
            "check": {},
        }.items():
            self.walker.client.post(f"{page}?step={step}", answers)
        self.parent = Return.objects.get(order=self.order)
        self.photo = self.parent.photos.get()

    def _write(self) -> None:
        walker, words = self.walker, self.words
        paper = SimpleUploadedFile(f"{words[:80]}.pdf", PDF, "application/pdf")
        asked = {"topic": "where", "order": self.order.code, "line": self.sku.code, "text": words}
        walker.post("shop:open-ticket", key="first", files=[paper], **asked)
        self.ticket = Ticket.objects.get(order=self.order)
        self.attachment = Attachment.objects.get(message__ticket=self.ticket)
        walker.post("shop:chat", self.video.creator.slug, key="second", text=words, product=self.sku.product.slug)
        self.chat = Ticket.objects.get(store=self.video.creator)
        walker.post("shop:comment", self.video.slug, key="third", text=words)
        walker.post("shop:ask", self.sku.product.slug, text=f"Really? {words}")
        with transaction.atomic():
            support.resolve(self.chat)
        walker.post("shop:rate", self.chat.code, stars=2, words=words)


def routes(patterns=None, before: str = "") -> dict[str, str]:
    """Every address of the house by its name, the admin's with their own."""
    found: dict[str, str] = {}
    for one in get_resolver().url_patterns if patterns is None else patterns:
        inner = getattr(one, "url_patterns", None)
        space = f"{before}{one.namespace}:" if getattr(one, "namespace", None) else before
        if inner is not None:
            found |= routes(inner, space)
        elif one.name:
            found[f"{before}{one.name}"] = str(one.pattern)
    return found


def rows(*labels: str) -> dict[str, list]:
    """All that is kept, but for signs of life."""
    models = [model for label in labels or ("shop", "auth") for model in apps.get_app_config(label).get_models()]
    kept = {}
    for model in models:
        names = [field.attname for field in model._meta.concrete_fields if field.name not in SIGN_OF_LIFE]
        kept[model.__name__] = list(model.objects.order_by("pk").values_list(*names))
    return kept
