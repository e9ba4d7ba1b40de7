"""What can be chosen above the list: every choice is an option or a link, so the state is in the address."""

from dataclasses import dataclass

from analytics.experiments.members import PARAMETER
from analytics.listing.asked import COLUMNS, LENGTHS, PRESETS, SIGNS, WORDS, Narrowed
from analytics.listing.changelist import JourneyList
from analytics.listing.values import arms, known_values
from analytics.listing.words import in_days
from analytics.models import STAGES
from analytics.screens.filters import Choice
from journey.models import Participant

LISTED = ("device", "browser", "source", "visit", "study", "category")  # few values: a list to choose from
SIGN_WORDS = {
    "purchase": "bought",
    "ticket": "opened a ticket",
    "refund": "was paid back",
    "error": "met an error",
    "anger": "tapped in vain",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of journeys: chosen from a list, or typed with what is known as a help."""

    column: str
    name: str
    label: str
    value: str
    choices: list[str]
    is_list: bool


@dataclass(frozen=True, slots=True)
class Form:
    presets: list[Choice]
    stages: list[Choice]
    signs: list[Choice]
    kinds: list[Choice]
    lengths: list[Choice]
    arms: list[Choice]
    fields: list[Field]
    chips: list[Choice]  # what the list is narrowed to, each with the list without it
    more: int  # how many of those stand in the part that is folded away


def form_of(cl: JourneyList) -> Form:
    asked = cl.narrowed
    chips = _chips(cl, asked)
    return Form(
        [
            Choice(name, label, name == asked.days, cl.url(days=name, day__gte=None, day__lte=None))
            for name, (label, _) in PRESETS.items()
        ],
        [
            Choice("", "anything", not asked.stage),
            *(Choice(str(n), f"{n} {label}", n == asked.stage) for n, label in STAGES[1:]),
        ],
        [Choice(sign, SIGN_WORDS[sign], sign in asked.has, _toggled(cl, asked, sign)) for sign in SIGNS],
        _kinds(asked.kinds),
        _choices({name: label for name, (label, _, _) in LENGTHS.items()}, asked.length, "any"),
        _choices({arm: arm for arm in sorted({*arms(), asked.arm} - {""})}, asked.arm, "any"),
        _fields(asked),
        chips,
        sum(1 for chip in chips if chip.value not in ("stage__gte", "kind__in", "has")),
    )


def _toggled(cl: JourneyList, asked: Narrowed, sign: str) -> str:
    left = [one for one in SIGNS if (one in asked.has) != (one == sign)]
    return cl.url(has=",".join(left) or None)


def _choices(labels: dict[str, str], chosen: str, nothing: str) -> list[Choice]:
    return [
        Choice("", nothing, not chosen),
        *(Choice(value, label, value == chosen) for value, label in labels.items()),
    ]


def _kinds(asked: frozenset[str]) -> list[Choice]:
    labels = {"": "everyone", "visitor": "visitors"} | {kind: str(label) for kind, label in Participant.Kind.choices}
    chosen = ",".join(sorted(asked))
    return [Choice(kind, label, kind == chosen) for kind, label in ({chosen: chosen} | labels).items()]


def _fields(asked: Narrowed) -> list[Field]:
    known, values = known_values(), dict(asked.values)
    fields = []
    for column in COLUMNS:
        value = values.get(column, "")
        choices = known.get(column, [])
        choices = choices if value in (*choices, "") else [value, *choices]
        is_list = column in LISTED
        fields.append(Field(column, f"{column}__exact", WORDS.get(column, column), value, choices, is_list))
    return fields


def _chips(cl: JourneyList, asked: Narrowed) -> list[Choice]:
    said: list[tuple[str, str]] = []
    if asked.first or asked.last:
        said.append(("day__gte,day__lte,days", _days(asked)))
    if asked.stage:
        said.append(("stage__gte", f"reached {dict(STAGES)[asked.stage]}"))
    if asked.kinds:
        said.append(("kind__in", " and ".join(sorted(asked.kinds))))
    said += [(f"{column}__exact", f"{WORDS.get(column, column)}: {value}") for column, value in asked.values]
    said += [("arm", asked.arm)] if asked.arm else []
    said += [(PARAMETER, asked.exposed.sentence)] if asked.exposed else []
    said += [("length", LENGTHS[asked.length][0])] if asked.length else []
    if cl.query:
        said.append(("q", f"“{cl.query}”"))
    chips = [Choice(names, label, True, cl.url(**dict.fromkeys(names.split(",")))) for names, label in said]
    return chips + [Choice("has", SIGN_WORDS[sign], True, _toggled(cl, asked, sign)) for sign in asked.has]


def _days(asked: Narrowed) -> str:
    many = PRESETS[asked.days][1] if asked.days else None
    if many:
        return "today" if many == 1 else f"the last {many} days"
    return in_days(asked.first, asked.last)
