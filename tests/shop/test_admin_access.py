"""The admin against who may not: every page, button and answer for a script; and looking never changes anything."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shop.models import Report
from tests.shop.lived import Life, routes, rows

pytestmark = pytest.mark.django_db
ROUTES = {name: pattern for name, pattern in routes().items() if re.match(r"admin:(shop|journey|analytics)_", name)}
BUTTONS = ["_send", "_resolve", "_note", "_assign", "_escalate", "accept", "decline", "received", "ship_it",
           "deliver_it", "cancel_it", "pay_back", "save_and_copy", "_save"]  # fmt: skip
FORM = {"answer": "No.", "words": "No.", "refund": "1.00", "key": "k", "once": "o", "mark": "m", "post": "yes"}


@pytest.fixture
def life() -> Life:
    """With a video that was reported, and a row of everything the admin shows."""
    life = Life("Ada of Analytical Way")
    life.walker.post("shop:report", life.video.slug, reason="spam")
    assert Report.objects.exists()
    return life


@pytest.fixture
def addresses(life) -> list[str]:
    return [address_of(name, life) for name in ROUTES]


def address_of(name: str, life: Life) -> str:
    if "<slug:code>" in ROUTES[name]:
        return reverse(name, args=[life.upload.code])
    if "object_id" not in ROUTES[name]:
        return reverse(name)
    _, model = name.removeprefix("admin:").rsplit("_", 1)[0].split("_")
    rows = next(one for one in admin.site._registry if one._meta.model_name == model)._default_manager
    return reverse(name, args=[getattr(rows.first(), "pk", 1)])


def staff(*permissions: str) -> Client:
    client = Client()
    user = get_user_model().objects.create_user("staff", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__regex="|".join(permissions) or "^$"))
    client.force_login(user)
    return client


def pressed(client: Client, address: str) -> list[int]:
    """Every button there is, on this page; those of the script's pages among them."""
    film = SimpleUploadedFile("a.mp4", b"....ftypisom")
    buttons = [client.post(address, FORM | {button: "1"}).status_code for button in BUTTONS]
    return [*buttons, client.post(address, {"file": film}).status_code]


def test_nobody_is_asked_to_sign_in(addresses):
    before, client = rows(), Client()
    heard = {client.get(one).status_code for one in addresses} | {
        client.post(one, FORM).status_code for one in addresses
    }
    assert (heard, rows() == before) == ({302}, True)


def test_staff_without_a_permission_is_refused_everywhere(addresses):
    client, before = staff(), rows("shop")
    open_to_them = {
        one for one in addresses if client.get(one).status_code != 403 or set(pressed(client, one)) != {403}
    }
    assert (open_to_them, rows("shop") == before) == (set(), True)


def test_who_may_only_look_changes_nothing_with_any_button(addresses):
    client, before = staff("^view_"), rows("shop")
    for one in addresses:
        pressed(client, one)
    assert rows("shop") == before


def test_who_may_only_look_is_offered_no_action_that_changes_something(life):
    client, before = staff("^view_"), rows("shop", "journey")
    offered = {}
    for model, page in admin.site._registry.items():
        if model._meta.app_label in ("shop", "journey", "analytics"):
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            for name in {action if isinstance(action, str) else action.__name__ for action in page.actions}:
                chosen = list(model._default_manager.values_list("pk", flat=True))
                client.post(address, {"action": name, "_selected_action": chosen, "post": "yes"})
            offered[model.__name__] = re.findall(r'<option value="(\w+)"', client.get(address).content.decode())
    assert rows("shop", "journey") == before
    assert {
        name: actions for name, actions in offered.items() if set(actions) & {"take_down", "leave", "publish"}
    } == {}


def test_looking_changes_nothing_even_with_a_button_in_the_address(addresses, admin_client):
    before, query = rows("shop", "journey"), FORM | dict.fromkeys(BUTTONS, "1") | {"action": "cancel"}
    heard = {one: admin_client.get(one, query).status_code for one in addresses}
    assert {one: status for one, status in heard.items() if status >= 500} == {}
    assert rows("shop", "journey") == before
