"""What each block of a page contributes, as its page draws it."""

from typing import Any

from analytics.experiments.charts import forests
from analytics.experiments.omission import contributions
from analytics.experiments.pages import ResultsPage
from analytics.screens import filters
from analytics.semantics.funnels import Funnel
from journey.models import Experiment
from journey.omissions import in_words
from journey.steps import Step


def as_context(experiment: Experiment, names: dict[str, str], params: dict[str, str]) -> dict[str, Any]:
    page = ResultsPage(experiment, params)
    ranked = _ranked(page, {arm: in_words(name) for arm, name in names.items()})
    return {
        "page": page,
        "experiment": experiment,
        "results": page.results,
        "filters": filters.of(page.question, "", [], page.url),
        "ranked": ranked,
        "any_sure": any(row["one"].sure for row in ranked),
        "left_out": [in_words(name) for name in names.values()],
    }


def _ranked(page: ResultsPage, names: dict[str, str]) -> list[dict[str, Any]]:
    results = page.results
    if results is None or not results.n:
        return []
    found = contributions(results, names, _goal_in_words(results.funnel))
    adds = [one.adds for one in found]
    scale = forests(adds, whole=adds)
    return [
        {"one": one, "forest": scale(one.adds), "rate": 100 * one.arm.goal(results.funnel).sample.mean} for one in found
    ]


def _goal_in_words(funnel: Funnel) -> str:
    return "bought" if funnel.steps[funnel.goal] == {Step.PURCHASE} else f"came to “{funnel.labels[funnel.goal]}”"
