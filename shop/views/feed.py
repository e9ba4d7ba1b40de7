"""The video feed, a creator's profile, and what buyers do with both."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from journey.steps import Step, act, page, part
from shop.asking import page_number, slug
from shop.models import Creator, Engagement, Video
from shop.services.marks import engage as turn
from shop.services.mine import mine
from shop.services.profiles import profile_page
from shop.services.shown import feed_cards, feed_order, following_order
from shop.templatetags.shop import short

CARDS = 6  # videos a page of the feed


@page(Step.VIEW_FEED)
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The feed; `?page=` is for who comes without a script."""
    if (number := page_number(request.GET)) > 1:
        request.journey.about(page=number)
    return render(request, "shop/feed/feed.html", _cards(request))


@part
@require_safe
def feed_more(request: HttpRequest) -> HttpResponse:
    """The next cards of the feed, for its script."""
    return render(request, "shop/feed/more.html", _cards(request))


def _cards(request: HttpRequest) -> dict[str, Any]:
    first, by, tab = (slug(request.GET, name) for name in ("video", "by", "tab"))
    buyer, number = request.buyer.known, page_number(request.GET)
    order = following_order(buyer, first) if tab == "following" else feed_order(buyer, by, first)
    start, end = (number - 1) * CARDS, number * CARDS
    cards = feed_cards(order[start:end], start)
    videos = [card.about for card in cards]
    return {
        "cards": cards,
        "next": number + 1 if len(order) > end else None,
        "by": by,
        "tab": tab,
        "first": first,
        "mine": mine(request, videos=[v.pk for v in videos], creators=[v.creator_id for v in videos]),
    }


@page(Step.VIEW_PROFILE)
@require_safe
def profile(request: HttpRequest, creator: str) -> HttpResponse:
    """The profile; its store is a tab of it."""
    asked = {name: slug(request.GET, name) for name in ("tab", "sort", "category")}
    asked["tab"] = asked["tab"] or request.journey.value("profile_first_tab", "videos")
    drawing = profile_page(creator, **asked)
    if not drawing:
        raise Http404
    shown = drawing.about
    context = {"drawing": drawing, "creator": shown, "mine": mine(request, creators=[shown.pk])}
    return render(request, "shop/feed/profile.html", context)


@act(Step.VIDEO_ENGAGE)
@require_POST
def engage(request: HttpRequest) -> HttpResponse:
    """Turn a like, save, follow, share or "not interested" on or off; the answer says how it is now, as a page does."""
    kind, on = request.POST.get("kind"), request.POST.get("on") == "1"
    if kind not in Engagement.Kind.values:
        return HttpResponseBadRequest("There is no such thing to do with a video.")
    video, creator = _target(request, kind)
    now = turn(request.buyer.code, Engagement.Kind(kind), on, video or creator)
    if now.changed and on and kind != Engagement.Kind.HIDE:
        about = {"video": video.slug} if video else {}
        request.journey.record(Step.VIDEO_ENGAGE, kind=kind, creator=creator.slug, **about)
    return JsonResponse({"on": now.on, "count": now.count, "shown": short(now.count)})


def _target(request: HttpRequest, kind: str) -> tuple[Video | None, Creator]:
    if kind == Engagement.Kind.FOLLOW:
        return None, get_object_or_404(Creator, slug=slug(request.POST, "creator"))
    video = get_object_or_404(Video.objects.with_creator(), slug=slug(request.POST, "video"))
    return video, video.creator
