"""What buyers think of what others wrote: likes of comments, helpful reviews."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from journey.steps import act
from shop.models import Comment, Review
from shop.services.marks import Marked, find_helpful, like
from shop.templatetags.shop import short
from shop.views.answers import see_other, wants_json


@act()
@require_POST
def like_comment(request: HttpRequest, comment: int) -> HttpResponse:
    liked = get_object_or_404(Comment, pk=comment, video__is_published=True)
    return _as_it_is(like(request.buyer.code, liked, _on(request)))


@act()
@require_POST
def helpful(request: HttpRequest, review: int) -> HttpResponse:
    """Without a script the buyer comes back to the reviews, and sees the number grown."""
    voted = get_object_or_404(Review.objects.select_related("product"), pk=review)
    now = find_helpful(request.buyer.code, voted, _on(request))
    if wants_json(request):
        return _as_it_is(now)
    return see_other("shop:reviews", voted.product.slug)


def _on(request: HttpRequest) -> bool:
    return request.POST.get("on", "1") == "1"


def _as_it_is(now: Marked) -> JsonResponse:
    return JsonResponse({"on": now.on, "shown": short(now.count)})
