"""How a funnel is written on one line: `view_item,add_to_cart|view_cart:optional,!remove_from_cart,purchase:within=1h`.

Steps stand in order, with commas between them; a|b is either of them. `:optional` may be left out, `:within=10m` comes
at most so long after the last required step before it, `:after=30s` at least. `!a|b` must not happen before the next.
`view_item[product=rose-serum|lip-butter,value>=2000]` are only the events that say so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from analytics.semantics.attempts import Limit
from analytics.semantics.conditions import Asked, Condition, Where
from analytics.semantics.funnels import SECOND_US
from journey.steps import Step

WINDOW = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
OUTSIDE = r"(?![^\[\]]*\])"  # of brackets
STEP = re.compile(r"([^\[\]]*)(?:\[([^\[\]]*)\])?")
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
CONDITION = re.compile(r"\s*(\w+)\s*(>=|<=|!=|=|>|<)(.*)")
OF_A_JOURNEY = {"device", "browser", "source", "campaign", "visit", "study", "variant", "arms"}
SECONDS = (7 * 86_400, 86_400, 3_600, 60, 1)


class BadQuestion(ValueError):
    """Why a question cannot be answered, as a sentence that names what could be asked."""


@dataclass
class Written:
    """What a line says; the names are those of a Funnel."""

    steps: list[frozenset[Asked]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    optional: set[int] = field(default_factory=set)
    limits: dict[int, Limit] = field(default_factory=dict)
    without: dict[int, frozenset[Asked]] = field(default_factory=dict)

    def as_kwargs(self) -> dict[str, Any]:
        return {
            "steps": tuple(self.steps),
            "labels": tuple(self.labels),
            "optional": frozenset(self.optional),
            "limits": tuple(sorted(self.limits.items())),
            "without": tuple(sorted(self.without.items())),
        }


def read(line: str) -> Written:
    """Raises BadQuestion for what cannot be read."""
    written = Written()
    for item in (item.strip() for item in _split(",", line)):
        place = len(written.steps)
        if item.startswith("!"):
            written.without[place] = written.without.get(place, frozenset()) | _steps(item[1:])
            continue
        names, *says = _split(":", item)
        written.steps.append(_steps(names))
        written.labels.append(names.strip())
        for said in says:
            _say(written, place, said.strip())
    if len(written.steps) in written.without:
        raise BadQuestion("What must not happen stands before the step it must not come before: “a,!b,c”.")
    return written


def _say(written: Written, place: int, said: str) -> None:
    limit = written.limits.get(place, Limit())
    match said.partition("="):
        case "optional", "", "":
            written.optional.add(place)
        case "within", "=", window:
            written.limits[place] = limit._replace(most_us=window_from(window))
        case "after", "=", window:
            written.limits[place] = limit._replace(least_us=window_from(window))
        case _:
            raise BadQuestion(f"A step cannot be “{said}”; say :optional, :within=10m or :after=30s.")


def _split(mark: str, text: str) -> list[str]:
    return re.split(re.escape(mark) + OUTSIDE, text)


def _steps(names: str) -> frozenset[Asked]:
    return frozenset(_asked(name.strip()) for name in _split("|", names))


def _asked(text: str) -> Asked:
    match = STEP.fullmatch(text)
    if not match:
        raise BadQuestion(f"“{text}” is not a step; conditions stand behind its name, as in view_item[product=serum].")
    step = step_named(match[1].strip())
    return step if match[2] is None else Where(step, tuple(sorted(map(_condition, match[2].split(",")))))


def _condition(text: str) -> Condition:
    match = CONDITION.fullmatch(text)
    if not match:
        raise BadQuestion(f"“{text}” is not a condition; write it like product=serum, product=a|b or value>=2000.")
    name, sign, said = match.groups()
    if name in OF_A_JOURNEY:
        raise BadQuestion(f"An event does not say its {name}: that is known of a whole journey, and is a filter.")
    values = tuple(sorted({value.strip() for value in said.split("|")}))
    if sign not in ("=", "!=") and not (len(values) == 1 and NUMBER.fullmatch(values[0])):
        raise BadQuestion(f"“{said.strip()}” is not a number; {name} can be compared with one, as in {name}>=2000.")
    return Condition(name, sign, values)


def step_named(name: str) -> Step:
    try:
        return Step.named(name)
    except KeyError:
        raise BadQuestion(f"There is no step “{name}”; steps are {listed(Step)}.") from None


def window_from(text: str) -> int:
    """Microseconds of a window such as 90s, 30m, 1h, 1d12h or 2w."""
    match = WINDOW.fullmatch(text.strip())
    seconds = sum(int(n or 0) * unit for n, unit in zip(match.groups(), SECONDS, strict=True)) if match else 0
    if not seconds:
        raise BadQuestion(f"“{text}” is not a window; write it like 45s, 30m, 1h, 7d or 1d12h.")
    return seconds * SECOND_US


def listed(names: Iterable[str]) -> str:
    return ", ".join(names)
