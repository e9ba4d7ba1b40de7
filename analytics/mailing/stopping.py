"""No more of this: the link at the end of every mail, and the page it leads to."""

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, authentication_classes, parser_classes, permission_classes
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from analytics.mailing.models import Schedule, Unwanted

SALT = "analytics.mailing.stop"
ALERTS = "alerts"


def stop_url(address: str, about: str) -> str:
    token = signing.Signer(salt=SALT).sign_object([address.lower(), about])
    return settings.SITE_URL.rstrip("/") + reverse("stop_mail", args=[token])


@never_cache
@extend_schema(exclude=True)
@api_view(["GET", "POST"])
@authentication_classes([])
@permission_classes([AllowAny])
@parser_classes([FormParser, MultiPartParser])
def stop(request: Request, token: str) -> HttpResponse:
    """Asks first: programs that look at every link of a mail must not stop it. Nobody has to sign in for it.

    A mail program with a button of its own posts here at once (RFC 8058), without a page to ask on and without cookies:
    as for the rest of the API, what may not be forged is the token.
    """
    try:
        address, about = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return render(request._request, "mail/stop.html", {"is_cut": True}, status=404)
    if request.method == "POST":
        wanted = dict(request.data).get("again") == ["yes"]
        mine = Unwanted.objects.filter(address=address, about=about)
        if wanted:
            mine.delete()
        else:
            Unwanted.objects.get_or_create(address=address, about=about)
    is_stopped = Unwanted.objects.filter(address=address, about=about).exists()
    page = {"address": address, "name": name_of(about), "is_stopped": is_stopped}
    return render(request._request, "mail/stop.html", page)


def name_of(about: str) -> str:
    if about == ALERTS:
        return "alerts"
    schedule = Schedule.objects.filter(pk=about).first() if about.isdecimal() else None
    return f"“{schedule}”" if schedule else "a mail that is not sent any more"
