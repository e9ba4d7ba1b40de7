"""The page that says of every step whether it is really recorded."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from analytics.answers.asked import Asked
from analytics.answers.questions import Question
from analytics.instrument.step_checks import Check, checks
from analytics.screens import filters
from analytics.screens.charts import duration
from journey.models import Participant
from journey.trails import now_us

# Whoever walks through the real pages: simulated steps prove nothing of them.
REAL = frozenset(Participant.Kind.values) - {Participant.Kind.SIMULATED.value}


class StepsPage(Asked):
    usual_period = "7"

    def _question(self) -> Question:
        asked = super()._question()
        return asked if self.params.get("kind") else replace(asked, kinds=REAL)

    @cached_property
    def rows(self) -> list[tuple[Check, str]]:
        """Each step, and how long ago it was last taken, in words."""
        now = now_us()
        return [(check, duration(max(0, now - check.last)) if check.last else "") for check in checks(self.question)]

    @property
    def impossible(self) -> list[Check]:
        return [check for check, _ in self.rows if check.impossible]

    @property
    def unseen(self) -> list[Check]:
        return [check for check, _ in self.rows if check.unseen]

    @property
    def empty(self) -> bool:
        return not any(check.n for check, _ in self.rows)

    @property
    def everything(self) -> str:
        return self.url(period="all", **{"from": "", "to": ""})

    @property
    def simulated(self) -> str:
        return self.url(kind="all")


def as_context(params: Mapping[str, str]) -> dict[str, Any]:
    page = StepsPage(params)
    return {"page": page, "filters": filters.of(page.question, page.period, [], page.url)}
