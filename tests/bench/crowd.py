"""Many journeys as arrays, with a seed: what a month of a busy shop would leave, made in seconds.

A journey takes some of seven steps, mostly in their order, between views of videos and all the rest: about twenty
events. Nobody pauses for more than half an hour within one.
"""

from dataclasses import dataclass

import numpy as np

STEPS = (
    "video_view",
    "focused_view",
    "view_profile",
    "select_promotion",
    "view_item",
    "begin_checkout",
    "support_open",
)
LETTERS = b"jXFPAvKT"  # of no step (a scroll), and of those
GOES_ON = (0.55, 0.62, 0.70, 0.80, 0.38, 0.12)
DAYS, DAY_US, BEGIN = 30, 86_400_000_000, 1_790_035_200_000_000  # the first midnight
EVENTS = 20  # of a journey, on average
SHUFFLED = 0.06  # journeys whose steps lie in any order
LONGEST_PAUSE = 29 * 60.0


@dataclass(frozen=True)
class Crowd:
    bounds: np.ndarray  # journey j has the events from bounds[j] up to bounds[j + 1]
    step: np.ndarray  # 0: none of the seven
    at: np.ndarray  # microseconds, growing within a journey
    participant: np.ndarray
    video: np.ndarray

    @property
    def journey(self) -> np.ndarray:
        return np.repeat(np.arange(len(self.video), dtype=np.uint32), np.diff(self.bounds))

    @property
    def letters(self) -> np.ndarray:
        return np.frombuffer(LETTERS, np.uint8)[self.step]


def crowd(journeys: int, seed: int = 7) -> Crowd:
    dice = np.random.default_rng(seed)
    depth = 1 + np.cumprod(dice.random((journeys, len(GOES_ON))) < GOES_ON, axis=1).sum(axis=1)
    lengths = depth + dice.geometric(1 / (EVENTS - depth.mean() + 1), journeys) - 1
    bounds = np.concatenate(([0], np.cumsum(lengths)))
    step = _steps(dice, depth, lengths, bounds)
    starts, participant = _starts(dice, journeys)
    pauses = np.minimum(dice.lognormal(2.3, 1.3, bounds[-1]), LONGEST_PAUSE) * 1e6
    pauses[bounds[:-1]] = 0
    since = np.cumsum(pauses.astype(np.int64) + 1)
    at = since - np.repeat(since[bounds[:-1]], lengths) + np.repeat(starts, lengths)
    video = np.minimum(dice.zipf(1.3, journeys), 5_000)
    return Crowd(bounds, step, at, participant, video)


def _steps(dice, depth: np.ndarray, lengths: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """The steps of a journey lie at random places, the first at its beginning; half of the rest are views as well."""
    total = bounds[-1]
    mine = np.repeat(np.arange(len(depth)), lengths)
    luck = dice.random(total)
    luck[bounds[:-1]] = -1
    order = np.lexsort((luck, mine))
    is_step = np.zeros(total, bool)
    is_step[order] = np.arange(total) - bounds[:-1][mine] < depth[mine]
    taken = np.cumsum(is_step)
    step = np.where(is_step, taken - (taken[bounds[:-1]] - 1)[mine], 0).astype(np.uint8)
    step[~is_step & (dice.random(total) < 0.5)] = 1
    shuffled = (dice.random(len(depth)) < SHUFFLED)[mine] & (step > 1)
    step[shuffled] = dice.permutation(step[shuffled])
    return step


def _starts(dice, journeys: int) -> tuple[np.ndarray, np.ndarray]:
    """Everybody comes twice, the second time a day or more later."""
    participant = np.arange(journeys) // 2
    first = dice.integers(0, (DAYS - 4) * DAY_US, journeys)[participant * 2]
    later = np.where(np.arange(journeys) % 2, dice.integers(DAY_US, 4 * DAY_US, journeys), 0)
    return BEGIN + first + later, participant + 1
