"""What can be chosen on the funnel page: every choice is a link or an option, so the state is in the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from analytics import saved
from analytics.answers.asked import PERIODS
from analytics.answers.comparisons import COMPARED
from analytics.answers.questions import EXPERIMENT, FIELDS, UNITS, Question, default_kinds
from analytics.screens.glossary import TERMS
from journey.models import Participant

NARROWING = tuple(name for name in FIELDS if name != "kind")  # kinds have a choice of their own
ASKED = {"video": "entry video", "variant": "arm", "visit": "new or returning", "campaign": "campaign (UTM)"}
ATTRIBUTES = {"": "the journey's own", "first": "at the first step", "last": "at the last step taken"}
LIMITING = ("window", "order", "attempt")
Url = Callable[..., str]  # the page with some parameters changed


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A field that can be held to one value."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Filters:
    funnels: list[Choice]
    periods: list[Choice]
    fields: list[Choice]
    kinds: list[Choice]
    experiments: list[Choice]
    chips: list[Choice]  # whatever is not as usual, each with the page without it
    comparisons: list[Choice] = field(default_factory=list)
    units: list[Choice] = field(default_factory=list)
    attributes: list[Choice] = field(default_factory=list)
    inputs: list[Input] = field(default_factory=list)
    split_by: list[str] = field(default_factory=list)

    @property
    def narrowed(self) -> int:
        return sum(bool(one.value) for one in self.inputs)

    @property
    def split(self) -> str:
        """What it is split by, in the order in which the values stand in a row."""
        return ", ".join(self.split_by)


def of(
    question: Question, period: str, experiments: list[str], url: Url, params: Mapping[str, str] | None = None
) -> Filters:
    asked = params or {}
    compared = asked.get("compare") or ("own" if asked.get("compare_from") or asked.get("compare_to") else "")
    held = dict(question.only)
    return Filters(
        _funnels(question),
        [
            Choice(name, label, name == period, url(**{"period": name, "from": "", "to": ""}))
            for name, (label, _) in PERIODS.items()
        ],
        _fields(question.by),
        _kinds(question.kinds),
        _experiments(question.by, experiments, url),
        _chips(question, compared, asked, url),
        [
            Choice("", "nothing", not compared),
            *(Choice(name, label, name == compared) for name, label in COMPARED.items()),
        ],
        [Choice(unit, f"{TERMS[unit].name}s".lower(), unit == question.unit) for unit in UNITS],
        _attributes(question),
        [Input(name, ASKED.get(name, name), held.get(name, "")) for name in NARROWING],
        [ASKED.get(name, name) for name in fields_of(question.by)],
    )


def _fields(by: tuple[str, ...]) -> list[Choice]:
    written = dict(zip(fields_of(by), by, strict=True))
    return [Choice(written.get(name, name), ASKED.get(name, name), name in written) for name in FIELDS]


def fields_of(by: tuple[str, ...]) -> list[str]:
    return ["variant" if name.startswith(EXPERIMENT) else name for name in by]


def _funnels(question: Question) -> list[Choice]:
    known = [Choice(slug, funnel.name, funnel == question.funnel) for slug, funnel in saved.every_funnel().items()]
    return known if any(choice.chosen for choice in known) else [Choice("", "Asked in the address", True), *known]


def _attributes(question: Question) -> list[Choice]:
    named = ATTRIBUTES | {str(step): f"at step {step}: {label}" for step, label in enumerate(question.funnel.labels, 1)}
    return [Choice(name, label, name == question.attribute) for name, label in named.items()]


def _chips(question: Question, compared: str, asked: Mapping[str, str], url: Url) -> list[Choice]:
    chips = [
        Choice(name, f"{ASKED.get(name, name)}: {value}", True, url(**{name: ""})) for name, value in question.only
    ]
    for name in question.by:
        rest = ",".join(other for other in question.by if other != name)
        chips.append(Choice("by", f"split by {ASKED.get(name, name)}", True, url(by=rest, sort="", attribute="")))
    chips += [Choice(name, f"{name}: {asked[name]}", True, url(**{name: ""})) for name in LIMITING if asked.get(name)]
    if compared:
        nothing = {"compare": "", "compare_from": "", "compare_to": ""}
        chips.append(Choice("compare", f"against {COMPARED[compared]}", True, url(**nothing)))
    if question.unit != UNITS[0]:
        chips.append(Choice("unit", f"counting {TERMS[question.unit].name.lower()}s", True, url(unit="")))
    if question.kinds != default_kinds():
        chips.append(Choice("kind", f"who: {_named(question.kinds)}", True, url(kind="")))
    return chips


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
    if not left:
        return "everyone"
    return f"all but {left[0]}" if len(left) == 1 else ", ".join(sorted(asked))


def _experiments(by: tuple[str, ...], known: list[str], url: Url) -> list[Choice]:
    named = next((name.removeprefix(EXPERIMENT) for name in by if name.startswith(EXPERIMENT)), "")
    chosen = named or (next(iter(known), "") if "variant" in by else "")

    def split_by(slug: str) -> str:
        return ",".join(EXPERIMENT + slug if name == "variant" or name.startswith(EXPERIMENT) else name for name in by)

    return [Choice(slug, slug, slug == chosen, url(by=split_by(slug))) for slug in known]
