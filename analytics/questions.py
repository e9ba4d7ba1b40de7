"""What may be asked of a funnel. A question that is not understood is refused in one sentence."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from analytics.funnels import FUNNELS, SECOND_US, SIX_STAGES, Funnel, Order
from journey.models import Context, Participant
from journey.steps import Step

UNITS = ("journey", "participant")
WEEK = "7d"
FIELDS = ("video", "product", "creator", "device", "browser", "source", "kind", "variant")
EXPERIMENT = "experiment:"
NONE = "(none)"  # how an empty value is written where an empty text would mean "all"
WINDOW = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
SECONDS = (7 * 86_400, 86_400, 3_600, 60, 1)


class BadQuestion(ValueError):
    """Why a question cannot be answered, as a sentence that names what could be asked."""


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
    """The funnel of steps, window and order; or a saved one by its name, whose window and order may be others."""
    window, order, steps = params.get("window"), params.get("order"), params.get("steps")
    if steps is not None:
        if params.get("funnel"):
            raise BadQuestion("Say either the steps or a saved funnel.")
        return funnel_of(steps, window or WEEK, order or Order.ORDERED)
    saved = funnel_named(params.get("funnel") or SIX_STAGES.slug)
    kept = order_from(order) if order else saved.order
    return replace(
        saved,
        window_us=window_from(window) if window else saved.window_us,
        order=kept,
        optional=saved.optional if kept is Order.ANY else frozenset(),
    )


def one_of(name: str, given: str, choices: tuple[str, ...]) -> str:
    if given not in choices:
        raise BadQuestion(f"There is no {name} “{given}”; choose from {_listed(choices)}.")
    return given


def funnel_named(slug: str) -> Funnel:
    if slug not in FUNNELS:
        raise BadQuestion(f"There is no funnel “{slug}”; funnels are {_listed(FUNNELS)}.")
    return FUNNELS[slug]


def funnel_of(steps: str, window: str, order: str) -> Funnel:
    """An ad-hoc funnel: steps joined by commas, sets of steps by bars, as in view_item,add_to_cart|view_cart."""
    labels = tuple(label.strip() for label in steps.split(","))
    sets = tuple(frozenset(_step(name.strip()) for name in label.split("|")) for label in labels)
    window_us, kept = window_from(window), order_from(order)
    try:
        return Funnel("asked", "Asked", sets, labels, window_us, kept)
    except ValueError as error:
        raise BadQuestion(str(error)) from None


def order_from(text: str) -> Order:
    if text not in list(Order):
        raise BadQuestion(f"There is no order “{text}”; orders are {_listed(Order)}.")
    return Order(text)


def _step(name: str) -> Step:
    try:
        return Step.named(name)
    except KeyError:
        raise BadQuestion(f"There is no step “{name}”; steps are {_listed(Step)}.") from None


def window_from(text: str) -> int:
    """Microseconds of a window such as 90s, 30m, 1h, 1d12h or 2w."""
    match = WINDOW.fullmatch(text.strip())
    seconds = sum(int(n or 0) * unit for n, unit in zip(match.groups(), SECONDS, strict=True)) if match else 0
    if not seconds:
        raise BadQuestion(f"“{text}” is not a window; write it like 45s, 30m, 1h, 7d or 1d12h.")
    return seconds * SECOND_US


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
        raise BadQuestion(f"There is no kind “{min(unknown)}”; kinds are {_listed(Participant.Kind.values)}, or all.")
    return kinds


def by_from(text: str) -> str:
    if text.startswith(EXPERIMENT):
        slug = text.removeprefix(EXPERIMENT)
        if not slug or not Context.objects.filter(arms__contains=f"{slug}=").exists():
            raise BadQuestion(f"No event has been part of an experiment “{slug}”.")
    elif text and text not in FIELDS:
        raise BadQuestion(f"Journeys cannot be split by “{text}”; fields are {_listed(FIELDS)}, or experiment:slug.")
    return text


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
