"""What may be asked of a funnel. A question that is not understood is refused in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from analytics import saved
from analytics.semantics.funnels import SIX_STAGES, Attempt, Funnel, Order
from analytics.semantics.notation import BadQuestion, listed, read, window_from
from journey.models import Context, Participant

UNITS = ("journey", "participant", "event")
ATTRIBUTES = ("first", "last")  # or the number of a step
WEEK = "7d"
FIELDS = (
    *("video", "product", "creator", "category"),
    *("device", "browser", "source", "campaign"),
    *("visit", "study", "kind", "variant"),
)
OWN = {"kind", "visit", "study"}  # what no event says
EXPERIMENT = "experiment:"
NONE = "(none)"  # how an empty value is written where an empty text would mean "all"


@dataclass(frozen=True)
class Question:
    """A funnel, whose journeys, of which days (both included), and how they are split."""

    funnel: Funnel
    first: date | None = None
    last: date | None = None
    kinds: frozenset[str] = frozenset({"visitor"})
    by: tuple[str, ...] = ()  # each one of FIELDS, or "experiment:slug"; several are crossed
    only: tuple[tuple[str, str], ...] = ()  # (one of FIELDS, the value it must have)
    unit: str = "journey"
    attribute: str = (
        ""  # whose value splits: the walk's own, or that of "first", "last", or the event of a step, from "1"
    )

    @property
    def split(self) -> str:
        """What splits it, as it is written in an address."""
        return ",".join(self.by)

    @property
    def reads_values(self) -> bool:
        """Whether it is split by what single events say."""
        return bool(self.attribute) and any(map(is_said, self.by))

    @property
    def reads_events(self) -> bool:
        return self.reads_values or bool(self.funnel.alphabet)

    @property
    def walks_alone(self) -> bool:
        """Whether a unit's path and times say all of it, and each unit counts once: columns answer that."""
        return self.unit != "event" and not self.reads_events

    @property
    def counted_by(self) -> list[str]:
        """The fields that it asks about, each column once."""
        fields = {column(field): field for field in (*self.by, *(field for field, _ in self.only))}
        return list(fields.values())

    @property
    def counted(self) -> bool:
        """Whether counts answer it: they know one field at a time, and the kind."""
        return self.saved and len([field for field in self.counted_by if field != "kind"]) <= 1

    @property
    def saved(self) -> bool:
        """Whether its funnel is counted every day, for whatever field."""
        return self.unit == "journey" and not self.reads_values and saved.is_counted(self.funnel)


def column(field: str) -> str:
    """Where a journey keeps it."""
    return "arms" if field == "variant" or field.startswith(EXPERIMENT) else field


def says(field: str, value: str) -> bool:
    """Whether the value of a field's column says anything of the field: arms may be those of other experiments."""
    if field.startswith(EXPERIMENT):
        return f";{field.removeprefix(EXPERIMENT)}=" in f";{value}"
    return bool(value)


def is_said(field: str) -> bool:
    """Whether single events say it, and not only the journey as a whole."""
    return field not in OWN


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
        attribute_from(params.get("attribute", ""), funnel),
    )


def funnel_from(params: Mapping[str, str | None]) -> Funnel:
    """The funnel of steps, window, order and attempt; or a saved one by its name, of which these may be others."""
    window, order, steps = params.get("window"), params.get("order"), params.get("steps")
    attempt = params.get("attempt") or Attempt.BEST
    if steps is not None:
        if params.get("funnel"):
            raise BadQuestion("Say either the steps or a saved funnel.")
        return funnel_of(steps, window or WEEK, order or Order.ORDERED, attempt)
    named = funnel_named(params.get("funnel") or SIX_STAGES.slug)
    kept = order_from(order) if order else named.order
    try:
        return replace(
            named,
            window_us=window_from(window) if window else named.window_us,
            order=kept,
            optional=frozenset() if kept is Order.STRICT else named.optional,
            attempt=attempt_from(params.get("attempt") or named.attempt),
        )
    except ValueError as error:
        raise BadQuestion(str(error)) from None


def one_of(name: str, given: str, choices: tuple[str, ...]) -> str:
    if given not in choices:
        raise BadQuestion(f"There is no {name} “{given}”; choose from {listed(choices)}.")
    return given


def funnel_named(slug: str) -> Funnel:
    if funnel := saved.find(slug):
        return funnel
    raise BadQuestion(f"There is no funnel “{slug}”; funnels are {listed(saved.every_funnel())}.")


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


def attribute_from(text: str, funnel: Funnel) -> str:
    steps = len(funnel.steps)
    if text in ("", *ATTRIBUTES) or (text.isdecimal() and 1 <= int(text[:3]) <= steps):
        return text
    raise BadQuestion(f"The value of “{text}” is not known; choose first, last, or a step from 1 to {steps}.")


def by_from(text: str) -> tuple[str, ...]:
    """Fields joined by commas; the same one twice would say nothing more."""
    fields = tuple(dict.fromkeys(field.strip() for field in text.split(","))) if text else ()
    for field in fields:
        _check_field(field)
    return fields


def _check_field(field: str) -> None:
    if field.startswith(EXPERIMENT):
        slug = field.removeprefix(EXPERIMENT)
        if not slug or not Context.objects.filter(arms__contains=f"{slug}=").exists():
            raise BadQuestion(f"No event has been part of an experiment “{slug}”.")
    elif field not in FIELDS:
        raise BadQuestion(f"Journeys cannot be split by “{field}”; fields are {listed(FIELDS)}, or experiment:slug.")
