"""One conversation: read it, write in it, say that it is solved, rate it, ask the shop to step in."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from journey.steps import Step, act, page, part
from shop.errors import ShopError
from shop.models import Message, Ticket
from shop.services import support as verbs
from shop.services.attachments import stored
from shop.services.transactions import in_one_transaction
from shop.support_forms import MessageForm, RatingForm
from shop.views.answers import SeeOther, see_other


@page(Step.VIEW_SUPPORT)
@never_cache
@require_safe
def ticket(request: HttpRequest, ticket: str) -> HttpResponse:
    return _thread(request, _mine(request, ticket), MessageForm())


@part
@never_cache
@require_safe
def live(request: HttpRequest, ticket: str) -> HttpResponse:
    """What the page shows of a ticket, drawn anew; 204 while it is still the version the page has."""
    version = get_object_or_404(_tickets(request).values_list("version", flat=True), code=ticket)
    if request.GET.get("version") == str(version):
        return HttpResponse(status=204)
    mine = _mine(request, ticket)
    _read(mine)
    return render(request, "shop/support/live.html", {"ticket": mine})


@act(Step.SUPPORT_REPLY)
@require_POST
def reply(request: HttpRequest, ticket: str) -> HttpResponse:
    mine, form = _mine(request, ticket), MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _thread(request, mine, form, status=422)
    again = {"kind": "reopen"} if mine.is_resolved else {}
    try:
        new = _written(mine, **form.cleaned_data)
    except ShopError as error:
        form.add_error(None, error.sentence)
        return _thread(request, mine, form, error.status)
    if new:
        request.journey.record(Step.SUPPORT_REPLY, ticket=ticket, **again)
    return _at_the_end(ticket)


def _written(ticket: Ticket, files: list, **words: str) -> Message | None:
    with stored(files) as attachments:
        return in_one_transaction(lambda: verbs.reply(ticket, attachments=attachments, **words))


@act(Step.SUPPORT_RESOLVED)
@require_POST
def resolve(request: HttpRequest, ticket: str) -> HttpResponse:
    def solved() -> None:
        if verbs.resolve(mine):
            request.journey.commit(Step.SUPPORT_RESOLVED, fact=ticket, ticket=ticket, seconds=mine.answered_after)

    mine = _mine(request, ticket)
    in_one_transaction(solved)
    return _at_the_end(ticket)


@act(Step.SUPPORT_REPLY)
@require_POST
def rate(request: HttpRequest, ticket: str) -> HttpResponse:
    mine, form = _mine(request, ticket), RatingForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.complaint)
    elif _done(verbs.rate, mine, **form.cleaned_data):
        request.journey.record(Step.SUPPORT_REPLY, ticket=ticket, kind="csat", stars=mine.csat)
    return _at_the_end(ticket)


@act(Step.SUPPORT_REPLY)
@require_POST
def call_in(request: HttpRequest, ticket: str) -> HttpResponse:
    mine = _mine(request, ticket)
    if _done(verbs.call_in, mine):
        request.journey.record(Step.SUPPORT_REPLY, ticket=ticket, kind="escalate")
    return see_other("shop:ticket", ticket)


def _done(verb: Callable[..., bool], ticket: Ticket, **how: object) -> bool:
    return in_one_transaction(lambda: verb(ticket, **how))


def _at_the_end(ticket: str) -> SeeOther:
    return SeeOther(f"{resolve_url('shop:ticket', ticket)}#end")


def _tickets(request: HttpRequest):
    return Ticket.objects.of(request.buyer.known)


def _mine(request: HttpRequest, code: str) -> Ticket:
    return get_object_or_404(_tickets(request).for_page(), code=code)


def _read(ticket: Ticket) -> None:
    last = list(ticket.messages.all())[-1]
    ticket.saw("buyer", last.pk)


def _thread(request: HttpRequest, ticket: Ticket, form: MessageForm, status: int = 200) -> HttpResponse:
    _read(ticket)
    return render(request, "shop/support/ticket.html", {"ticket": ticket, "form": form}, status=status)
