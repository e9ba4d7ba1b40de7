"""The funnel report: steps, rates, how sure they are, and the same per segment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from analytics.answers.questions import EXPERIMENT, NONE, Question, column
from analytics.answers.sources import told
from analytics.answers.units import unread
from analytics.counts.tallies import Tally, gaps_without, sum_of
from analytics.models import StepCount
from analytics.semantics.funnels import Funnel
from analytics.shares import Share as Share
from analytics.stats import median

SEGMENTS_SHOWN = 50  # of the largest; the rest is summed up where there is no room for it
OTHERS = "(others)"  # how that rest is called in an address
Values = tuple[str, ...]  # one for each field something is split by


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a report. Shares are None where nobody could have come from."""

    label: str
    optional: bool
    count: int
    of_previous: Share | None  # of the last required step before
    of_first: Share | None
    median_us: float | None  # since the last required step before
    lost: int  # between the last required step before and this one; 0 for an optional one, and after the goal
    biggest: bool  # the step before which most are lost


@dataclass(frozen=True)
class Segment:
    value: str  # for people: several values stand in one row
    tally: Tally
    funnel: Funnel
    values: tuple[str, ...] = ()  # one for each field it is split by; none for what is summed up

    @cached_property
    def lines(self) -> list[Line]:
        """Of thousands of segments, only the first are shown."""
        return lines_of(self.funnel, self.tally)


@dataclass(frozen=True, slots=True)
class FunnelReport:
    question: Question
    units: int  # journeys or participants that were looked at
    revenue_cents: int
    said: int  # steps that were numbered in these journeys
    missing: int  # steps of them that never arrived
    lines: list[Line]
    segments: list[Segment]  # the largest first step first; empty when nothing is split
    experiments: list[str]  # that could be looked at, when split by variant
    simulated: bool  # whether simulated journeys are among them
    total: Tally  # what the lines were made of
    unread: int = 0  # journeys that were left out, as nobody knows any more what their events said


def report(question: Question) -> FunnelReport:
    total, found = told(question)
    experiments = _experiments(question.by, found)
    segments = [_segment(question.funnel, *one) for one in _by_arm(question.by, experiments, found).items()]
    segments.sort(key=lambda segment: (-segment.tally.count(0), segment.value))
    return FunnelReport(
        question,
        total.n,
        *total.sums,
        lines_of(question.funnel, total),
        segments if question.by else [],
        experiments,
        _simulated(question),
        total,
        unread(question),
    )


def top(answer: FunnelReport, most: int) -> FunnelReport:
    """The same with its largest segments only; the rest is summed up as one."""
    rest = answer.segments[most:]
    if not rest:
        return answer
    shown = [segment.tally for segment in answer.segments[:most]]
    tally = sum_of((segment.tally for segment in rest), lambda: gaps_without(answer.total, shown))
    others = Segment(f"{len(rest)} others", tally, answer.question.funnel)
    return replace(answer, segments=[*answer.segments[:most], others])


def lines_of(funnel: Funnel, tally: Tally) -> list[Line]:
    counts = [tally.count(step) for step in range(len(funnel.steps))]
    lost = [_lost(funnel, counts, step) for step in range(len(counts))]
    worst = max(lost)
    return [
        Line(
            label=funnel.labels[step],
            optional=step in funnel.optional,
            count=count,
            of_previous=_share(count, counts[before] if (before := funnel.before(step)) is not None else count),
            of_first=_share(count, counts[0]),
            median_us=median(tally.gaps.get(step, {})),
            lost=lost[step],
            biggest=lost[step] > 0 and lost.index(worst) == step,
        )
        for step, count in enumerate(counts)
    ]


def _lost(funnel: Funnel, counts: list[int], step: int) -> int:
    before = funnel.before(step)
    return 0 if before is None or step in funnel.optional or step > funnel.goal else counts[before] - counts[step]


def _share(part: int, whole: int) -> Share | None:
    return Share(part, whole) if whole else None


def _segment(funnel: Funnel, values: Values, tally: Tally) -> Segment:
    return Segment(" · ".join(value or NONE for value in values), tally, funnel, values)


def _experiments(by: Values, found: Iterable[Values]) -> list[str]:
    """Those that somebody of the found was in, where something is split by arms."""
    places = [place for place, field in enumerate(by) if column(field) == "arms"]
    arms = {pair for values in found for place in places for pair in values[place].split(";") if pair}
    return sorted({pair.partition("=")[0] for pair in arms})


def _by_arm(by: Values, experiments: list[str], found: Mapping[Values, Tally]) -> dict[Values, Tally]:
    """Tallies per "experiment=arm" out of tallies per combination of arms; who was in no arm stands under ""."""
    chosen = {
        place: field.removeprefix(EXPERIMENT) if field != "variant" else next(iter(experiments), "")
        for place, field in enumerate(by)
        if column(field) == "arms"
    }
    if not chosen:
        return dict(found)
    arms: dict[Values, Tally] = {}
    for values, tally in found.items():
        named = tuple(_arm(value, chosen[p]) if p in chosen else value for p, value in enumerate(values))
        arms.setdefault(named, Tally()).include(tally)
    return arms


def _arm(combination: str, experiment: str) -> str:
    return next((pair for pair in combination.split(";") if pair.partition("=")[0] == experiment), "")


def _simulated(question: Question) -> bool:
    if "simulated" not in question.kinds:
        return False
    # Every journey has a step, and of these there are a few rows a day: journeys without any take long to look through.
    return StepCount.objects.between(question.first, question.last).of_kinds(["simulated"]).exists()
