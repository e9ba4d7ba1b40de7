"""Support: one's conversations, and a new one with the shop."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from journey.steps import Step, act, page
from shop.errors import ShopError
from shop.forms import form_key
from shop.models import Creator, Faq, Ticket
from shop.services.attachments import stored
from shop.services.support import open_ticket as open_for
from shop.services.transactions import in_one_transaction
from shop.services.waiting import greet
from shop.support_forms import TicketForm
from shop.views.answers import see_other

Topic = Ticket.Topic
QUICK = {  # topics on the support page, with their drawings
    Topic.WHERE: "truck",
    Topic.RETURN: "rotate-ccw",
    Topic.REFUND: "banknote",
    Topic.DAMAGED: "package-x",
    Topic.PAYMENT: "credit-card",
    Topic.COUPON: "ticket",
}


@page(Step.VIEW_SUPPORT)
@never_cache
@require_safe
def support(request: HttpRequest) -> HttpResponse:
    mine = Ticket.objects.of(request.buyer.known).for_list()
    page = {"tickets": mine, "quick": QUICK.items(), "faqs": Faq.objects.all(), "key": form_key}
    return render(request, "shop/support/support.html", page)


@page(Step.VIEW_SUPPORT)
@act(Step.SUPPORT_OPEN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_ticket(request: HttpRequest) -> HttpResponse:
    """The links to it name a topic, an order and a line: ?topic=damaged&order=…&line=<sku>"""
    buyer = request.buyer.known
    if request.method != "POST":
        return _form_page(request, TicketForm(buyer=buyer, initial=request.GET.dict()))
    form = TicketForm(request.POST, request.FILES, buyer=buyer)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    try:
        ticket = opened(request, **form.cleaned_data)
    except ShopError as error:
        form.add_error(None, error.sentence)
        return _form_page(request, form, error.status)
    return see_other("shop:ticket", ticket.code)


def opened(request: HttpRequest, files: list, **answers: object) -> Ticket:
    """The ticket and its event, or neither."""
    with stored(files) as attachments:
        return in_one_transaction(lambda: _committed(request, attachments=attachments, **answers))


def _committed(request: HttpRequest, **answers: object) -> Ticket:
    ticket = open_for(request.buyer.code, request.journey.participant, **answers)
    about = {
        "order": ticket.order and ticket.order.code,
        "product": (ticket.line and ticket.line.product) or (ticket.product and ticket.product.slug),
        "creator": ticket.store and ticket.store.slug,
    }
    told = {name: code for name, code in about.items() if code}
    if request.journey.value("first_answer", "later") == "at_once":
        greet(ticket)
    request.journey.commit(Step.SUPPORT_OPEN, fact=ticket.code, ticket=ticket.code, kind=ticket.topic, **told)
    return ticket


def _form_page(request: HttpRequest, form: TicketForm, status: int = 200) -> HttpResponse:
    return render(request, "shop/support/open.html", {"form": form, "store": _store_of(form)}, status=status)


def _store_of(form: TicketForm) -> Creator | None:
    """Who sold the line that the form came with: they can be asked directly."""
    sku = form["line"].value() or ""
    return Creator.objects.filter(products__skus__code=sku).first() if sku and "\0" not in sku else None
