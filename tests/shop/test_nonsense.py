"""Nonsense at every door: no address, form or file of a buyer makes the shop stumble."""

import pytest
from django.urls import reverse
from django.urls.exceptions import NoReverseMatch

from tests.shop.lived import Life, routes
from tests.shop.test_access import THEIRS

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FORM = "application/x-www-form-urlencoded"
NONSENSE = [
    "\0", "\ud800", "a\u202eb\u2066", "'\"><svg onload=alert(1)>", "x" * 16_000, "²", "-1", str(2**31), str(2**63),
    "9" * 400, "../../etc/passwd", "\r\nX-Evil: 1", "",
]  # fmt: skip
ASKED = [
    "page", "tab", "video", "by", "part", "sort", "category", "q", "only", "removed", "quantity", "topic", "order",
    "line", "product", "stars", "photos", "step", "version", "after", "placed", "min", "max", "rating", "next", "code",
]  # fmt: skip
SENT = [
    "key", "text", "sku", "quantity", "method", "video", "creator", "kind", "on", "off", "reason", "code", "coupon",
    "full_name", "street", "unit", "city", "state", "zip", "delivery", "payment", "topic", "order", "line", "stars",
    "words", "keep", "photos", "files", "next", "remove", "only", "product", "way", "back",
]  # fmt: skip


def addresses(life: Life) -> list[str]:
    """Every address outside the admin, with what it names."""
    known = {
        "creator": life.video.creator.slug, "video": life.video.slug, "category": life.sku.product.category.slug,
        "product": life.sku.product.slug, "coupon": life.coupon.code, "sku": life.sku.code, "slug": "stages",
        "path": "videos/a.mp4", "comment": life.video.comments.get().pk, "review": life.sku.product.reviews.get().pk,
        "token": "forged",
    }  # fmt: skip
    found = []
    for name, pattern in routes().items():
        if name.startswith("admin:"):
            continue
        if name.removeprefix("shop:") in THEIRS:
            found.append(reverse(name, args=THEIRS[name.removeprefix("shop:")][0](life)))
            continue
        named = [part.split(">")[0].split(":")[-1] for part in pattern.split("<")[1:]]
        found.append(reverse(name, args=[known[one] for one in named]))
    return found


def stumbles(heard: dict) -> dict:
    return {what: status for what, status in heard.items() if status >= 500}


@pytest.fixture
def life() -> Life:
    life = Life("Ada of Analytical Way")
    life.walker.client.raise_request_exception = False
    return life


def test_nonsense_in_a_query_is_no_error(life):
    client, heard = life.walker.client, {}
    for address in addresses(life):
        for nonsense in NONSENSE:
            query = "&".join(f"{name}={_quoted(nonsense)}" for name in ASKED)
            heard[address, nonsense[:20]] = client.get(f"{address}?{query}").status_code
    assert stumbles(heard) == {}


def test_nonsense_in_an_address_is_no_error(life):
    client, heard = life.walker.client, {}
    for name, pattern in routes().items():
        for nonsense in ["\0", "x" * 300, "x" * 16_000, "٣", str(2**31), str(2**63), "9" * 400, "-", "a_b", "\u202e"]:
            try:
                address = reverse(name, args=[nonsense] * pattern.count("<"))
            except NoReverseMatch:
                continue
            heard[name, nonsense[:20]] = client.get(address).status_code
            heard[name, nonsense[:20], "sent"] = client.post(address, {"key": "k"}).status_code
    assert stumbles(heard) == {}


def test_nonsense_in_a_form_is_no_error(life):
    client, heard = life.walker.client, {}
    for address in addresses(life):
        heard[address, "nothing"] = client.post(address).status_code
        for nonsense in NONSENSE:
            once = "&".join(f"{name}={_quoted(nonsense)}" for name in SENT)
            for kind, body in {"once": once, "twice": f"{once}&{once.replace('=', '=1')}"}.items():
                heard[address, nonsense[:20], kind] = client.post(address, body, content_type=FORM).status_code
    assert stumbles(heard) == {}


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))
