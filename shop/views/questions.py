"""Questions about a product: asked here, answered in the admin, public then."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from journey.steps import Step, act
from shop.errors import ShopError
from shop.forms import QuestionForm
from shop.models import Product
from shop.services.questions import ask_question
from shop.views.answers import refused, said

THANKS = "Thank you. {store} usually answers within a day; then your question is here for everyone."


@act(Step.ASK_QUESTION)
@require_POST
def ask(request: HttpRequest, product: str) -> HttpResponse:
    about = get_object_or_404(Product.objects.listed().select_related("creator", "category"), slug=product)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return refused(request, ShopError(form.complaint), "shop:product", product)
    try:
        new = ask_question(request.buyer.code, about, form.cleaned_data["text"])
    except ShopError as error:
        return refused(request, error, "shop:product", product)
    if new:
        request.journey.record(Step.ASK_QUESTION, product=product, category=about.category.slug)
    return said(request, THANKS.format(store=about.creator.store_name), "shop:product", product)
