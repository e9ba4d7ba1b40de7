"""How an act is answered: by sending the browser on to a page it may reload."""

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


class SeeOther(HttpResponseRedirect):
    status_code = 303


def see_other(to: str, *args) -> SeeOther:
    return SeeOther(resolve_url(to, *args))


def back_or(request: HttpRequest, to: str, *args) -> SeeOther:
    """To the address in the form's `next` if it is one of ours, else to this page."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return SeeOther(wanted) if ours else see_other(to, *args)
