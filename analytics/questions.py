"""What may be asked of a funnel. A question that is not understood is refused in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from analytics.funnels import FUNNELS, SIX_STAGES, Attempt, Funnel, Order
from analytics.notation import BadQuestion, listed, read, window_from
from journey.models import Context, Participant

UNITS = ("journey", "participant")
WEEK = "7d"
FIELDS = ("video", "product", "creator", "device", "browser", "source", "kind", "variant")
EXPERIMENT = "experiment:"
NONE = "(none)"  # how an empty value is written where an empty text would mean "all"


@dataclass(frozen=True)
class Question:
    """A funnel, whose journeys, of which days (both included), and how they are split."""

    funnel: Funnel
    first: date | None = None
    last: date | None = None
    kinds: frozenset[str] = frozenset({"visitor"})
    by: str = ""  # one of FIELDS, or "experiment:slug"
    only: tuple[tuple[str, str], ...] = ()  # (one of FIELDS, the value it must have)
    unit: str = "journey"

    @property
    def saved(self) -> bool:
        """Whether counts answer it; otherwise journeys are walked."""
        return self.unit == "journey" and FUNNELS.get(self.funnel.slug) == self.funnel


def question_from(params: Mapping[str, str], funnel: Funnel) -> Question:
    """The question of a query string: from, to, by, kind, unit, and any field with the value it must have."""
    first, last = days_from(params.get("from", ""), params.get("to", ""))
    return Question(
        funnel,
        first,
        last,
        kinds_from(params.get("kind", "")),
        by_from(params.get("by", "")),
        tuple((field, params[field]) for field in FIELDS if field != "kind" and params.get(field)),
        one_of("unit", params.get("unit") or UNITS[0], UNITS),
    )


def funnel_from(params: Mapping[str, str | None]) -> Funnel:
    """The funnel of steps, window, order and attempt; or a saved one by its name, of which these may be others."""
    window, order, steps = params.get("window"), params.get("order"), params.get("steps")
    attempt = params.get("attempt") or Attempt.BEST
    if steps is not None:
        if params.get("funnel"):
            raise BadQuestion("Say either the steps or a saved funnel.")
        return funnel_of(steps, window or WEEK, order or Order.ORDERED, attempt)
    saved = funnel_named(params.get("funnel") or SIX_STAGES.slug)
    kept = order_from(order) if order else saved.order
    try:
        return replace(
            saved,
            window_us=window_from(window) if window else saved.window_us,
            order=kept,
            optional=frozenset() if kept is Order.STRICT else saved.optional,
            attempt=attempt_from(attempt),
        )
    except ValueError as error:
        raise BadQuestion(str(error)) from None


def one_of(name: str, given: str, choices: tuple[str, ...]) -> str:
    if given not in choices:
        raise BadQuestion(f"There is no {name} “{given}”; choose from {listed(choices)}.")
    return given


def funnel_named(slug: str) -> Funnel:
    if slug not in FUNNELS:
        raise BadQuestion(f"There is no funnel “{slug}”; funnels are {listed(FUNNELS)}.")
    return FUNNELS[slug]


def funnel_of(steps: str, window: str, order: str, attempt: str = Attempt.BEST) -> Funnel:
    """An ad-hoc funnel, its steps written as notation.py has it."""
    window_us, kept, counts = window_from(window), order_from(order), attempt_from(attempt)
    try:
        return Funnel("asked", "Asked", window_us=window_us, order=kept, attempt=counts, **read(steps).as_kwargs())
    except ValueError as error:
        raise BadQuestion(str(error)) from None


def order_from(text: str) -> Order:
    if text not in list(Order):
        raise BadQuestion(f"There is no order “{text}”; orders are {listed(Order)}.")
    return Order(text)


def attempt_from(text: str) -> Attempt:
    return Attempt(one_of("attempt", text, tuple(Attempt)))


def days_from(first: str, last: str) -> tuple[date | None, date | None]:
    days = _day(first), _day(last)
    if days[0] and days[1] and days[0] > days[1]:
        raise BadQuestion(f"The first day, {first}, is after the last, {last}.")
    return days


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadQuestion(f"“{text}” is not a day; write it like 2026-11-30.") from None


def default_kinds() -> frozenset[str]:
    """Bots, staff and testers stay apart; a demo counts its simulated month beside live clicks."""
    return frozenset({"visitor", "simulated"} if settings.DEMO else {"visitor"})


def kinds_from(text: str) -> frozenset[str]:
    """Kinds joined by commas, or "all"; nothing said means the default."""
    if not text:
        return default_kinds()
    if text == "all":
        return frozenset(Participant.Kind.values)
    kinds = frozenset(text.split(","))
    if unknown := kinds - set(Participant.Kind.values):
        raise BadQuestion(f"There is no kind “{min(unknown)}”; kinds are {listed(Participant.Kind.values)}, or all.")
    return kinds


def by_from(text: str) -> str:
    if text.startswith(EXPERIMENT):
        slug = text.removeprefix(EXPERIMENT)
        if not slug or not Context.objects.filter(arms__contains=f"{slug}=").exists():
            raise BadQuestion(f"No event has been part of an experiment “{slug}”.")
    elif text and text not in FIELDS:
        raise BadQuestion(f"Journeys cannot be split by “{text}”; fields are {listed(FIELDS)}, or experiment:slug.")
    return text
