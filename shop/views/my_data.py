"""My data: what is kept about who asks, to see, to take along and to delete."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from journey import consent, privacy, remembered
from journey.privacy import Kept, Person
from journey.steps import act, part
from shop import buyers
from shop.asking import page_number
from shop.models import Order
from shop.services.transactions import in_one_transaction
from shop.views.answers import see_other


@part
@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Looking at it is no step: whoever wants to know what is counted should not add to it."""
    person, page = _person(request), page_number(request.GET)
    kept = [one for one in privacy.kept_about(person) if one.count]
    steps, more = remembered.page_of_steps(person, page)
    context = {
        "kept": kept,
        "since": remembered.since(person),
        "steps": steps,
        "page": page,
        "next": page + 1 if more else None,
        "is_deleted": "deleted" in request.GET and not (kept or request.journey.is_recorded),
        "told_to": consent.told_to(),
        "asks_itself": True,
    }
    return render(request, "shop/my_data/my_data.html", context)


@part
@never_cache
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    body = _written(privacy.kept_about(_person(request)))
    name = f"my-data-{timezone.localdate()}.json"
    return StreamingHttpResponse(
        body, "application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@part
@act()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """What would go is said first; it goes when the form of that page is sent."""
    person = _person(request)
    if request.method == "POST":
        in_one_transaction(lambda: privacy.forget(person))
        response = see_other("shop:my-data")
        response["Location"] += "?deleted"
        return _stranger(request, response)
    kept = [kept for kept in privacy.kept_about(person) if kept.count]
    on_their_way = sum(order.is_open for order in Order.objects.filter(buyer__in=person.buyers))
    context = {"kept": kept, "on_their_way": on_their_way, "told_to": consent.told_to(), "asks_itself": True}
    return render(request, "shop/my_data/delete.html", context)


def _person(request: HttpRequest) -> Person:
    """By their cookies, whether or not they are counted now, and all that belongs to the same person."""
    number, buyer = request.journey.known, request.buyer.known
    return privacy.recognised(Person(frozenset({number} if number else ()), frozenset({buyer} if buyer else ())))


def _stranger(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Nothing on the device says any more who this was. Staff stays signed in."""
    request.journey.part_from(response)
    response.delete_cookie(buyers.COOKIE, samesite="Lax")
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        if request.user.is_authenticated:
            for name in [name for name in request.session if name.startswith("return-")]:
                del request.session[name]
        else:
            request.session.flush()
    return response


def _written(everything: list[Kept]) -> Iterator[bytes]:
    """One JSON object, row by row: however much it is, it never stands in memory at once."""
    yield b'{"made_at":' + _json(timezone.now())
    for kept in everything:
        yield b"," + _json(kept.name) + b':{"title":' + _json(kept.title) + b',"kept":' + _json(kept.how_long)
        yield b',"rows":['
        for number, row in enumerate(kept.rows()):
            yield (b",\n" if number else b"\n") + _json(row)
        yield b"]}"
    yield b"}\n"


def _json(value: Any) -> bytes:
    return orjson.dumps(value, default=str)
