"""The form of a return: a page a question, without script, and nothing has to be said twice."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journey.steps import Step
from shop.models import Return, ReturnPhoto
from tests.factories import SkuFactory
from tests.shop.buying import bought, queries, said, told
from tests.shop.later import delivered, photo, run_out
from tests.walker import Walker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private_files_elsewhere(settings, tmp_path):
    private = settings.STORAGES["private"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"private": private}


@pytest.fixture
def order(walker):
    return delivered(walker, (SkuFactory(price_cents=1_000, product__title="Serum"), 2), SkuFactory(price_cents=500))


def at(order, step: str) -> str:
    return f"{reverse('shop:return-order', args=[order.code])}?step={step}"


def answer(walker, order, step: str, **answers):
    return walker.client.post(at(order, step), answers)


def pick(order, number: int, pieces: int = 1) -> dict:
    line = order.lines.all()[number]
    return {f"pick-{line.pk}": "on", f"many-{line.pk}": pieces}


def up_to(walker, order, kind: str, reason: str, **pieces) -> None:
    answer(walker, order, "items", **pick(order, 0, **pieces))
    answer(walker, order, "kind", kind=kind)
    answer(walker, order, "reason", reason=reason)


def test_page_by_page_a_return_is_asked_for_once(walker, order):
    up_to(walker, order, "return", "mind")
    answer(walker, order, "proof", text="Too small.", photos=[photo()])
    assert answer(walker, order, "way", way="drop").url == at(order, "check")
    page = said(walker.client.get(at(order, "check")))
    assert [words in page for words in ("Serum", "1 of 2", "I changed my mind", "Too small.", "1 photo", "$10.00")] == (
        [True] * 6
    )
    sent = answer(walker, order, "check")
    parent = Return.objects.get()
    assert sent.url == reverse("shop:return", args=[parent.code])
    assert (parent.kind, parent.reason, parent.way, parent.text, parent.refund_cents) == (
        "return", "mind", "drop", "Too small.", 1_000,
    )  # fmt: skip
    assert (parent.photos.count(), ReturnPhoto.objects.filter(parent=None).count()) == (1, 0)
    [line] = parent.lines.select_related("line")
    assert told(Step.REQUEST_RETURN) == [
        {
            "order": order.code,
            "value": 1_000,
            "kind": "return",
            "reason": "mind",
            "line_1": f"{line.line.product} 1 1000",  # the other line of the order does not go back
        }
    ]


@pytest.mark.parametrize(
    ("step", "answers", "complaint"),
    [
        ("items", {}, "Please choose at least one thing."),
        ("kind", {}, "Please choose what you would like."),
        ("kind", {"kind": "gift"}, "Select a valid choice"),
        ("reason", {}, "Please tell us why."),
        ("reason", {"reason": "mind"}, "Select a valid choice"),
        ("proof", {"text": "x" * 2_001}, "at most 2000 characters"),
    ],
)
def test_what_is_missing_or_wrong_is_said_on_its_page(walker, order, step, answers, complaint):
    up_to(walker, order, "refund", "defective")
    page = answer(walker, order, step, **answers)
    assert (page.status_code, complaint in said(page)) == (422, True)


def test_the_last_button_pressed_twice_leads_to_the_one_return(walker, order):
    up_to(walker, order, "return", "mind", pieces=2)
    answer(walker, order, "proof")
    answer(walker, order, "way", way="drop")
    answer(walker, order, "items", **pick(order, 0, pieces=2), **pick(order, 1))
    key = re.search(r'name="key" value="(\w+)"', walker.client.get(at(order, "check")).content.decode())[1]
    sent = [answer(walker, order, "check", key=key).url for _ in range(2)]
    assert sent == [reverse("shop:return", args=[Return.objects.get().code])] * 2


def test_more_pieces_than_are_left_cannot_be_chosen(walker, order):
    page = answer(walker, order, "items", **pick(order, 0, pieces=3))
    assert (page.status_code, "You can return 2 of Serum at most." in said(page)) == (422, True)


def test_keeping_something_broken_needs_a_photo_and_what_was_typed_stays(walker, order):
    up_to(walker, order, "refund", "defective")
    page = answer(walker, order, "proof", text="The pump is stuck.")
    assert (page.status_code, "the seller has to see what is wrong" in said(page)) == (422, True)
    assert "The pump is stuck." in said(walker.client.get(at(order, "proof")))
    assert walker.client.get(at(order, "check")).context["step"] == "proof"
    assert answer(walker, order, "proof", text="The pump is stuck.", photos=[photo()]).url == at(order, "check")


def test_photos_are_checked_kept_while_going_back_and_can_be_removed(walker, order):
    up_to(walker, order, "refund", "wrong")
    bad = SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    assert "not a picture we can read" in said(answer(walker, order, "proof", photos=[bad]))
    assert answer(walker, order, "proof", back="reason", photos=[photo()]).url == at(order, "reason")
    kept = ReturnPhoto.objects.get()
    assert walker.get("shop:return-photo", kept.pk).headers["Content-Type"] == "image/webp"
    assert Walker().get("shop:return-photo", kept.pk).status_code == 404
    assert "at most 3" in said(answer(walker, order, "proof", photos=[photo(), photo(), photo(), photo()]))
    assert "keep it to 3" in said(answer(walker, order, "proof", photos=[photo(), photo(), photo()]))
    answer(walker, order, "proof", remove=kept.pk)
    assert ReturnPhoto.objects.count() == 0


def test_nobody_gets_ahead_of_the_questions(walker, order):
    assert walker.client.get(at(order, "check")).context["step"] == "items"
    answer(walker, order, "check")
    assert Return.objects.count() == 0


def test_another_kind_asks_for_another_reason_and_a_refund_for_no_way(walker, order):
    up_to(walker, order, "return", "mind")
    answer(walker, order, "kind", kind="refund")
    page = walker.client.get(at(order, "check"))
    assert (page.context["step"], page.context["draft"].path) == (
        "reason", ["items", "kind", "reason", "proof", "check"],
    )  # fmt: skip


def test_what_cannot_go_back_has_no_form(walker, order):
    fresh = bought(walker, SkuFactory())
    assert walker.get("shop:return-order", fresh.code).url == reverse("shop:order", args=[fresh.code])
    assert Walker().get("shop:return-order", order.code).status_code == 404


def test_a_return_is_seen_handed_in_and_paid_back(walker, order):
    up_to(walker, order, "return", "mind")
    answer(walker, order, "proof")
    answer(walker, order, "way", way="drop")
    answer(walker, order, "check")
    parent = Return.objects.get()
    with queries() as asked:
        page = said(walker.get("shop:return", parent.code))
    assert ("The seller answers by" in page, len(asked) <= 8) == (True, True)
    run_out(parent)
    assert "I have handed it in" in said(walker.get("shop:return", parent.code))
    walker.post("shop:hand-in", parent.code)
    assert "The seller checks it by" in said(walker.get("shop:return", parent.code))
    walker.post("shop:withdraw", parent.code)
    assert "cannot be withdrawn any more" in said(walker.get("shop:return", parent.code))
    run_out(parent)
    assert "$10.00 went back the way you paid." in said(walker.get("shop:return", parent.code))
    assert "Paid back" in said(walker.get("shop:order", order.code))


def test_somebody_elses_return_is_not_there(walker, order):
    up_to(walker, order, "return", "mind")
    answer(walker, order, "proof")
    answer(walker, order, "way", way="drop")
    answer(walker, order, "check")
    code, other = Return.objects.get().code, Walker()
    assert [
        other.get("shop:return", code).status_code,
        other.post("shop:withdraw", code).status_code,
        other.post("shop:hand-in", code).status_code,
    ] == [404] * 3
    assert walker.post("shop:withdraw", code).status_code == 303
    assert Return.objects.get().status == "withdrawn"
