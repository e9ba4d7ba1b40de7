"""The journey inspector beside the phone: what its visitor has just done, as it is kept. For demos and for staff."""

from itertools import pairwise

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import get_script_prefix
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from journey.models import Arm, Event, Experiment, Touched
from journey.models.participant import code_of
from journey.steps import Stage, Step, act, part
from journey.trails import now_us

LATEST = 200
LAST_TRAIL = 2**63 - 1
QUIET_US = 30 * 60 * 1_000_000  # after so long without a step the next one begins another journey
KEPT_COOKIES = {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME}
TITLES = {
    Stage.WATCH: "Watch",
    Stage.INTEREST: "Interest",
    Stage.PROFILE_OR_CART: "Profile or cart",
    Stage.LINK: "Link",
    Stage.PURCHASE: "Purchase",
    Stage.SUPPORT: "Support",
}


def may_look(request: HttpRequest) -> bool:
    """Without a session nobody is staff, and nobody has to be asked for."""
    return settings.DEMO or (settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff)


@part
@never_cache
@require_safe
def panel(request: HttpRequest) -> HttpResponse:
    """The panel without its steps: who, in which arms, and the words of the instrument."""
    _refuse_others(request)
    context = {
        "code": code_of(_participant(request)),
        "arms": _arms(request.journey.design.arms),  # type: ignore[attr-defined]
        "stages": [(int(stage), title) for stage, title in TITLES.items()],
        "words": {step.value: [step.stage or 0, step.teller, step.meaning] for step in Step},
    }
    return render(request, "journey/inspector.html", context)


@part
@never_cache
@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """The latest stored steps of this visitor's journey, from trail `after` on, and whether all of them are counted."""
    _refuse_others(request)
    participant = _participant(request)
    stored = Event.objects.filter(participant_id=participant, trail__gte=_after(request)).select_related("context")
    events = _of_this_journey(list(stored.order_by("-at", "-trail", "-n")[:LATEST]))
    # Asked after the events: the mark of an event is stored with it, so without a mark all of these are counted.
    counted = not Touched.objects.filter(participant_id=participant).exists()
    answer = {"now": now_us() / 1000, "counted": counted, "steps": [_told(event) for event in events]}
    return JsonResponse(answer)


@act()
@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """Forget who this browser was: the next page meets somebody new. Who is signed in to the admin stays so."""
    _refuse_others(request)
    response = HttpResponseRedirect(get_script_prefix(), status=303)
    for name in request.COOKIES.keys() - KEPT_COOKIES:
        response.delete_cookie(name, samesite="Lax")
    return response


def _refuse_others(request: HttpRequest) -> None:
    if not may_look(request):
        raise PermissionDenied


def _participant(request: HttpRequest) -> int:
    return int(request.journey.participant)  # type: ignore[attr-defined]


def _after(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    return min(int(text), LAST_TRAIL) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def _arms(named: str) -> list[tuple[str, str]]:
    """(experiment, arm) as people call them, of "experiment=arm;…"."""
    slugs = dict(arm.split("=", 1) for arm in named.split(";") if arm)
    running = Arm.objects.filter(experiment__state=Experiment.State.RUNNING, experiment__slug__in=slugs)
    return [
        (arm.experiment.name, arm.variant.name if arm.variant else "Control")
        for arm in running.select_related("experiment", "variant").order_by("experiment__slug")
        if slugs[arm.experiment.slug] == arm.slug
    ]


def _of_this_journey(events: list[Event]) -> list[Event]:
    """Newest first, up to the first long pause."""
    for place, (later, earlier) in enumerate(pairwise(events), 1):
        if later.at - earlier.at > QUIET_US:
            return events[:place]
    return events


def _told(event: Event) -> dict[str, object]:
    """A trail's number is a text: it has more digits than a browser's numbers."""
    return {
        "trail": str(event.trail),
        "n": event.n,
        "at": event.at / 1000,
        "step": Step.of_letter(event.step).value,
        "props": event.props or {},
        "arms": event.context.arms,
    }
