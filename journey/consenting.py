"""Saying yes or no to being recorded, on any page and at any time: the answer is a fact with its event."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from journey import consent, middleware
from journey.models import Consent
from journey.models.participant import new_participant
from journey.steps import Step, act, part
from journey.store import commit_fact
from journey.tombstones import forgotten
from journey.trails import Context, Trail, now_us, trail_number

ANSWERS = {"yes": True, "no": False}


@act(Step.CONSENT)
@never_cache
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Back to the page it was said on, which is drawn anew with or without its trail."""
    if request.POST.get("answer") not in ANSWERS:
        return HttpResponseBadRequest("An answer is yes or no.")
    yes = ANSWERS[request.POST["answer"]]
    response = HttpResponseRedirect(_back(request), status=303)
    known = _known(request)
    if yes or known:
        participant = known or new_participant()
        say(participant, yes)
        middleware.remember(response, participant)
    consent.remember(response, yes)
    return response


@part
@require_safe
def gpc(request: HttpRequest) -> HttpResponse:
    """/.well-known/gpc.json, as the specification of Global Privacy Control has it: this site abides by it."""
    return JsonResponse({"gpc": True, "lastUpdate": "2026-11-26"})


@transaction.atomic
def say(participant: int, yes: bool) -> bool:
    """Keep the answer of a participant; False when it is the one they gave last."""
    version = consent.version()
    last = Consent.objects.filter(participant=participant).order_by("-pk").first()
    if last and (last.given, last.version) == (yes, version):
        return False
    now = now_us()
    trail = Trail(participant, middleware.VISITOR, trail_number(now), now, Context())
    commit_fact(trail, Step.CONSENT, str(trail.number), {"given": yes, "version": version})
    Consent.objects.create(participant_id=participant, given=yes, version=version, at=now)
    return True


def _known(request: HttpRequest) -> int | None:
    """The number they came with, unless it is one that was to be forgotten."""
    known: int | None = request.journey.known  # type: ignore[attr-defined]
    return known if known and not forgotten([known]) else None


def _back(request: HttpRequest) -> str:
    there = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return there if here and there.startswith("/") else get_script_prefix()
