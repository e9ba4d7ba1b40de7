"""How a funnel is written on one line: `view_item,add_to_cart|view_cart:optional,!remove_from_cart,purchase:within=1h`.

Steps stand in order, with commas between them; a|b is either of them. `:optional` may be left out, `:within=10m` comes
at most so long after the last required step before it, `:after=30s` at least. `!a|b` must not happen before the next.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from analytics.attempts import Limit
from analytics.funnels import SECOND_US
from journey.steps import Step

WINDOW = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
SECONDS = (7 * 86_400, 86_400, 3_600, 60, 1)


class BadQuestion(ValueError):
    """Why a question cannot be answered, as a sentence that names what could be asked."""


@dataclass
class Written:
    """What a line says; the names are those of a Funnel."""

    steps: list[frozenset[Step]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    optional: set[int] = field(default_factory=set)
    limits: dict[int, Limit] = field(default_factory=dict)
    without: dict[int, frozenset[Step]] = field(default_factory=dict)

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
    for item in (item.strip() for item in line.split(",")):
        place = len(written.steps)
        if item.startswith("!"):
            written.without[place] = written.without.get(place, frozenset()) | _steps(item[1:])
            continue
        names, *says = item.split(":")
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


def _steps(names: str) -> frozenset[Step]:
    return frozenset(step_named(name.strip()) for name in names.split("|"))


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
