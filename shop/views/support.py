"""Support: write to the shop, read its answers, say when it is solved."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journey.steps import Step, act, page
from shop.errors import ShopError
from shop.forms import MessageForm, TicketForm
from shop.models import Ticket
from shop.services.support import open_ticket as open_for
from shop.services.support import reply as reply_to
from shop.services.support import resolve as resolve_for
from shop.views.answers import see_other


@page(Step.VIEW_SUPPORT)
@never_cache
@require_safe
def support(request: HttpRequest) -> HttpResponse:
    mine = Ticket.objects.of(request.buyer.known).for_list()
    return render(request, "shop/support/support.html", {"tickets": mine})


@page(Step.VIEW_SUPPORT)
@act(Step.SUPPORT_OPEN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_ticket(request: HttpRequest) -> HttpResponse:
    buyer = request.buyer.known
    if request.method != "POST":
        form = TicketForm(buyer=buyer, initial={"order": request.GET.get("order")})
        return _form_page(request, form)
    form = TicketForm(request.POST, buyer=buyer)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    try:
        ticket = _opened(request, form.cleaned_data)
    except ShopError as error:
        form.add_error(None, error.sentence)
        return _form_page(request, form, error.status)
    return see_other("shop:ticket", ticket.code)


@transaction.atomic
def _opened(request: HttpRequest, answers: dict) -> Ticket:
    ticket = open_for(request.buyer.code, request.journey.participant, **answers)
    told = {"order": ticket.order.code} if ticket.order else {}
    request.journey.commit(Step.SUPPORT_OPEN, fact=ticket.code, ticket=ticket.code, kind=ticket.topic, **told)
    return ticket


def _form_page(request: HttpRequest, form: TicketForm, status: int = 200) -> HttpResponse:
    return render(request, "shop/support/open.html", {"form": form}, status=status)


@page(Step.VIEW_SUPPORT)
@never_cache
@require_safe
def ticket(request: HttpRequest, ticket: str) -> HttpResponse:
    return _thread(request, _mine(request, ticket), MessageForm())


@act(Step.SUPPORT_REPLY)
@require_POST
def reply(request: HttpRequest, ticket: str) -> HttpResponse:
    mine, form = _mine(request, ticket), MessageForm(request.POST)
    if not form.is_valid():
        return _thread(request, mine, form, status=422)
    with transaction.atomic():
        new = reply_to(mine, **form.cleaned_data)
    if new:
        request.journey.record(Step.SUPPORT_REPLY, ticket=ticket)
    return see_other("shop:ticket", ticket)


@act(Step.SUPPORT_RESOLVED)
@require_POST
def resolve(request: HttpRequest, ticket: str) -> HttpResponse:
    mine = _mine(request, ticket)
    with transaction.atomic():
        resolve_for(mine)
        request.journey.commit(Step.SUPPORT_RESOLVED, fact=ticket, ticket=ticket)
    messages.success(request, "Glad it is solved.")
    return see_other("shop:ticket", ticket)


def _mine(request: HttpRequest, code: str) -> Ticket:
    return get_object_or_404(Ticket.objects.of(request.buyer.known).for_page(), code=code)


def _thread(request: HttpRequest, ticket: Ticket, form: MessageForm, status: int = 200) -> HttpResponse:
    return render(request, "shop/support/ticket.html", {"ticket": ticket, "form": form}, status=status)
