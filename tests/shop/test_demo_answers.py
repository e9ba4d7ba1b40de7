"""The answers that come with the demo."""

import re

import pytest

from shop import catalogue
from shop.models import CannedReply, Faq
from tests.shop.buying import said
from tests.walker import drawn

pytestmark = pytest.mark.django_db


def test_the_demo_brings_answers_once(walker):
    catalogue.load()
    faqs, replies = Faq.objects.count(), CannedReply.objects.count()
    Faq.objects.first().delete()
    catalogue.load()
    assert (faqs, Faq.objects.count(), CannedReply.objects.count()) == (8, 7, replies)
    page = walker.get("shop:support")
    assert drawn(page) == ["hello", "tickets", "topics", "faqs"]
    assert said(page).count("<details") == 7


def test_canned_replies_name_only_what_can_be_filled_in():
    catalogue.load()
    texts = CannedReply.objects.values_list("text", flat=True)
    assert {word for text in texts for word in re.findall(r"{.*?}", text)} == {"{name}", "{order}", "{product}"}
