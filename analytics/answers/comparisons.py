"""Two periods side by side: which days the other one is, and which differences are more than chance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analytics.answers.questions import Question, days_from
from analytics.answers.reports import FunnelReport, Line, Share
from analytics.semantics.notation import BadQuestion, listed
from analytics.shares import FEW, Whisker, whisker
from analytics.stats import fisher, newcombe, q_values, two_shares

SURE = 0.05
Url = Callable[[int], str]  # the list of those who came to a step
COMPARED = {
    "previous": "previous period",
    "week": "same days last week",
    "month": "same days last month",
    "year": "same days last year",
    "own": "own dates",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Of two rates, later minus earlier; None where one of them is of nobody."""

    now: Share | None
    then: Share | None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    q: float | None = None

    @property
    def certain(self) -> bool:
        """All say so: enough were counted, the interval leaves out 0, and it survives the others looked at."""
        return self.q is not None and self.q <= SURE and not self.covers_nothing and not self.few

    @property
    def few(self) -> bool:
        return any(share is not None and share.whole < FEW for share in (self.now, self.then))

    @property
    def covers_nothing(self) -> bool:
        return self.low is None or self.high is None or self.low <= 0 <= self.high

    @property
    def words(self) -> str:
        if self.value is None:
            return "cannot be compared: nobody came to the step before"
        if self.certain:
            return "certainly higher" if self.value > 0 else "certainly lower"
        if not self.covers_nothing:
            why = f"fewer than {FEW} were counted" if self.few else "among several looked at, it may be chance"
            return f"perhaps {'higher' if self.value > 0 else 'lower'}: {why}"
        return "no difference that could not be chance"


@dataclass(frozen=True, slots=True)
class Step:
    line: Line
    before: Line  # the same step, in the other period
    difference: Difference  # of the shares of the step before
    reach: float = 1.0  # the largest bound of all differences: the end of the scale they are drawn on
    now_url: str = ""  # those who came to the step
    then_url: str = ""  # those of the other period who did

    @property
    def now(self) -> Whisker | None:
        return whisker(self.difference.now)

    @property
    def then(self) -> Whisker | None:
        return whisker(self.difference.then)

    @property
    def swing(self) -> tuple[float, float, float]:
        """Bounds and value of the difference on a line with 0 in the middle, in percent of its length."""
        d = self.difference
        low, high, value = (50 + 50 * (x or 0.0) / self.reach for x in (d.low, d.high, d.value))
        return low, high, value


def other_days(question: Question, params: Mapping[str, str], today: date) -> tuple[date, date] | None:
    """The days a question is compared with, or None when it is not. Raises BadQuestion."""
    own = days_from(params.get("compare_from", ""), params.get("compare_to", ""))
    asked = params.get("compare", "own" if any(own) else "")
    if not asked:
        return None
    if asked not in COMPARED:
        raise BadQuestion(f"There is no comparison “{asked}”; choose from {listed(COMPARED)}.")
    if asked == "own":
        return own[0] or own[1] or today, own[1] or own[0] or today
    if question.first is None:
        raise BadQuestion("All days have no days before them; choose a period, or name the days to compare with.")
    return _shifted(asked, question.first, question.last or today)


def _shifted(asked: str, first: date, last: date) -> tuple[date, date]:
    if asked == "previous":
        length = last - first + timedelta(days=1)
        return first - length, first - timedelta(days=1)
    if asked == "week":
        return first - timedelta(days=7), last - timedelta(days=7)
    months = 1 if asked == "month" else 12
    return months_before(first, months), months_before(last, months)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last one where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def on_days(question: Question, days: tuple[date, date]) -> Question:
    return replace(question, first=days[0], last=days[1])


def _nowhere(step: int) -> str:
    return ""


def compared(now: FunnelReport, then: FunnelReport, now_url: Url = _nowhere, then_url: Url = _nowhere) -> list[Step]:
    """Step by step; the q-values take all steps into account that have a difference."""
    pairs = list(zip(now.lines, then.lines, strict=True))
    # Nobody comes from anywhere to the first step.
    rates = [(a.of_previous, b.of_previous) if place else (None, None) for place, (a, b) in enumerate(pairs)]
    differences = with_q([difference(*both) for both in rates])
    reach = max((abs(x) for d in differences for x in (d.low, d.high) if x), default=1.0)
    return [
        Step(a, b, d, reach, now_url(place) if a.count else "", then_url(place) if b.count else "")
        for place, ((a, b), d) in enumerate(zip(pairs, differences, strict=True))
    ]


def with_q(differences: list[Difference]) -> list[Difference]:
    q = iter(q_values([d.p for d in differences if d.p is not None]))
    return [d if d.p is None else replace(d, q=next(q)) for d in differences]


def difference(now: Share | None, then: Share | None) -> Difference:
    if now is None or then is None:
        return Difference(now, then)
    low, high = newcombe(now.part, now.whole, then.part, then.whole)
    return Difference(now, then, now.value - then.value, low, high, _p_value(now, then))


def _p_value(now: Share, then: Share) -> float:
    """From z with the pooled share; from the exact test where z is known to be wrong, with less than 5 expected."""
    came = now.part + then.part
    rest = now.whole + then.whole - came
    if min(now.whole, then.whole) * min(came, rest) < 5 * (came + rest):
        return fisher(now.part, now.whole - now.part, then.part, then.whole - then.part)
    return two_shares(now.part, now.whole, then.part, then.whole)[1]
