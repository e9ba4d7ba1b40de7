"""A variant that could not be drawn is refused when it is saved, in words."""

import pytest
from django.core.exceptions import ValidationError

from journey import designs, languages
from journey.values import UnclearValue, Value, together, values_in
from tests.factories import VariantFactory

pytestmark = pytest.mark.django_db
SHORT = "Value “buy_now_says” must be a text of at most 30 letters for en or de; everyone sees “Buy now”."
TWICE = "Slot “product/body” takes at least one block, and each only once."


@pytest.mark.parametrize(
    ("slots", "values", "problem"),
    [
        ({"product/hat": ["price"]}, {}, "There is no slot “product/hat”. Slots are: "),
        ({"product/body": "price"}, {}, "Slot “product/body” takes a list of block names."),
        ({"product/body": ["hat"]}, {}, "No block “hat” for slot “product/body”."),
        ({"product/body": []}, {}, TWICE),
        ({"product/body": ["price", "price"]}, {}, TWICE),
        ({}, {"hat": 1}, "There is no value “hat”. Values are: "),
        ({}, {"anchor_delay_ms": "soon"}, "Value “anchor_delay_ms” must be a number from 0 to 60000; "),
        ({}, {"anchor_delay_ms": -1}, "Value “anchor_delay_ms” must be a number from 0 to 60000; "),
        ({}, {"anchor_delay_ms": True}, "Value “anchor_delay_ms” must be a number from 0 to 60000; "),
        ({}, {"anchor_says": "HAT"}, "Value “anchor_says” must be one of title, price, deal, invite; "),
        ({}, {"buy_now_says": " "}, SHORT),
        ({}, {"buy_now_says": {"de": "x" * 31}}, SHORT),
        ({}, {"buy_now_says": {"de": "two\nlines"}}, SHORT),
        ({}, {"buy_now_says": {}}, SHORT),
        ({}, {"buy_now_says": 5}, SHORT),
        ({}, {"buy_now_says": {"fr": "Acheter"}}, "Value “buy_now_says” has no language “fr”. Languages are: en, de."),
        ({}, {"buy_now_says": "Only {price}"}, "Value “buy_now_says” cannot fill in “{price}”, but nothing."),
        ({}, {"anchor_invites": "{hat}"}, "Value “anchor_invites” cannot fill in “{hat}”, but {title}."),
        (
            {"checkout/body": ["payment"]},
            {},
            "Slot “checkout/body” needs “address”: without it nobody gets any further",
        ),
        ([], {}, "Slots and values are both objects: {…}."),
    ],
)
def test_what_cannot_be_drawn_is_refused(slots, values, problem):
    with pytest.raises(ValidationError) as refusal:
        VariantFactory(slots=slots, values=values).clean()
    assert refusal.value.messages[0].startswith(problem)


def test_every_value_says_what_it_means_and_what_it_may_be():
    known = designs.values().values()
    assert [value.name for value in known if not value.about] == []
    unbounded = [v.name for v in known if type(v.control) is int and v.high is None]
    assert unbounded == []
    assert [value.name for value in known if value.problem(value.control)] == []


def test_a_value_is_read_from_its_tag():
    text = """{% value "tone" "calm" "How it speaks" "calm|loud" as tone %}{% value "ms" 5 "A while" "0..9" %}"""
    assert list(values_in(text)) == [
        Value("tone", "calm", "How it speaks", choices=("calm", "loud")),
        Value("ms", 5, "A while", 0, 9),
    ]


def test_words_are_read_from_their_tag_with_their_languages_and_places():
    text = (
        """{% words "left" "{n} left" "How many" 20 de="Noch {n}" n=sku.stock|short as left %}{% words "go" "Go" %}"""
    )
    assert list(values_in(text)) == [
        Value("left", {"en": "{n} left", "de": "Noch {n}"}, "How many", 1, 20, places=("n",)),
        Value("go", {"en": "Go"}, "", 1, 60),
    ]


def test_every_text_is_there_in_every_language():
    short = [v.name for v in designs.values().values() if v.is_words and list(v.control) != list(languages.codes())]
    assert short == []


def test_another_drawing_of_a_needed_block_stands_in_for_it():
    assert (designs.stands_in("address_short", "address"), designs.stands_in("addresses", "address")) == (True, False)


def test_a_value_with_two_controls_is_a_fault_of_the_templates():
    with pytest.raises(UnclearValue, match="ms is 5 and 6"):
        together((("a.html", Value("ms", 5)), ("b.html", Value("ms", 6))).__iter__())
