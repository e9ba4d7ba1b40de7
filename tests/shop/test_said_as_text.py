"""Whatever anybody wrote is text on every page, in every list, answer and file: nothing of it is ever run."""

import csv
from html.parser import HTMLParser
from io import StringIO

import pytest
from django.apps import apps
from django.db import models
from django.urls import NoReverseMatch, reverse

from shop.importing.writing import exported
from shop.models import CannedReply, Faq, Product
from tests.factories import AssuranceFactory, SkuFactory
from tests.shop.lived import Life, routes
from tests.shop.test_admin_access import ROUTES, address_of
from tests.shop.test_nonsense import addresses

pytestmark = pytest.mark.django_db
WORDS = "\"'></script><img src=x onxss=1><xss>{{7*7}}{% now %}\u202e"
NAMES = {"slug", "code", "key", "buyer", "path", "avatar", "clip", "icon", "picture", "sku_code", "product", "video",
         "coupon", "currency", "state", "zip", "payment", "delivery", "answers", "order", "kind", "typed"}  # fmt: skip


class Reader(HTMLParser):
    """Collects what became markup of WORDS."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.run: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        if tag == "xss" or any(name.startswith("onxss") for name, _ in attrs):
            self.run.append(f"<{tag}>")
        if tag != "input" and any((value or "").strip().lower().startswith("javascript:") for _, value in attrs):
            self.run.append(f"{tag} {attrs}")

    def handle_data(self, data: str) -> None:
        if "49{%" in data or ">49<" in data:
            self.run.append("a template of words")


@pytest.fixture
def life() -> Life:
    """Words in every field of every row, those of staff too."""
    AssuranceFactory(), Faq.objects.create(slug="a", question="?", answer="!"), CannedReply.objects.create(title="a")
    life = Life("Ada")
    life.sku.product.assurances.set(life.sku.product.assurances.model.objects.all())
    for model in apps.get_app_config("shop").get_models():
        for field in model._meta.concrete_fields:
            told = isinstance(field, (models.CharField, models.TextField)) and not isinstance(field, models.FileField)
            if told and not field.choices and field.name not in NAMES and not field.unique:
                model.objects.update(**{field.name: WORDS[: field.max_length]})
    Product.objects.update(details=[[WORDS, WORDS]], in_the_box=[WORDS], size_chart=[[WORDS, WORDS]] * 2)
    return life


def run_by(client, asked: list[str], **query) -> dict[str, list[str]]:
    """What each page makes of the words; answers for scripts are not read as pages."""
    found, told = {}, 0
    for address in asked:
        answer = client.get(address, query, follow=True)
        assert answer.status_code < 500, address
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            page = answer.content.decode()
            found[address] = Reader(page).run
            told += "&lt;xss" in page
    assert told > 20  # else there was nothing to run
    return {address: run for address, run in found.items() if run}


def test_on_every_page_of_the_shop(life):
    client = life.walker.client
    assert run_by(client, addresses(life)) == {}
    assert run_by(client, addresses(life), q=WORDS, video=WORDS, tab=WORDS, next=WORDS, sort=WORDS, part="1") == {}


def test_on_every_page_of_the_admin(life, admin_client):
    life.walker.get("shop:search", q=WORDS)
    life.walker.post("shop:report", life.video.slug, reason="spam")
    asked = [address_of(name, life) for name in ROUTES]
    for address in (one for one in asked if one.endswith("/change/")):
        admin_client.post(address, {"answer": WORDS, "words": WORDS, "_note": "1"})  # and in its history
    assert run_by(admin_client, asked) == {}
    assert run_by(admin_client, [one for one in asked if one.count("/") == 4], q=WORDS, e="1") == {}


def test_what_the_buyer_searched_for_is_text_to_who_analyses_it(life, admin_client):
    life.walker.get("shop:search", q=WORDS)
    assert life.walker.events
    names = [name for name in routes() if name.startswith(("journey:", "analytics:"))]
    asked = []
    for name in names:
        try:
            asked.append(reverse(name))
        except NoReverseMatch:
            continue
    for client in (life.walker.client, admin_client):
        for address in asked:
            answer = client.get(address)
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                assert Reader(answer.content.decode()).run == []


def test_no_cell_of_the_export_begins_like_a_formula():
    for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "－1"]:
        SkuFactory(product__title=formula, product__summary=f"{formula}\n=2")
    cells = [cell for row in csv.reader(StringIO(exported(), newline="")) for cell in row]
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r\n＝＋－＠")] == []
    assert sum("=1" in cell for cell in cells) > 5
