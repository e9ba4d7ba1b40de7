"""What the address of a page asks for: days, kinds and more, with the sentence about what was not understood."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from analytics.answers.questions import Question, funnel_from, question_from
from analytics.semantics.notation import BadQuestion

PERIODS = {"today": ("Today", 1), "7": ("7 days", 7), "30": ("30 days", 30), "all": ("All", None)}
USUAL_PERIOD = "30"


class Asked:
    """What is asked is read from `params`; what cannot be understood is said, and the usual is shown instead."""

    usual_period = USUAL_PERIOD

    def __init__(self, params: Mapping[str, str]) -> None:
        self.problem = ""
        self.params = {name: value for name, value in params.items() if value}
        try:
            self.question = self._question()
        except BadQuestion as problem:
            self.problem, self.params = str(problem), {}
            self.question = self._question()

    def _question(self) -> Question:
        asked = question_from(self.params, funnel_from(self.params))
        if self.params.get("period", self.usual_period) not in PERIODS:
            raise BadQuestion(f"There is no period “{self.params['period']}”; periods are {', '.join(PERIODS)}.")
        days = PERIODS[self.period][1] if self.period else None
        first = datetime.now(UTC).date() - timedelta(days=days - 1) if days else asked.first
        return replace(asked, first=first)

    @property
    def period(self) -> str:
        """The quick choice that is on; none when days were named."""
        if self.params.get("from") or self.params.get("to"):
            return ""
        return self.params.get("period", self.usual_period)

    def url(self, **changes: str) -> str:
        """This page with some of its parameters changed; an empty one is left out."""
        return "?" + urlencode({name: value for name, value in (self.params | changes).items() if value})
