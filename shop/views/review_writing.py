"""Saying how it is: a review of what was bought and delivered, to be changed and taken back any time."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from journey.steps import Step, act, page
from shop.errors import ReviewRefused
from shop.models import Order, OrderLine
from shop.order_forms import ReviewForm
from shop.services.transactions import in_one_transaction
from shop.services.writing import may_write, show_photos, signed, write_review
from shop.views.answers import see_other


@page(Step.VIEW_ORDER)
@act(Step.SUBMIT_REVIEW)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, order: str, sku: str) -> HttpResponse:
    mine, line = _mine(request, order, sku)
    if not may_write(mine, line):
        messages.error(request, ReviewRefused.sentence)
        return see_other("shop:order", order)
    there = getattr(line, "review", None)
    if request.method != "POST":
        return _form_page(request, mine, line, ReviewForm(review=there))
    form = ReviewForm(request.POST, request.FILES, review=there)
    if not form.is_valid():
        return _form_page(request, mine, line, form, status=422)
    _told(request, mine, line, **form.cleaned_data)
    messages.success(request, "Thank you. Everyone who looks at this product can read it now.")
    return see_other("shop:order", order)


def _told(request: HttpRequest, order: Order, line: OrderLine, stars: int, text: str, keep, photos) -> None:
    def written() -> bool:
        review, new = write_review(order, line, stars, text)
        show_photos(review, keep, photos)
        return new

    if in_one_transaction(written):
        request.journey.record(Step.SUBMIT_REVIEW, product=line.product, order=order.code, stars=stars)


def _form_page(request: HttpRequest, order: Order, line: OrderLine, form: ReviewForm, status: int = 200):
    context = {"order": order, "line": line, "form": form, "signed": signed(order.full_name)}
    return render(request, "shop/orders/review.html", context, status=status)


def _mine(request: HttpRequest, order: str, sku: str) -> tuple[Order, OrderLine]:
    mine = get_object_or_404(Order.objects.of(request.buyer.known).for_page(), code=order)
    line = next((line for line in mine.lines.all() if line.sku_code == sku), None)
    if line is None:
        raise Http404
    return mine, line


@act()
@require_POST
def delete_review(request: HttpRequest, order: str, sku: str) -> HttpResponse:
    mine, line = _mine(request, order, sku)
    if there := getattr(line, "review", None):
        in_one_transaction(there.delete)
        messages.success(request, "Your review is gone.")
    return see_other("shop:order", mine.code)
