"""How an act is answered: by sending the browser on to a page it may reload, or a script by JSON."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from shop.errors import ShopError


class SeeOther(HttpResponseRedirect):
    status_code = 303


def see_other(to: str, *args) -> SeeOther:
    return SeeOther(resolve_url(to, *args))


def back_or(request: HttpRequest, to: str, *args) -> SeeOther:
    """To the address in the form's `next` if it is one of ours, else to this page."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return SeeOther(wanted) if ours else see_other(to, *args)


def wants_json(request: HttpRequest) -> bool:
    """A script that stays on its page says so."""
    return request.headers.get("Accept", "").startswith("application/json")


def said(request: HttpRequest, sentence: str, to: str, *args, beside: str = "", **facts) -> HttpResponse:
    """It worked: the sentence and the facts for a script, else the sentence on the page the browser goes on to.

    It stands at the top of that page, or `beside` the field of this name, where a block looks for it.
    """
    if wants_json(request):
        return JsonResponse({"message": sentence, **facts})
    messages.success(request, sentence, extra_tags=beside)
    return back_or(request, to, *args)


def refused(request: HttpRequest, error: ShopError, to: str, *args, beside: str = "") -> HttpResponse:
    """It did not, and nothing was changed."""
    if wants_json(request):
        return JsonResponse({"error": error.sentence}, status=error.status)
    messages.error(request, error.sentence, extra_tags=beside)
    return back_or(request, to, *args)
