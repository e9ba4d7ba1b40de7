"""The video feed, a creator's profile, and what buyers do with both."""

from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from journey.steps import Step, act, page
from shop.models import Creator, Engagement, Product, Video
from shop.services.feed import engage as turn
from shop.templatetags.shop import short

CARDS = 6  # videos a page of the feed


@page(Step.VIEW_FEED)
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The feed, or only the next cards of it when the browser asks for more."""
    first, by, tab = (_slug(request.GET, name) for name in ("video", "by", "tab"))
    videos = Video.objects.for_feed(request.buyer.known).mixed(first)
    if by:
        videos = videos.filter(creator__slug=by)
    if tab == "following":
        videos = videos.filter(followed=True)
    number = _page_number(request)
    cards = list(videos[(number - 1) * CARDS : number * CARDS + 1])
    if number > 1:
        request.journey.about(page=number)
    template = "shop/feed/cards.html" if "part" in request.GET else "shop/feed/feed.html"
    return render(
        request,
        template,
        {
            "cards": list(enumerate(cards[:CARDS], (number - 1) * CARDS)),
            "next": number + 1 if len(cards) > CARDS else None,
            "by": by,
            "tab": tab,
            "first": first,
        },
    )


def _slug(answers: QueryDict, name: str) -> str:
    """Empty for what no slug can be: PostgreSQL refuses a NUL, and no address can be made of a space."""
    text = answers.get(name, "")
    return text if slug_re.match(text) else ""


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "")
    return max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 7 else 1


@page(Step.VIEW_PROFILE)
@require_safe
def profile(request: HttpRequest, creator: str) -> HttpResponse:
    shown = get_object_or_404(Creator.objects.for_page(request.buyer.known), slug=creator)
    return render(
        request,
        "shop/feed/profile.html",
        {
            "creator": shown,
            "tab": "shop" if request.GET.get("tab") == "shop" else "videos",
            "videos": shown.videos.published(),
            "products": Product.objects.filter(creator=shown).for_cards().order_by("-sold"),
        },
    )


@act(Step.VIDEO_ENGAGE)
@require_POST
def engage(request: HttpRequest) -> HttpResponse:
    """Turn a like, save, follow or share on or off; the answer says how it is now, as the page writes it."""
    kind, on = request.POST.get("kind"), request.POST.get("on") == "1"
    if kind not in Engagement.Kind.values:
        return HttpResponseBadRequest("There is no such thing to do with a video.")
    video, creator = _target(request, kind)
    now = turn(request.buyer.code, Engagement.Kind(kind), on, video or creator)
    if now.changed and on:
        about = {"video": video.slug} if video else {}
        request.journey.record(Step.VIDEO_ENGAGE, kind=kind, creator=creator.slug, **about)
    return JsonResponse({"on": now.on, "count": now.count, "shown": short(now.count)})


def _target(request: HttpRequest, kind: str) -> tuple[Video | None, Creator]:
    if kind == Engagement.Kind.FOLLOW:
        return None, get_object_or_404(Creator, slug=_slug(request.POST, "creator"))
    video = get_object_or_404(Video.objects.published().select_related("creator"), slug=_slug(request.POST, "video"))
    return video, video.creator
