"""request.journey: what a view may ask of the instrument, and the middleware that hands it out."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import cached_property  # without the lock of functools

from journey import agents, arrivals, consent, facts, languages, previews, sink
from journey.identity import COOKIE, participant_of
from journey.kinds import recognised
from journey.models import Participant
from journey.models.participant import new_participant
from journey.nobody import trail_of_nobody
from journey.steps import Step
from journey.store import commit_fact
from journey.trails import Context, Trail, now_us, trail_number
from journey.values import worded
from journey.variants import Design, control, design_for

logger = logging.getLogger(__name__)

VISITOR = Participant.Kind.VISITOR.value
COOKIE_DAYS = 395  # 13 months
Value = TypeVar("Value")


class Journey:
    """One request's part of a walk. Everything is made when it is first asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._started = now_us()
        self._about: dict[str, Any] = {}
        self.asked: set[str] = set()  # slots and values this page was drawn from

    @cached_property
    def preview(self) -> tuple[str, Design] | None:
        """The name and the design that is looked at before anybody sees it; nothing is recorded meanwhile."""
        asked = previews.asked_for(self._request)
        return previews.design_of(self._request) if asked else None

    @cached_property
    def standing(self) -> consent.Standing:
        if self.preview:
            return consent.Standing(recorded=False, asks=False)
        return consent.standing_of(self._request)

    @property
    def is_recorded(self) -> bool:
        return self.standing.recorded

    @cached_property
    def question(self) -> str:
        """What the page asks about being recorded; empty for who has answered."""
        return consent.question_to(self.standing)

    @cached_property
    def known(self) -> int | None:
        """The number in the signed cookie, whether or not its owner may be recorded."""
        return participant_of(self._request)

    @cached_property
    def participant(self) -> int:
        """The number they came with, or a new one; who is not recorded has another one with every request."""
        if self.is_recorded and self.known is not None:
            return self.known
        self.is_new = self.is_recorded
        return new_participant()

    is_new = False
    is_left_out = False

    @cached_property
    def design(self) -> Design:
        """Who is not recorded sees the control: nothing on their device may remember an arm."""
        if self.preview:
            return self.preview[1]
        return design_for(self.participant, self._device, self.joined) if self.is_recorded else control()

    @cached_property
    def joined(self) -> tuple[str, ...]:
        """Experiments for certain arrivals that this participant takes part in since one of theirs."""
        return arrivals.joined(self._request)

    @property
    def _device(self) -> str:
        return agents.device_of(self._request.META.get("HTTP_USER_AGENT", ""))

    @cached_property
    def trail(self) -> Trail:
        if not self.is_recorded:
            return trail_of_nobody(self._started, self.participant)
        agent = self._request.META.get("HTTP_USER_AGENT", "")
        context = Context(
            agents.device_of(agent),
            agents.browser_of(agent),
            agents.source_of(self._request),
            self.design.arms,
            agents.campaign_of(self._request),
        )
        trail = Trail(self.participant, VISITOR, trail_number(self._started), self._started, context)
        return recognised(self._request, trail)

    def value(self, name: str, control: Value) -> Value:
        """A number or flag of the design; `control` is what everyone sees outside experiments."""
        self.asked.add(name)
        found: Value = self.design.values.get(name, control)
        return found

    @cached_property
    def language(self) -> str:
        """What the browser asks for; in a preview it may be another one."""
        seen = self._request.GET.get(previews.LANGUAGE) if self.preview else None
        return seen if seen in languages.codes() else languages.of(self._request)

    def words(self, name: str, control: dict[str, str]) -> str:
        """A text of the design in the language of the browser; `control` is what everyone reads, by language."""
        said: dict[str, str] = control | self.design.values.get(name, {})
        spoken = self.language if self.language in said else languages.first()
        self.asked |= {worded(name, self.language), worded(name, spoken)}
        return said[spoken]

    def design_stamp(self, names: frozenset[str]) -> tuple[str, str]:
        """The same for everyone whose language and design say the same of these slots, values and words."""
        return self.language, self.design.stamp(names)

    def blocks(self, slot: str, control: list[str]) -> list[str]:
        self.asked.add(slot)
        return self.design.slots.get(slot, control)

    def record(self, step: Step, **props: Any) -> None:
        """Telemetry: sent when the request ends, lost without harm when nothing can take it, or nobody may be told."""
        if self.is_recorded:
            self.trail.add(step, props)

    def about(self, **props: Any) -> None:
        """Properties for the event of this page, beside the keywords of its route."""
        self._about |= props

    def leave_out(self) -> None:
        """This time the page is not the place its view is marked as: nothing is recorded of it."""
        self.is_left_out = True

    def commit(self, step: Step, fact: str, *, participant: int | None = None, **props: Any) -> bool:
        """A fact: its event is part of the transaction around this call, and is made once for a step and code.

        `participant` is named when staff acts for a buyer: the fact belongs to the buyer's walk.
        """
        if participant is not None:
            return facts.commit(step, fact, participant=participant, **props)
        return commit_fact(self.trail, step, fact, props)

    @cached_property
    def token(self) -> str:
        """What the page carries for its beacon. Record acts before drawing: later numbers are the browser's."""
        return self.trail.token()

    def finish(self, view: Any, kwargs: dict[str, Any], response: HttpResponse) -> None:
        """Record the page if it was one, send what was recorded, and remember who it was."""
        if self.is_recorded and self._is_page(view, response):
            self.trail.begin(view.step, kwargs | self._about | self._exposed())
        if "trail" in self.__dict__ and self.trail.events:
            self._send()
        if "token" in self.__dict__ or self.__dict__.get("question"):
            # Drawn again from the browser's cache, it would number its events as before: they would count as repeated;
            # and it would ask again what was answered since.
            patch_cache_control(response, private=True, no_store=True)
        if "language" in self.__dict__:
            patch_vary_headers(response, ["Accept-Language"])
        if self.is_new:
            remember(response, self.participant)
        if "joined" in self.__dict__ and self.joined != arrivals.known_of(self._request):
            arrivals.remember(response, self.joined)
        if previews.PARAMETER in self._request.GET or self.preview:
            previews.keep(self._request, response, self.preview is not None)

    def _exposed(self) -> dict[str, str]:
        """The experiments this page is part of: it rides on the page's own event, so it is as safe as the page."""
        exposed = self.design.exposed(self.asked)
        return {"exposed": exposed} if exposed else {}

    def part_from(self, response: HttpResponse) -> None:
        """Nothing on the device says any more who this was, and nothing is recorded until they say yes."""
        response.delete_cookie(COOKIE, samesite="Lax")
        self.__dict__.pop("joined", None)  # or it would be remembered again
        arrivals.forget(response)
        consent.remember(response, yes=False)

    def _is_page(self, view: Any, response: HttpResponse) -> bool:
        is_place = hasattr(view, "step") and not self.is_left_out
        return is_place and self._request.method == "GET" and response.status_code == 200

    def _send(self) -> None:
        try:
            sink.send(self.trail.batch())
        except sink.SinkFull as error:
            # Measurement is a guest: the shop goes on, and says how much was lost.
            logger.error("%s events of a page were lost: %s", len(self.trail.events), error)


def remember(response: HttpResponse, participant: int) -> None:
    response.set_signed_cookie(
        COOKIE, str(participant), max_age=COOKIE_DAYS * 86_400, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


class JourneyMiddleware:
    """Puts `request.journey` on every request and records pages after they were answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.journey = Journey(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        match = request.resolver_match
        request.journey.finish(match.func if match else None, match.kwargs if match else {}, response)  # type: ignore[attr-defined]
        return response
