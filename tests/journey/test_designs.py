"""A variant that could not be drawn is refused when it is saved, in words."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import VariantFactory

pytestmark = pytest.mark.django_db
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
        ({}, {"anchor_delay_ms": "soon"}, "Value “anchor_delay_ms” must be like its control, 2500."),
        ({}, {"anchor_delay_ms": -1}, "Value “anchor_delay_ms” must not be below 0."),
        ([], {}, "Slots and values are both objects: {…}."),
    ],
)
def test_what_cannot_be_drawn_is_refused(slots, values, problem):
    with pytest.raises(ValidationError) as refusal:
        VariantFactory(slots=slots, values=values).clean()
    assert refusal.value.messages[0].startswith(problem)
