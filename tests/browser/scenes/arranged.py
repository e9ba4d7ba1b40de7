"""What only staff or time can bring about. `manage.py shell` of the demo calls arrange(), which prints JSON."""

import json
from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone

from journey import facts
from journey.consent import CONSENT_VERSION
from journey.consent import COOKIE as CONSENT
from journey.identity import COOKIE as PARTICIPANT
from shop.buyers import COOKIE, Buyer
from shop.models import CartLine, Coupon, Creator, Engagement, Order, Product, Return, Sku, Ticket, Upload, Wish
from shop.models.codes import new_code
from shop.services import returns, support, tracking
from tests.browser.scenes import answers
from tests.browser.scenes.longest import longest
from tests.browser.scenes.measured import measure
from tests.shop.buying import bought, key_of, place, put_in_cart
from tests.shop.later import delivered, wish
from tests.walker import Walker, drawn

cookies: dict[str, dict[str, str]] = {}
codes: dict[str, str] = {}


def newcomer() -> Walker:
    walker = Walker()
    walker.client.defaults["SERVER_NAME"] = "127.0.0.1"
    return walker


def somebody(name: str, *things: str, walker: Walker | None = None) -> Walker:
    """A buyer with these SKUs in the cart; a scene can be them."""
    walker = walker or in_arm("control")
    for thing in things:
        put_in_cart(walker, sku(thing))
    kept = walker.client.cookies
    cookies[name] = {one: kept[one].value for one in (COOKIE, PARTICIPANT) if one in kept} | {CONSENT: answers.cookie()}
    return walker


def in_arm(arm: str) -> Walker:
    """Someone who sees this arm of the demo's experiment: pictures of two days can be compared."""
    while True:
        walker = newcomer()
        blocks = drawn(walker.get("shop:product", "rose-serum"))
        if ("assurances_badges" in blocks) == (arm != "control"):
            return walker


def buyer_of(walker: Walker) -> str:
    return code_in(walker.client.cookies[COOKIE].value)


def code_in(cookie: str) -> str:
    request = HttpRequest()
    request.COOKIES[COOKIE] = cookie
    return Buyer(request).known


def sku(code: str) -> Sku:
    return Sku.objects.get(code=code)


def arrange() -> None:
    somebody("nobody")
    somebody("not asked yet")
    del cookies["not asked yet"][CONSENT]
    somebody("asked again")
    cookies["asked again"][CONSENT] = answers.cookie(yes=False, version=CONSENT_VERSION - 1)
    somebody("not counted")
    cookies["not counted"] = {CONSENT: answers.cookie(yes=False)}
    somebody("trusting", walker=in_arm("trust-first"))
    people()
    carts()
    after_purchase()
    talks()
    behind_the_counter()
    measure(codes)
    longest(codes)
    print("\n" + json.dumps({"cookies": cookies, "codes": codes}))  # noqa: T201


def people() -> None:
    fan = somebody("fan", "MIST-CLEAR")
    for creator in Creator.objects.filter(slug__in=["mira-glows", "desk-dan"]):
        Engagement.objects.create(buyer=buyer_of(fan), kind="follow", creator=creator)
    for slug in ["rose-serum", "cat-tunnel", "sunset-lamp"]:
        product = Product.objects.get(slug=slug)
        Wish.objects.create(buyer=buyer_of(fan), product=product, seen_cents=2690)
    gift = Coupon.objects.get(code="AUTUMN20")
    fan.client.post(f"/coupons/{gift.code}/claim")
    slides = Product.objects.get(slug="cloud-slides")
    slides.deal_starts_at, slides.deal_ends_at = (timezone.now() + timedelta(hours=hours) for hours in (5, 20))
    slides.save()


def carts() -> None:
    somebody("two stores", "ROSE-50", "LIPB-ROSE", "TIMER-WHITE", "MIST-AMBER")
    troubled = somebody("troubled", "PAWB-2", "SOY-TABLE", "CRISP-MED", "GLOW-1")
    CartLine.objects.filter(cart__buyer=buyer_of(troubled), sku__code="SOY-TABLE").update(quantity=5)
    coupon = somebody("coupon", "ROSE-50", "CRISP-TRIO")
    for code in ("ROSE15", "SHIPFREE", "AUTUMN20"):
        coupon.client.post(f"/coupons/{code}/claim")
    for name in ["checkout", "no address", "bad zip", "declined", "silent"]:
        somebody(name, "CRISP-HOT", "MATCHA-MOSS")
    for name in ["price moved", "coupon gone", "already ordered"]:
        walker = somebody(name, "CRISP-HOT", "POUR-BLACK")
        if name == "coupon gone":
            walker.client.post("/coupons/SOFT5/claim"), put_in_cart(walker, sku("CLPIL-2QN"))
        codes[f"key of {name}"] = key_of(walker.get("shop:checkout"))
        if name == "already ordered":
            place(walker, codes[f"key of {name}"])
            put_in_cart(walker, sku("CRISP-HOT"))
    Sku.objects.filter(code__in=["CRISP-MED", "POUR-BLACK"]).update(price_cents=4450)
    Product.objects.get(slug="pour-over-kit").save()
    Product.objects.get(slug="chili-crisp").save()
    balm = Product.objects.get(slug="paw-balm")
    balm.is_listed = False
    balm.save()
    for code in ["SOFT5"]:
        Coupon.objects.filter(code=code).update(is_active=False)


def after_purchase() -> None:
    ada = in_arm("control")
    codes["placed"] = bought(ada, sku("MIST-GREEN"), 2, payment="cash").code
    codes["shipped"] = carried(bought(ada, sku("SCRU-BERRY")), Order.Status.SHIPPED)
    codes["delivered"] = delivered(ada, sku("ROSE-30"), sku("HMASK-60"), (sku("TOTE-CREAM"), 2)).code
    codes["cancelled"] = bought(ada, sku("BUCK-SAND-S")).code
    ada.client.post(f"/orders/{codes['cancelled']}/cancel")
    for name in ["asked", "accepted", "refunded", "declined"]:
        codes[name] = returned(ada, name)
    somebody("ada", walker=ada)
    fresh = in_arm("control")
    codes["fresh"] = bought(fresh, sku("LICK-L")).code
    somebody("fresh", walker=fresh)
    # In the demo a day takes a minute: what is looked at stays as it is.
    for kind in (Order, Return):
        kind.objects.filter(due_at__isnull=False).update(due_at=timezone.now() + timedelta(days=4))


def carried(order: Order, to: str) -> str:
    with transaction.atomic():
        tracking.carry(order, to)
    return order.code


def returned(ada: Walker, status: str) -> str:
    order = delivered(ada, (sku("LICK-S"), 2))
    line = order.lines.get(sku_code="LICK-S")
    told = wish(key=new_code(), reason="different", text="Smaller than it looks.", items={line.sku_code: 1})
    with transaction.atomic():
        back = returns.ask(order, order.buyer, order.participant, told)
        verbs: dict[str, Callable[[], object]] = {
            "asked": lambda: None,
            "accepted": lambda: returns.accept(back, facts.commit),
            "declined": lambda: returns.decline(back, "It measures 18 cm across, as the page says."),
            "refunded": lambda: (
                returns.accept(back, facts.commit),
                returns.hand_in(back),
                returns.pay_back(back, facts.commit),
            ),
        }
        verbs[status]()
    return Return.objects.get(pk=back.pk).code


def talks() -> None:
    ada = code_in(cookies["ada"][COOKIE])
    order = Order.objects.get(code=codes["delivered"])
    words = "One of the two is torn at the seam. Can you send another one, or pay it back?"
    for name in ["waiting", "answered", "resolved", "rated", "reopened", "late", "store"]:
        about = {"store": Creator.objects.get(slug="mira-glows")} if name in ("late", "store") else {}
        line = order.lines.first() if name != "late" else None
        with transaction.atomic():
            ticket = support.open_ticket(
                ada, order.participant, new_code(), words, topic="damaged", order=line and order, line=line, **about
            )
            converse(ticket, name)
        Ticket.objects.filter(pk=ticket.pk).update(opened_at=timezone.now() - timedelta(hours=30))
        codes[f"{name} ticket"] = ticket.code


def converse(ticket: Ticket, name: str) -> None:
    staff = get_user_model().objects.get(username="admin")
    if name in ("answered", "resolved", "rated", "reopened", "store"):
        support.answer(ticket, staff, "I am sorry. A new one leaves today, and you can keep the torn one.")
    if name in ("resolved", "rated", "reopened"):
        support.resolve(ticket)
    if name == "rated":
        support.rate(ticket, 4, "Quick, and without a form.")
    if name == "reopened":
        support.reply(ticket, new_code(), "The new one has not come. What now?")
    if name == "late":
        ticket.change(waiting_since=timezone.now() - timedelta(hours=26))


def behind_the_counter() -> None:
    staff = Client()
    staff.force_login(get_user_model().objects.get(username="admin"))
    cookies["staff"] = {"sessionid": staff.cookies["sessionid"].value}
    video = Creator.objects.get(slug="desk-dan").videos.first()
    # The worker that prepares it says it is still there, for a day.
    Upload.objects.create(
        video=video, name="desk tour.mov", state="working", percent=42, heard_at=timezone.now() + timedelta(days=1)
    )
    codes["video"] = str(video.pk)
    codes["product"] = str(Product.objects.get(slug="lip-butter").pk)
    for name in ["answered ticket"]:
        codes["ticket row"] = str(Ticket.objects.get(code=codes[name]).pk)
    codes["order row"] = str(Order.objects.get(code=codes["shipped"]).pk)
    codes["return row"] = str(Return.objects.get(code=codes["asked"]).pk)
    for number in ("403", "500"):
        codes[f"page {number}"] = render_to_string(f"{number}.html", request=RequestFactory().get("/"))
