"""What came after a step, of many at once: the same as next_steps.py says of one after the other."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import numpy as np

from analytics.answers.next_steps import DEPTH, LEFT, QUIET_LETTERS, Hop, next_steps, place_at
from analytics.answers.questions import Question
from analytics.columns import measuring
from analytics.columns.doors import Moments, Values, each_part, in_cell, table, taking
from analytics.columns.units import Flags, Units
from analytics.columns.walks import Ints, Walks, everyone
from analytics.semantics.funnels import Funnel
from journey.steps import Step

LEFT_LETTER = 1  # as the kernel writes it
Counts = Callable[[Ints], Flags]
Wanted = Callable[[Values], bool]


def tallied(
    question: Question, step: int, counts: Counts, is_wanted: Wanted, day: date | None
) -> Counter[tuple[Hop, ...]]:
    """How many went which way."""
    codes = _codes(question.funnel, step, *in_cell(question, step, counts, is_wanted, day))
    ways, many = np.unique(codes, return_counts=True)
    return Counter({_named(way): n for way, n in zip(ways.tolist(), many.tolist(), strict=True)})


def keys(
    question: Question,
    step: int,
    counts: Counts,
    is_wanted: Wanted,
    day: date | None,
    fits: Callable[[tuple[Hop, ...]], bool],
) -> list[int]:
    """Of all journeys of those whose way fits."""
    found, moments = in_cell(question, step, counts, is_wanted, day)
    ways, mine = np.unique(_codes(question.funnel, step, found, moments), return_inverse=True)
    fitting = np.array([fits(_named(way)) for way in ways.tolist()], np.bool_)
    some = found.only(fitting[mine] if len(ways) else np.zeros(0, np.bool_))
    pks: list[int] = np.sort(some.pks).tolist()
    return pks


def _codes(funnel: Funnel, step: int, found: Units, moments: Moments) -> Ints:
    """Of each unit its next steps as one number."""
    letters = taking(funnel, step)
    by = by_kernel if measuring.is_loaded() else by_walking
    parts = [by(walks, chosen, arrived, letters) for walks, chosen, (arrived,) in each_part(found, moments.arrived)]
    return np.concatenate([np.zeros(0, np.int64), *parts])


def by_kernel(walks: Walks, chosen: Ints, arrived: Ints, letters: frozenset[str]) -> Ints:
    out = np.empty(len(chosen), np.int64)
    hops = measuring.kernel("hops")
    hops(walks.letters, walks.at, walks.bounds, chosen, arrived, table(letters), table(QUIET_LETTERS), out)
    return out


def call(walks: Walks) -> None:
    """For walks of which each begins at 0: that the kernel is compiled."""
    by_kernel(walks, everyone(walks), np.zeros(len(walks), np.int64), frozenset())


def by_walking(walks: Walks, chosen: Ints, arrived: Ints, letters: frozenset[str]) -> Ints:
    ways = [
        next_steps(path[place_at(letters, moment, path, at) + 1 :])
        for (path, at), moment in zip(walks.each(chosen), arrived.tolist(), strict=True)
    ]
    return np.array([_code(way) for way in ways], np.int64)


def _code(way: list[Hop]) -> int:
    letters = [LEFT_LETTER if hop == LEFT else ord(Step.named(hop).letter) for hop in way]
    return int.from_bytes(bytes(letters).ljust(DEPTH, b"\0"))


def _named(code: int) -> tuple[Hop, ...]:
    letters = (letter for letter in code.to_bytes(DEPTH) if letter)
    return tuple(LEFT if letter == LEFT_LETTER else Step.of_letter(chr(letter)).value for letter in letters)
