"""Which of the six stages a journey reached: what `walk` says, several times as fast. Pure, like funnels."""

from collections.abc import Callable, Sequence
from functools import cache

from analytics.semantics.funnels import SIX_STAGES
from analytics.semantics.walking import walk


def reached(path: str, length_us: int, at: Callable[[], Sequence[int]]) -> int:
    """As bits, remembered per set of letters: `at` is asked for the times of long journeys alone.

    Stages have no step in common and come in any order, so within the window only what was done matters, not when.
    """
    if length_us > SIX_STAGES.window_us:
        return walk(SIX_STAGES, path, at()).reached
    return _of(frozenset(path))


@cache
def _of(letters: frozenset[str]) -> int:
    return walk(SIX_STAGES, "".join(sorted(letters)), [0] * len(letters)).reached
