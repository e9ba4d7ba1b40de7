"""A chat with a store: a ticket that waits for the store, with the product or the order in sight."""

from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from journey.steps import Step, act, page
from shop.errors import ShopError
from shop.models import Creator, OrderLine, Product, Ticket
from shop.support_forms import MessageForm
from shop.views.answers import see_other
from shop.views.support import opened

Topic = Ticket.Topic
ASKED = {  # what is asked before buying, and after
    Topic.PRODUCT: ["When would it ship?", "Which size or color fits me?", "What is in the box?"],
    Topic.OTHER: ["When will it arrive?", "Can I still change it?", "Something is not right with it."],
}


@page(Step.VIEW_SUPPORT)
@act(Step.SUPPORT_OPEN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def chat(request: HttpRequest, creator: str) -> HttpResponse:
    """?product=… or ?order=…&line=… stays in sight. An unsolved chat about the same goes on where it was."""
    store = get_object_or_404(Creator, slug=creator)
    about = {"store": store} | _in_sight(request, store, request.POST or request.GET)
    if request.method != "POST":
        if going_on := Ticket.objects.of(request.buyer.known).exclude(status=Ticket.Status.RESOLVED).filter(**about):
            return see_other("shop:ticket", going_on.latest("pk").code)
        return _page(request, MessageForm(), about)
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, about, status=422)
    try:
        ticket = opened(request, topic=_topic(about), **form.cleaned_data, **about)
    except ShopError as error:
        form.add_error(None, error.sentence)
        return _page(request, form, about, error.status)
    return see_other("shop:ticket", ticket.code)


def _in_sight(request: HttpRequest, store: Creator, answers: QueryDict) -> dict:
    """What of this store the chat is about; what is not of this store, or of this buyer, is not there."""
    line = _line(request, store, answers)
    slug = "" if line else answers.get("product", "")
    product = Product.objects.filter(slug=slug, creator=store).first() if slug_re.match(slug) else None
    return {"product": product, "line": line, "order": line and line.order}


def _line(request: HttpRequest, store: Creator, answers: QueryDict) -> OrderLine | None:
    order, sku = answers.get("order", ""), answers.get("line", "")
    if not slug_re.match(order) or "\0" in sku:
        return None
    lines = OrderLine.objects.filter(order__buyer=request.buyer.known, order__code=order, sku__product__creator=store)
    if sku:
        lines = lines.filter(sku_code=sku)
    return lines.select_related("order").first()


def _topic(about: dict) -> Ticket.Topic:
    return Topic.PRODUCT if about["product"] else Topic.OTHER


def _asked(about: dict) -> list[str]:
    return ASKED[_topic(about)] if about["product"] or about["line"] else []


def _page(request: HttpRequest, form: MessageForm, about: dict, status: int = 200) -> HttpResponse:
    codes = [
        ("product", about["product"] and about["product"].slug),
        ("order", about["order"] and about["order"].code),
        ("line", about["line"] and about["line"].sku_code),
    ]
    page = {"form": form, "kept": [(name, code) for name, code in codes if code], "asked": _asked(about)}
    return render(request, "shop/support/chat.html", page | about, status=status)
