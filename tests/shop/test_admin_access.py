"""The admin against who may not: every page, button and answer for a script; and looking never changes anything."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from analytics.models import Job
from shop.models import Report
from tests.shop.lived import Life, routes, rows

pytestmark = pytest.mark.django_db
ROUTES = {name: pattern for name, pattern in routes().items() if re.match(r"admin:(shop|journey|analytics)_", name)}
OURS = {"shop", "journey", "analytics"}
MOVES = {"return": ["accept", "decline", "received"], "product": ["save_and_copy"],
         "order": ["ship_it", "deliver_it", "cancel_it", "pay_back"]}  # fmt: skip
BUTTONS = ["_send", "_resolve", "_note", "_assign", "_escalate", "_save"]
BUTTONS += [f"shop_{model}_{move}" for model, moves in MOVES.items() for move in moves]
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
    _, model, *_ = name.removeprefix("admin:").split("_")
    known = {"about": "video", "slug": life.video.slug, "pk": 1, "version": 1, "code": life.upload.code}
    if model == "job":
        known["code"] = Job.objects.get_or_create(kind="recount", title="Everyone, again")[0].code
    if "object_id" not in ROUTES[name]:
        return reverse(name, args=[known[part] for part in re.findall(r"<\w+:(\w+)>", ROUTES[name])])
    rows = next(one for one in admin.site._registry if one._meta.model_name == model)._default_manager
    return reverse(name, args=[getattr(rows.first(), "pk", 1)])


def staff(*permissions: str) -> Client:
    client = Client()
    user = get_user_model().objects.create_user("staff", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__regex="|".join(permissions) or "^$"))
    client.force_login(user)
    return client


def sent(client: Client, address: str, buttons: list[str]) -> list:
    """Each button on this page, and a file for the pages of scripts."""
    film = SimpleUploadedFile("a.mp4", b"....ftypisom")
    return [client.post(address, FORM | {button: "1"}) for button in buttons] + [client.post(address, {"file": film})]


def is_refused(answer) -> bool:
    """The history of what is not there leads to the front page; what is only sent is not to be looked at, and the
    other way round."""
    return answer.status_code in (403, 405) or getattr(answer, "url", "") == reverse("admin:index")


def test_nobody_is_asked_to_sign_in(addresses):
    before, client = rows(), Client()
    heard = {client.get(one).status_code for one in addresses} | {
        client.post(one, FORM).status_code for one in addresses
    }
    assert (heard, rows() == before) == ({302}, True)


def test_staff_without_a_permission_is_refused_everywhere(addresses):
    client, before = staff(), rows("shop")
    heard = {one: [client.get(one), *sent(client, one, ["_save"])] for one in addresses}
    open_to_them = {one for one, answers in heard.items() if not all(map(is_refused, answers))}
    assert (open_to_them, rows("shop") == before) == (set(), True)


def test_who_may_only_look_changes_nothing_with_any_button(addresses):
    client, before = staff("^view_"), rows("shop")
    for one in addresses:
        sent(client, one, BUTTONS if one.endswith("/change/") else BUTTONS[:1])
    assert rows("shop") == before


def test_who_may_only_look_can_run_no_action_of_a_list(life):
    client, before = staff("^view_"), rows("shop", "journey")
    ours = {model: page for model, page in admin.site._registry.items() if model.__module__.split(".")[0] in OURS}
    for model, page in ours.items():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        chosen = list(model._default_manager.values_list("pk", flat=True))
        for name in [*map(str, page.actions), "delete_selected"]:
            client.post(address, {"action": name, "_selected_action": chosen, "post": "yes"})
    assert rows("shop", "journey") == before


def test_looking_changes_nothing_even_with_a_button_in_the_address(addresses, admin_client):
    before, query = rows("shop", "journey"), FORM | dict.fromkeys(BUTTONS, "1") | {"action": "cancel"}
    heard = {one: admin_client.get(one, query).status_code for one in addresses}
    assert {one: status for one, status in heard.items() if status >= 500} == {}
    assert rows("shop", "journey") == before
