"""The picture of a video or a product by its slug, for pages that know the slug and nothing else of it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from journey.steps import part
from shop.models import Product, Video
from shop.models.files import url_of
from shop.models.product import NO_PICTURE

FRESH_FOR = 600  # seconds: a new poster has a new address


@part
@require_safe
def poster(request: HttpRequest, video: str) -> HttpResponse:
    """The first frame; that of a video that is not public is shown to staff only."""
    videos = Video.objects.all() if request.user.has_perm("shop.view_video") else Video.objects.published()
    found = videos.filter(slug=video).only("clip", "poster").first()
    return _at(found.poster_url if found else None)


@part
@require_safe
def clip(request: HttpRequest, video: str) -> HttpResponse:
    """The clip itself, for whoever may see its poster."""
    videos = Video.objects.all() if request.user.has_perm("shop.view_video") else Video.objects.published()
    found = get_object_or_404(videos.only("clip", "movie"), slug=video)
    if not found.clip_url:
        raise Http404
    return _at(found.clip_url)


@part
@require_safe
def picture(request: HttpRequest, product: str) -> HttpResponse:
    products = Product.objects.all() if request.user.has_perm("shop.view_product") else Product.objects.listed()
    found = products.filter(slug=product).prefetch_related("images").first()
    return _at(found.picture_url if found else None)


def _at(address: str | None) -> HttpResponse:
    answer = HttpResponseRedirect(address or url_of(NO_PICTURE))
    patch_cache_control(answer, private=True, max_age=FRESH_FOR)
    return answer
