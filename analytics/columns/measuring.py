"""How far walks got in a funnel, and how long each step took them: `walking.walk` for many at once.

Few are walked by walking.py itself, and so are more while nothing is compiled: to load machine code takes about a
second, to make it about ten.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analytics.columns import compiled
from analytics.columns.plans import plans
from analytics.columns.walks import Ints, Walks, everyone, sealed
from analytics.semantics.funnels import Funnel
from analytics.semantics.walking import walk
from analytics.stats import BASE, bucket

FEW, MANY = 1_000_000, 10_000_000  # events, walked by walking.py: loading costs about as much, and so does compiling
LONGEST_US = 1 << 60
NONE = -1  # instead of a gap
_expected = 0  # events that this process was to walk


class Measured(NamedTuple):
    reached: Ints  # per walk, bits of the steps
    gaps: Ints  # per walk and step, microseconds since the last required step before; NONE if there are none
    entries: Ints  # per walk, the time of the first step; NONE if it was not taken


def measured(funnel: Funnel, walks: Walks, chosen: Ints | None = None) -> Measured:
    """Of every walk, or of the chosen ones."""
    chosen = everyone(walks) if chosen is None else chosen
    return (by_kernel if is_loaded() else by_walking)(funnel, walks, chosen)


def expect(events: int) -> None:
    """So many are about to be walked: load what is compiled, if that is worth it; compile it, if that is.

    Those that this process has walked before count as well: whoever has walked for as long as loading takes, and goes
    on, loads. So it never takes more than twice as long as if one had known beforehand.
    """
    global _expected
    _expected += events
    if not is_loaded() and _expected > (FEW if compiled.is_ready() else MANY):
        with suppress(ImportError):  # a machine for which there is no compiler
            warm_up()


def by_walking(funnel: Funnel, walks: Walks, chosen: Ints) -> Measured:
    found = _nothing(funnel, len(chosen))
    for row, (path, at) in enumerate(walks.each(chosen)):
        one = walk(funnel, path, at)
        found.reached[row] = one.reached
        found.gaps[row] = [NONE if gap is None else gap for gap in one.gaps]
        found.entries[row] = NONE if one.at[0] is None else one.at[0]
    return found


def by_kernel(funnel: Funnel, walks: Walks, chosen: Ints) -> Measured:
    kernels = _kernels()
    found = _nothing(funnel, len(chosen))
    for kernel, arguments in plans(funnel):
        kernels[kernel](walks.letters, walks.at, walks.bounds, walks.seen, chosen, *arguments, tuple(found))
    return found


def bucketed(gaps: Ints) -> npt.NDArray[np.int16]:
    """Their buckets as stats.bucket has them; NONE stays."""
    firsts, width = first_microseconds()
    if not is_loaded():
        return np.where(gaps < 0, NONE, np.searchsorted(firsts, gaps, side="right") - 1).astype(np.int16)
    from analytics.columns.kernels import buckets

    out = np.empty(gaps.shape, np.int16)
    buckets.bucketed(gaps, firsts, width, out)
    return out


def counted(group: Ints, buckets: npt.NDArray[np.int16], many: int, width: int) -> npt.NDArray[np.int64]:
    """How often each of `many` groups has each of `width` buckets at each step, by compiled code."""
    table = np.zeros((many, buckets.shape[1], width), np.int64)
    _kernels()["counted"](group, buckets, table)
    return table


def is_loaded() -> bool:
    return "analytics.columns.kernels.buckets" in sys.modules


def warm_up() -> None:
    """Compile what is not compiled yet, so that nobody has to wait for it."""
    if compiled.is_ready():
        _kernels()
        return
    with compiled.alone():
        _call_all()
        compiled.is_done()


def _call_all() -> None:
    from analytics.columns import distinguishing, onward
    from analytics.columns.samples import SAMPLES, WALKS

    for funnel in SAMPLES:
        taken = bucketed(by_kernel(funnel, WALKS, everyone(WALKS)).gaps)
        group = np.zeros(len(taken), np.int64)
        counted(group, taken, 1, int(taken.max()) + 1)
        _kernels()["summed"](group, (everyone(WALKS),) * 3, np.zeros((1, 4), np.int64))
    onward.call(WALKS)
    distinguishing.call(WALKS)


@cache
def first_microseconds() -> tuple[Ints, float]:
    """The first microsecond of every bucket, and the logarithm of a bucket's width."""
    firsts = [0]
    while firsts[-1] < LONGEST_US:
        b = len(firsts)
        first = max(firsts[-1] + 1, int(1000 * BASE ** (b - 1)))
        while bucket(first) >= b and first > firsts[-1] + 1:
            first -= 1
        while bucket(first) < b:
            first += 1
        firsts.append(first)
    return sealed(np.array(firsts, np.int64)), float(np.log(BASE))


def _nothing(funnel: Funnel, rows: int) -> Measured:
    gaps = np.full((rows, len(funnel.steps)), NONE, np.int64)
    return Measured(np.zeros(rows, np.int64), gaps, np.full(rows, NONE, np.int64))


def kernel(name: str) -> Callable[..., Any]:
    return _kernels()[name]


@cache
def _kernels() -> dict[str, Callable[..., Any]]:
    from analytics.columns.kernels import any_order, buckets, limited, onward, plain

    return {
        "plain": plain.in_order,
        "strict": plain.strict,
        "limited": limited.attempts,
        "any": any_order.complete,
        "counted": buckets.counted,
        "hops": onward.hops,
        "stays": onward.stays,
        "summed": buckets.summed,
    }
