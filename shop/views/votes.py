"""What buyers think of what others wrote: likes of comments, helpful reviews."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from journey.steps import act
from shop.models import Comment, Review
from shop.services.votes import find_helpful, like
from shop.templatetags.shop import short
from shop.views.answers import see_other, wants_json


@act()
@require_POST
def like_comment(request: HttpRequest, comment: int) -> HttpResponse:
    liked = get_object_or_404(Comment, pk=comment, video__is_published=True)
    on = _on(request)
    return JsonResponse({"on": on, "shown": short(like(request.buyer.code, liked, on))})


@act()
@require_POST
def helpful(request: HttpRequest, review: int) -> HttpResponse:
    """Without a script the buyer comes back to the reviews, and sees the number grown."""
    voted = get_object_or_404(Review.objects.select_related("product"), pk=review)
    on = _on(request)
    count = find_helpful(request.buyer.code, voted, on)
    if wants_json(request):
        return JsonResponse({"on": on, "shown": short(count)})
    return see_other("shop:reviews", voted.product.slug)


def _on(request: HttpRequest) -> bool:
    return request.POST.get("on", "1") == "1"
