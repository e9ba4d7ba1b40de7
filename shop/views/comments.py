"""The comments of a video: read, write, take back. Each answer is the sheet as it is now."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from journey.steps import Step, act, part
from shop.errors import ShopError
from shop.forms import CommentForm
from shop.models import Video
from shop.services.comments import delete_comment, write_comment

SHOWN = 30  # comments a page of the sheet


@part
@never_cache
@require_safe
def comments(request: HttpRequest, video: str) -> HttpResponse:
    """The sheet, or only the next comments when the browser asks for more."""
    return _sheet(request, _video(video), CommentForm())


@act(Step.VIDEO_ENGAGE)
@require_POST
def comment(request: HttpRequest, video: str) -> HttpResponse:
    on, form = _video(video), CommentForm(request.POST)
    if not form.is_valid():
        return _sheet(request, on, form, status=422)
    try:
        new = write_comment(request.buyer.code, on, **form.cleaned_data)
    except ShopError as error:
        form.add_error("text", error.sentence)
        return _sheet(request, on, form, error.status)
    if new:
        request.journey.record(Step.VIDEO_ENGAGE, kind="comment", video=video, creator=on.creator.slug)
    return _sheet(request, on, CommentForm(), status=201)


@act()
@require_POST
def uncomment(request: HttpRequest, video: str) -> HttpResponse:
    on = _video(video)
    delete_comment(request.buyer.known, on, request.POST.get("key", "").replace("\0", ""))
    return _sheet(request, on, CommentForm())


def _video(slug: str) -> Video:
    return get_object_or_404(Video.objects.with_creator(), slug=slug)


def _sheet(request: HttpRequest, video: Video, form: CommentForm, status: int = 200) -> HttpResponse:
    buyer = request.buyer.code if status == 201 else request.buyer.known
    page = Paginator(video.comments.for_sheet(buyer), SHOWN).get_page(request.GET.get("page"))
    template = "comments_list" if page.number > 1 else "comments_sheet"
    context = {"video": video, "page": page, "form": form}
    return render(request, f"shop/feed/{template}.html", context, status=status)
