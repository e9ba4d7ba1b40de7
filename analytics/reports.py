"""The funnel report: steps, rates, how sure they are, and the same per segment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from analytics.funnels import Funnel
from analytics.models import Journey
from analytics.questions import EXPERIMENT, NONE, Question
from analytics.sources import column, tallies
from analytics.stats import median, wilson
from analytics.tallies import Tally


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, and the 95 % Wilson interval of the rate behind it."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole

    @property
    def low(self) -> float:
        return wilson(self.part, self.whole)[0]

    @property
    def high(self) -> float:
        return wilson(self.part, self.whole)[1]


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


@dataclass(frozen=True, slots=True)
class Segment:
    value: str
    tally: Tally
    lines: list[Line]


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


def report(question: Question) -> FunnelReport:
    found, experiments = tallies(question), list[str]()
    total = _sum(found.values())
    if column(question.by) == "arms":
        experiments = sorted({pair.partition("=")[0] for arms in found for pair in arms.split(";") if pair})
        chosen = question.by.removeprefix(EXPERIMENT) if question.by != "variant" else next(iter(experiments), "")
        found = _by_arm(found, chosen)
    segments = [Segment(value or NONE, tally, lines_of(question.funnel, tally)) for value, tally in found.items()]
    segments.sort(key=lambda segment: (-segment.lines[0].count, segment.value))
    return FunnelReport(
        question,
        total.n,
        *total.sums,
        lines_of(question.funnel, total),
        segments if question.by else [],
        experiments,
        _simulated(question),
    )


def top(answer: FunnelReport, most: int) -> FunnelReport:
    """The same with its largest segments only; the rest is summed up as one."""
    rest = answer.segments[most:]
    if not rest:
        return answer
    tally = _sum(segment.tally for segment in rest)
    others = Segment(f"{len(rest)} others", tally, lines_of(answer.question.funnel, tally))
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


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.include(tally)
    return total


def _by_arm(found: Mapping[str, Tally], experiment: str) -> dict[str, Tally]:
    """Tallies per "experiment=arm" out of tallies per combination of arms; who was in no arm stands under ""."""
    arms: dict[str, Tally] = {}
    for combination, tally in found.items():
        mine = (pair for pair in combination.split(";") if pair.partition("=")[0] == experiment)
        arms.setdefault(next(mine, ""), Tally()).include(tally)
    return arms


def _simulated(question: Question) -> bool:
    if "simulated" not in question.kinds:
        return False
    return Journey.objects.between(question.first, question.last).of_kinds(["simulated"]).exists()
