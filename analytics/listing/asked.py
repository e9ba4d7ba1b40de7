"""What the address of the list asks for. Names end like Django's lookups, so they never meet those of a report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from analytics.answers.questions import NONE, kinds_from
from analytics.counts.journeys import DAY_US, EPOCH
from analytics.experiments.members import PARAMETER, Members, members_from
from analytics.listing.letters import takes
from analytics.models import FIELDS, STAGES, Journey
from analytics.semantics.funnels import SECOND_US
from analytics.semantics.notation import BadQuestion, listed
from journey.steps import Step

COLUMNS = tuple(field for field in FIELDS if field != "arms")
WORDS = {"video": "entry video", "visit": "new or returning"}  # columns that are called otherwise
PRESETS = {"today": ("Today", 1), "7": ("7 days", 7), "30": ("30 days", 30), "all": ("All", None)}
ALL_DAYS = "all"
SIGNS = {
    "purchase": frozenset({Step.PURCHASE}),
    "ticket": frozenset({Step.SUPPORT_OPEN}),
    "refund": frozenset({Step.REFUND}),
    "error": frozenset({Step.CHECKOUT_ERROR, Step.FIELD_ERROR, Step.SCRIPT_ERROR}),
    "anger": frozenset({Step.RAGE_TAP, Step.DEAD_TAP}),
}
LENGTHS = {
    "10s": ("under 10 s", 0, 10),
    "1min": ("10 s to 1 min", 10, 60),
    "10min": ("1 to 10 min", 60, 600),
    "long": ("over 10 min", 600, None),
}
OURS: tuple[str, ...] = ("days", "day__gte", "day__lte", "stage__gte", "kind__in", "arm", "has", "length", "format")
OURS += (PARAMETER, *(f"{column}__exact" for column in COLUMNS))


@dataclass(frozen=True)
class Narrowed:
    """What the list is narrowed to. Days: both included, None is no limit; several signs are all asked for."""

    first: date | None = None
    last: date | None = None
    days: str = ALL_DAYS
    stage: int = 0
    kinds: frozenset[str] = frozenset()  # empty: everyone
    values: tuple[tuple[str, str], ...] = ()  # column of Journey, value
    arm: str = ""
    has: tuple[str, ...] = ()
    length: str = ""
    exposed: Members | None = None

    @property
    def can_be_estimated(self) -> bool:
        """Of paths, lengths and parts of texts a database has no statistics."""
        return not (self.has or self.length or self.arm or self.exposed)

    @property
    def may_be_rare(self) -> bool:
        """Whether it is narrowed by what no index leads to."""
        return bool(self.values or self.has or self.length or self.arm)

    def applied(self, rows: QuerySet[Journey]) -> QuerySet[Journey]:
        found = rows.filter(self._plain())
        if self.length:
            _, least, most = LENGTHS[self.length]
            found = found.annotate(took_us=F("stop") - F("start")).filter(took_us__gte=least * SECOND_US)
            found = found.filter(took_us__lt=most * SECOND_US) if most else found
        for sign in self.has:
            found = found.filter(takes(SIGNS[sign]))
        return found

    def _plain(self) -> Q:
        wanted = Q(**{column: "" if value == NONE else value for column, value in self.values})
        # Days by their times: the list is read in the order of `start`, and stops where the days end.
        wanted &= Q(start__gte=_begin_of(self.first)) if self.first else Q()
        wanted &= Q(start__lt=_begin_of(self.last + timedelta(days=1))) if self.last else Q()
        wanted &= Q(stage__gte=self.stage) if self.stage else Q()
        wanted &= Q(kind__in=sorted(self.kinds)) if self.kinds else Q()
        wanted &= self.exposed.journeys() if self.exposed else Q()
        return wanted & (in_arm(self.arm) if self.arm else Q())


def _begin_of(day: date) -> int:
    return (day.toordinal() - EPOCH) * DAY_US


def in_arm(arm: str) -> Q:
    """Journeys on whose events this arm stands; arms are joined by semicolons."""
    inside = Q(arms=arm) | Q(arms__startswith=f"{arm};") | Q(arms__endswith=f";{arm}")
    return inside | Q(arms__contains=f";{arm};")


def narrowed_from(params: Mapping[str, str], today: Callable[[], date] | None = None) -> Narrowed:
    """Raises BadQuestion, in one sentence, for what cannot be understood."""
    given = {name: params.get(name, "").strip() for name in OURS}
    first, last = _day(given["day__gte"]), _day(given["day__lte"])
    if first and last and first > last:
        raise BadQuestion(f"The first day, {first}, is after the last, {last}.")
    days = "" if first or last else given["days"] or ALL_DAYS
    if days and _one_of("period", days, PRESETS) and (many := PRESETS[days][1]):
        first = (today or _today)() - timedelta(days=many - 1)
    return Narrowed(
        first,
        last,
        days,
        _stage(given["stage__gte"]),
        kinds_from(given["kind__in"]) if given["kind__in"] else frozenset(),
        tuple((column, value) for column in COLUMNS if (value := given[f"{column}__exact"])),
        given["arm"],
        tuple(_one_of("sign", sign, SIGNS) for sign in given["has"].split(",") if sign),
        _one_of("length", given["length"], LENGTHS) if given["length"] else "",
        members_from(given[PARAMETER]) if given[PARAMETER] else None,
    )


def _today() -> date:
    return datetime.now(UTC).date()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadQuestion(f"“{text}” is not a day; write it like 2026-11-30.") from None


def _stage(text: str) -> int:
    known = {str(number): number for number, _ in STAGES}
    if text and text not in known:
        raise BadQuestion(f"There is no stage “{text}”; stages are numbered from 1 to {len(STAGES) - 1}.")
    return known[text or "0"]


def _one_of(name: str, given: str, choices: Mapping[str, object]) -> str:
    if given not in choices:
        raise BadQuestion(f"There is no {name} “{given}”; choose from {listed(choices)}.")
    return given
