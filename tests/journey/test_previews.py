"""A design is seen by its link before anybody is shown it, and nothing of that is counted."""

import pytest
from django.urls import reverse

from journey.models import Participant
from journey.previews import token
from tests.factories import ArmFactory, SkuFactory, VariantFactory
from tests.walker import drawn

pytestmark = pytest.mark.django_db
BODY = {"product/body": ["title", "price"]}


@pytest.fixture
def address():
    return reverse("shop:product", args=[SkuFactory().product.slug])


def test_the_link_shows_the_design_and_stays_in_it(client, address):
    assert drawn(client.get(address, {"design": token("Short", BODY, {})})) == ["title", "price"]
    page = client.get(address)
    assert drawn(page) == ["title", "price"]
    assert "You see “Short”. Nothing is counted." in page.content.decode()


def test_leaving_shows_what_everyone_sees(client, address):
    client.get(address, {"design": token("Short", BODY, {})})
    client.get(address, {"design": ""})
    assert len(drawn(client.get(address))) > 2


def test_nothing_is_recorded_meanwhile(walker, address):
    walker.client.get(address, {"design": token("Short", BODY, {})})
    walker.client.get(address)
    from analytics.counts.collecting import collect

    collect()
    assert (Participant.objects.count(), "participant" in walker.client.cookies) == (0, False)


def test_a_forged_link_shows_what_everyone_sees(client, address):
    page = client.get(address, {"design": token("Short", BODY, {})[:-2] + "xx"})
    assert len(drawn(page)) > 2
    assert "design" not in client.cookies or not client.cookies["design"].value


def test_a_frame_of_the_admin_leaves_nothing_behind(client, address):
    page = client.get(address, {"design": token("Short", BODY, {}), "frame": "1"})
    assert (page.headers["X-Frame-Options"], "design" in client.cookies) == ("SAMEORIGIN", False)
    assert client.get(address).headers["X-Frame-Options"] == "DENY"


def test_what_a_release_took_away_leaves_the_control_in_its_place(client, address):
    gone = {"product/body": ["price", "no_such_block"], "cart/body": ["sums"]}
    page = client.get(address, {"design": token("Old", gone, {"no_such_value": 1})})
    assert len(drawn(page)) > 2


def test_an_arm_whose_block_is_gone_shows_the_control(walker, address):
    variant = VariantFactory(slots={"product/body": ["price", "no_such_block"]})
    ArmFactory(experiment__state="running", variant=variant)
    assert len(drawn(walker.client.get(address))) > 2
