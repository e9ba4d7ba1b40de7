"""The results page of an experiment: what its address asks for, and all that the template draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from analytics.answers.asked import Asked
from analytics.experiments import after
from analytics.experiments.cards import ArmCard, Cell, StepRow, cards_of, question
from analytics.experiments.drops import Drop, Went
from analytics.experiments.metrics import Metric
from analytics.experiments.models import Unit
from analytics.experiments.planning import Plan, Traffic, plan_of, planned_step
from analytics.experiments.ramping import plan_in_words
from analytics.experiments.reading import Results, results_of, units_of
from analytics.screens import filters
from analytics.semantics.funnels import FUNNELS, Funnel
from journey.models import Experiment

MANY = 3  # arms, the control among them
SEGMENTS = ("device", "source", "visit", "browser")
IN_LIST = {name: f"{name}__exact" for name in SEGMENTS}  # as the list of journeys calls them


@dataclass(frozen=True, slots=True)
class PlanRow:
    plan: Plan
    is_worth: bool  # the smallest lift that matters to this experiment


class ResultsPage(Asked):
    """Whose units are counted is read from the address; days are not asked for: an experiment has its own."""

    usual_period = "all"

    def __init__(self, experiment: Experiment, params: Mapping[str, str]) -> None:
        super().__init__({name: value for name, value in params.items() if name in ("kind", *SEGMENTS)})
        self.experiment = experiment

    @property
    def segment(self) -> tuple[str, str] | None:
        return next(((name, self.params[name]) for name in SEGMENTS if self.params.get(name)), None)

    @cached_property
    def results(self) -> Results | None:
        return results_of(self.experiment, self.question.kinds, self.segment)

    @cached_property
    def units(self) -> "QuerySet[Unit]":
        return units_of(self.experiment, self.question.kinds, self.segment)

    @cached_property
    def cards(self) -> list[ArmCard]:
        return cards_of(self.results) if self.results else []

    @property
    def verdicts(self) -> list[tuple[ArmCard, str]]:
        """Every arm but the control, with the question it answers."""
        found = self.results
        return [(card, question(found, card.result.slug)) for card in self.cards[1:]] if found else []

    @property
    def has_many(self) -> bool:
        """Arms that are better seen side by side than one below the other."""
        return len(self.cards) > MANY

    @property
    def rows(self) -> list[list[tuple[ArmCard, StepRow]]]:
        """Step by step, each with all arms."""
        return [[(card, card.steps[k]) for card in self.cards] for k in range(len(self.cards[0].steps))]

    @property
    def rails(self) -> list[tuple[Metric, list[tuple[ArmCard, Cell]]]]:
        metrics = self.results.aims.guardrails if self.results else ()
        return [(m, [(card, card.rails[k]) for card in self.cards]) for k, m in enumerate(metrics)]

    @property
    def others(self) -> list[tuple[Metric, list[tuple[ArmCard, Cell]]]]:
        metrics = self.results.aims.secondary if self.results else ()
        return [(m, [(card, card.others[k]) for card in self.cards]) for k, m in enumerate(metrics)]

    @property
    def doubt(self) -> str:
        """What the evidence that holds at every look says of a split that looks odd today."""
        found = self.results
        if found is None or not found.split.doubtful:
            return ""
        odds = found.evidence if found.evidence >= 1 else 1 / max(found.evidence, 1e-9)
        return f"{odds:.0f} to 1 {'against' if found.evidence >= 1 else 'for'} the planned split"

    @cached_property
    def funnel(self) -> Funnel | None:
        return FUNNELS.get(self.experiment.funnel)

    @cached_property
    def _planned(self) -> tuple[Traffic, list[Plan]]:
        if self.funnel is None:
            return Traffic(0, 0, 0), []
        return plan_of(self.experiment, self.funnel, self.question.kinds)

    @property
    def traffic(self) -> Traffic:
        return self._planned[0]

    @property
    def plans(self) -> list[PlanRow]:
        worth = self.experiment.worth_percent / 100
        return [PlanRow(plan, plan.lift == worth) for plan in self._planned[1]]

    @property
    def rate(self) -> float:
        return 100 * self.traffic.rate

    @property
    def planned_label(self) -> str:
        return self.funnel.labels[planned_step(self.experiment, self.funnel)] if self.funnel else ""

    @property
    def counted(self) -> bool:
        """Whether a guardrail is counted in hundreds."""
        return any(metric.among for metric, _ in self.rails)

    @property
    def goal_label(self) -> str:
        return self.funnel.labels[self.funnel.goal] if self.funnel else ""

    @property
    def arms(self) -> int:
        return max(2, self.experiment.arms.count())

    @property
    def ramp(self) -> str:
        return plan_in_words(self.experiment)

    @cached_property
    def drop(self) -> Drop | None:
        if self.results is None:
            return None
        narrowed = {"kind__in": ",".join(sorted(self.question.kinds))}
        narrowed |= {IN_LIST[self.segment[0]]: self.segment[1]} if self.segment else {}
        return after.went_where(self.results, self.units, narrowed)

    @cached_property
    def support(self) -> list[after.Support]:
        arms = [card.result.slug for card in self.cards]
        return list(after.support_of(self.units, arms).values())

    @cached_property
    def medians(self) -> list[str]:
        """Time to the goal of the funnel, an arm."""
        found = after.medians(self.units, "goal_us")
        return [found.get(card.result.slug, "") for card in self.cards]

    @property
    def timed(self) -> list[tuple[ArmCard, str]]:
        return list(zip(self.cards, self.medians, strict=True))

    @property
    def lost(self) -> list[Went]:
        """Of all arms, in the order of the cards."""
        return list(self.drop.lost.values()) if self.drop else []

    @cached_property
    def segments(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Field → (value, address, chosen): the values its units have."""
        units = units_of(self.experiment, self.question.kinds)
        return [
            (
                name,
                [
                    (value, self._segment_url(name, value), self.segment == (name, value))
                    for value in units.order_by(name).values_list(name, flat=True).distinct()[:12]
                    if value
                ],
            )
            for name in SEGMENTS
        ]

    def _segment_url(self, name: str, value: str) -> str:
        return self.url(**{**dict.fromkeys(SEGMENTS, ""), name: "" if self.segment == (name, value) else value})

    @property
    def everyone(self) -> str:
        return self.url(**dict.fromkeys(SEGMENTS, ""))


def as_context(experiment: Experiment, params: Mapping[str, str]) -> dict[str, Any]:
    page = ResultsPage(experiment, params)
    return {
        "page": page,
        "experiment": experiment,
        "results": page.results,
        "filters": filters.of(page.question, "", [], page.url),
    }
