"""A funnel as its line again: so that one which is always there can be copied and changed."""

from analytics.saved.drafts import Draft, line_of
from analytics.semantics.attempts import Limit
from analytics.semantics.conditions import Asked
from analytics.semantics.funnels import SECOND_US, Funnel
from analytics.semantics.notation import SECONDS
from journey.steps import Step

UNITS = dict(zip(SECONDS, "wdhms", strict=True))
ORDER = {step: place for place, step in enumerate(Step)}


def line(funnel: Funnel) -> str:
    return line_of([_draft(funnel, k) for k in range(len(funnel.steps))])


def window(us: int) -> str:
    """As it is written: 1w, 30d, 1h30m."""
    left, text = us // SECOND_US, ""
    units = [(size, unit) for size, unit in UNITS.items() if unit != "w" or left % size == 0]
    for size, unit in units:
        many, left = divmod(left, size)
        text += f"{many}{unit}" if many else ""
    return text


def _draft(funnel: Funnel, k: int) -> Draft:
    limit = dict(funnel.limits).get(k, Limit())
    return Draft(
        takes=_names(funnel.steps[k]),
        without=_names(dict(funnel.without).get(k, frozenset())),
        optional=k in funnel.optional,
        within=window(limit.most_us) if limit.most_us is not None else "",
        after=window(limit.least_us) if limit.least_us else "",
        label=funnel.labels[k],
    )


def _names(steps: frozenset[Asked]) -> list[str]:
    """In the order of the vocabulary."""
    return [text for _, text in sorted(map(_place, steps))]


def _place(asked: Asked) -> tuple[int, str]:
    if isinstance(asked, Step):
        return ORDER[asked], asked.value
    said = ",".join(f"{name}{sign}{'|'.join(values)}" for name, sign, values in asked.conditions)
    return ORDER[asked.step], f"{asked.step.value}[{said}]"
