"""What a video's other sheets hold: its products, its address to pass on, and what is wrong with it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from journey.steps import act, part
from shop.models import Report, Video


@part
@never_cache
@require_safe
def video_products(request: HttpRequest, video: str) -> HttpResponse:
    shown = get_object_or_404(Video.objects.for_sheet(), slug=video)
    return render(request, "shop/feed/products_sheet.html", {"video": shown, "anchors": shown.live_anchors})


@part
@never_cache
@require_safe
def share(request: HttpRequest, video: str) -> HttpResponse:
    shown = get_object_or_404(Video.objects.with_creator(), slug=video)
    address = request.build_absolute_uri(f"{reverse('shop:feed')}?video={video}")
    return render(request, "shop/feed/share_sheet.html", {"video": shown, "address": address})


@act()
@require_POST
def report(request: HttpRequest, video: str) -> HttpResponse:
    """Kept once for each buyer and video; staff reads it in the admin."""
    shown = get_object_or_404(Video.objects.published(), slug=video)
    reason = request.POST.get("reason")
    if reason not in Report.Reason.values:
        return HttpResponseBadRequest("Please choose what is wrong.")
    Report.objects.update_or_create(video=shown, buyer=request.buyer.code, defaults={"reason": reason})
    return JsonResponse({"message": "Thank you. Somebody will look at it."})
