"""Returns of who asks: the form, a page a question, and what became of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journey.steps import Step, act, page, part
from shop.errors import ShopError
from shop.media import private_file
from shop.models import Order, Return, ReturnPhoto
from shop.order_forms import RETURN_STEPS, ReturnStep
from shop.services import returns as verbs
from shop.services.lines_told import told_of_return
from shop.services.return_drafts import Draft
from shop.services.transactions import in_one_transaction
from shop.views.answers import SeeOther, see_other


@page(Step.VIEW_ORDER)
@act(Step.REQUEST_RETURN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def return_order(request: HttpRequest, order: str) -> HttpResponse:
    mine = get_object_or_404(Order.objects.of(request.buyer.known).for_page(), code=order)
    if sent := next((one for one in mine.returns.all() if one.key == request.POST.get("key")), None):
        return see_other("shop:return", sent.code)  # the last button was pressed twice
    if not verbs.can_return(mine):
        messages.error(request, "There is nothing in this order that can be returned now.")
        return see_other("shop:order", order)
    draft = Draft(request.session, mine)
    step = draft.allowed(request.GET.get("step", ""))
    return _answered(request, draft, step) if request.method == "POST" else _asked(request, draft, step)


def _asked(request: HttpRequest, draft: Draft, step: str, form: ReturnStep | None = None) -> HttpResponse:
    context = {
        "order": draft.order,
        "draft": draft,
        "step": step,
        "number": draft.path.index(step) + 1,
        "before": draft.before(step),
        "form": form or RETURN_STEPS[step](draft),
        "said": draft.said,
        "part": f"shop/orders/return/{step}.html",
    }
    request.journey.about(kind="return", field=step)
    return render(request, "shop/orders/return.html", context, status=422 if form else 200)


def _answered(request: HttpRequest, draft: Draft, step: str) -> HttpResponse:
    if photo := request.POST.get("remove"):
        draft.remove_photo(photo)
        return _on_to(draft, step)
    form = RETURN_STEPS[step](draft, request.POST, request.FILES)
    if "back" in request.POST:
        form.leave()
        return _on_to(draft, draft.before(step))
    if not form.is_valid():
        form.leave()
        return _asked(request, draft, step, form)
    if step == "check":
        return _sent(request, draft)
    form.keep()
    return _on_to(draft, draft.after(step))


def _on_to(draft: Draft, step: str) -> HttpResponse:
    return SeeOther(f"{resolve_url('shop:return-order', draft.order.code)}?step={step}")


def _sent(request: HttpRequest, draft: Draft) -> HttpResponse:
    try:
        wanted = in_one_transaction(lambda: _requested(request, draft))
    except ShopError as error:
        messages.error(request, error.sentence)
        return _on_to(draft, "items")
    draft.forget()
    messages.success(request, "Sent to the seller. You find it here, and under Orders, Returns.")
    return see_other("shop:return", wanted.code)


def _requested(request: HttpRequest, draft: Draft) -> Return:
    wanted = verbs.ask(draft.order, request.buyer.code, request.journey.participant, draft.wish)
    request.journey.commit(
        Step.REQUEST_RETURN,
        fact=wanted.code,
        order=draft.order.code,
        value=wanted.refund_cents,
        kind=wanted.kind,
        reason=wanted.reason,
        **told_of_return(wanted),
    )
    return wanted


@page(Step.VIEW_ORDER)
@never_cache
@require_safe
def one_return(request: HttpRequest, code: str) -> HttpResponse:
    mine = get_object_or_404(Return.objects.of(request.buyer.known).for_page(), code=code)
    request.journey.about(kind="return", order=mine.order.code)
    return render(request, "shop/orders/one_return.html", {"return": mine, "order": mine.order})


@act()
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    return _moved(request, code, verbs.withdraw, "Taken back. You keep what you have.")


@act()
@require_POST
def hand_in(request: HttpRequest, code: str) -> HttpResponse:
    return _moved(request, code, verbs.hand_in, "Thank you. The seller checks it when it arrives.")


def _moved(request: HttpRequest, code: str, verb, sentence: str) -> HttpResponse:
    mine = Return.objects.of(request.buyer.known)
    try:
        in_one_transaction(lambda: verb(get_object_or_404(mine, code=code)))
    except ShopError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, sentence)
    return see_other("shop:return", code)


@part
@never_cache
@require_safe
def return_photo(request: HttpRequest, photo: int) -> HttpResponse:
    """A buyer sees the photos they sent, staff sees all."""
    mine = ReturnPhoto.objects.of(request.buyer.known)
    seen = ReturnPhoto.objects.all() if request.user.has_perm("shop.view_return") else mine
    found = get_object_or_404(seen, pk=photo)
    return private_file(found.upload, content_type="image/webp")
