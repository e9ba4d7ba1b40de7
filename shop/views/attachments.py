"""The files of messages: for their buyer and for staff, never run, never kept by a cache in between."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from journey.steps import part
from shop.media import private_file
from shop.models import Attachment

HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=3600",
}


@part
@require_safe
def attachment(request: HttpRequest, attachment: str) -> HttpResponse:
    """Pictures are shown by the pages that name them: an attachment all the same to who opens the address."""
    mine = Attachment.objects.of(request.buyer.known)
    seen = Attachment.objects.all() if request.user.has_perm("shop.view_ticket") else mine
    found = get_object_or_404(seen, code=attachment)
    return private_file(
        found.file, as_attachment=True, filename=_name(found), content_type=found.kind, headers=HARMLESS
    )


def _name(attachment: Attachment) -> str:
    """Pictures were drawn anew, as WebP."""
    return f"{attachment.name.rpartition('.')[0]}.webp" if attachment.is_picture else attachment.name
