"""What can be chosen on the funnel page: every choice is a link or an option, so the state is in the address."""

from collections.abc import Callable
from dataclasses import dataclass

from analytics.funnels import FUNNELS
from analytics.questions import EXPERIMENT, FIELDS, Question, default_kinds
from journey.models import Participant

PERIODS = {"today": ("Today", 1), "7": ("7 days", 7), "30": ("30 days", 30), "all": ("All", None)}
USUAL_PERIOD = "30"
Url = Callable[..., str]  # the page with some parameters changed


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    funnels: list[Choice]
    periods: list[Choice]
    fields: list[Choice]
    kinds: list[Choice]
    experiments: list[Choice]
    only: list[Choice]  # the fields that are held to one value, each with the page without it


def of(question: Question, period: str, experiments: list[str], url: Url) -> Filters:
    return Filters(
        [Choice(slug, funnel.name, funnel == question.funnel) for slug, funnel in FUNNELS.items()],
        [
            Choice(name, label, name == period, url(**{"period": name, "from": "", "to": ""}))
            for name, (label, _) in PERIODS.items()
        ],
        _fields(question.by),
        _kinds(question.kinds),
        _experiments(question.by, experiments, url),
        [Choice(field, f"{field}: {value}", True, url(**{field: ""})) for field, value in question.only],
    )


def field_of(by: str) -> str:
    return "variant" if by.startswith(EXPERIMENT) else by


def _fields(by: str) -> list[Choice]:
    return [Choice("", "nothing", not by), *(Choice(field, field, field == field_of(by)) for field in FIELDS)]


def _kinds(asked: frozenset[str]) -> list[Choice]:
    usual, everyone = default_kinds(), frozenset(Participant.Kind.values)
    labels = {usual: " and ".join(sorted(usual, reverse=True)), everyone: "everyone"}
    for kind in Participant.Kind.values:
        labels.setdefault(frozenset({kind}), kind)
    labels.setdefault(asked, _named(asked))
    return [
        Choice("all" if kinds == everyone else ",".join(sorted(kinds)), label, kinds == asked)
        for kinds, label in labels.items()
    ]


def _named(asked: frozenset[str]) -> str:
    left = sorted({*Participant.Kind.values} - asked)
    return f"all but {left[0]}" if len(left) == 1 else ", ".join(sorted(asked))


def _experiments(by: str, known: list[str], url: Url) -> list[Choice]:
    named = by.removeprefix(EXPERIMENT)
    chosen = named if by.startswith(EXPERIMENT) else next(iter(known), "")
    return [Choice(slug, slug, slug == chosen, url(by=EXPERIMENT + slug)) for slug in known]
