"""The admin's door for videos: a script sends the file and asks how far it is; a form without script sends it whole."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from shop.admin.widgets import Drop
from shop.clips import VIDEO_BYTES
from shop.models import Upload, Video
from shop.models.uploads import State
from shop.transcoding import receive, try_again


class VideoDrop(Drop):
    def __init__(self) -> None:
        super().__init__(
            "Drop a vertical video here", "video/mp4,video/quicktime,video/webm", "admin/shop/drop_video.html"
        )
        self.code = ""

    def about(self) -> dict[str, object]:
        upload = Upload.objects.filter(code=self.code).first()
        return {
            "most": VIDEO_BYTES,
            "code": upload.code if upload else "",
            "said": f"{upload} is here." if upload else "",
        }

    def value_from_datadict(self, data, files, name):
        code = data.get(f"{name}_code", "")
        self.code = code or self.code
        return files.get(name) or code


class VideoFile(forms.FileField):
    """An upload: made of the file that came with the form, or the one a script has sent before."""

    def __init__(self, **options) -> None:
        super().__init__(required=False, widget=VideoDrop(), **options)

    def clean(self, data, initial=None) -> Upload | None:
        if not data:
            return None
        if not isinstance(data, str):
            upload = receive(super().clean(data))
            self.widget.code = upload.code  # a mistake elsewhere in the form does not ask for the file again
            return upload
        try:
            return Upload.objects.get(code=data, video=None)
        except Upload.DoesNotExist:
            raise ValidationError("This upload is gone: send the video again.") from None


class Uploading:
    """For the ModelAdmin of videos: the addresses a script talks to."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("upload/", view(self.upload), name="shop_video_upload"),
            path("upload/<slug:code>/", view(self.upload_state), name="shop_video_upload_state"),
            path("upload/<slug:code>/again/", view(self.upload_again), name="shop_video_upload_again"),
            *super().get_urls(),
        ]

    def _allow(self, request: HttpRequest) -> None:
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied

    def upload(self, request: HttpRequest) -> HttpResponse:
        self._allow(request)
        if request.method != "POST" or "file" not in request.FILES:
            return JsonResponse({"said": "Send a video."}, status=400)
        try:
            upload = receive(request.FILES["file"])
        except ValidationError as error:
            return JsonResponse({"said": error.messages[0]}, status=400)
        return JsonResponse({"code": upload.code, **told(upload)}, status=201)

    def upload_state(self, request: HttpRequest, code: str) -> HttpResponse:
        self._allow(request)
        answer = JsonResponse(told(get_object_or_404(Upload, code=code)))
        answer["Cache-Control"] = "no-store"
        return answer

    def upload_again(self, request: HttpRequest, code: str) -> HttpResponse:
        self._allow(request)
        upload = get_object_or_404(Upload, code=code)
        if request.method == "POST" and try_again(upload):
            self.message_user(request, f"{upload} waits for its turn again.")
        return (
            redirect("admin:shop_video_change", upload.video_id)
            if upload.video_id
            else redirect("admin:shop_video_changelist")
        )


def told(upload: Upload) -> dict[str, object]:
    return {
        "state": upload.state,
        "words": upload.words,
        "tone": upload.tone,
        "percent": upload.percent,
        "again": upload.may_try_again,
        "ask": reverse("admin:shop_video_upload_state", args=[upload.code]),
        "movie": upload.movie.url if upload.movie else "",
        "poster": upload.poster.url if upload.poster else "",
        "feed": in_the_feed(upload.video) if upload.state == State.READY else "",
    }


def in_the_feed(video: Video | None) -> str:
    """Where buyers see it; empty while they do not."""
    shown = video and video.is_published and video.clip_url
    return f"{reverse('shop:feed')}?video={video.slug}" if shown else ""
