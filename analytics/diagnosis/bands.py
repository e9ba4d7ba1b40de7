"""Benchmarks as rules read them: pure values, with what each is taken from."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from analytics.diagnosis.defaults import DEFAULTS
from analytics.shares import Share

ENOUGH_OTHERS = 3  # videos or products, for a median of one's own
ENOUGH_INPUTS = 30  # of each of them


@dataclass(frozen=True, slots=True)
class Band:
    limit: float
    typical: float
    source: str

    def is_below(self, share: Share) -> bool:
        """Sure to be below: the upper end of the interval is."""
        return share.high < self.limit

    def is_above(self, share: Share) -> bool:
        return share.low > self.limit


class Bands:
    """Key → band. `own` are the keys for which the shop's own median counts."""

    def __init__(self, bands: Mapping[str, Band], own: frozenset[str] = frozenset()) -> None:
        self._bands, self.own = bands, own

    def __getitem__(self, key: str) -> Band:
        return self._bands[key]

    def gate(self, what: str) -> int:
        return int(self[f"gate_{what}"].limit)

    def among(self, others: Mapping[str, list[Share]]) -> "Bands":
        """With the medians of others, for those keys that ask for them and where there are enough."""
        found = dict(self._bands)
        for key in self.own:
            rates = [share.value for share in others.get(key, []) if share.whole >= ENOUGH_INPUTS]
            if len(rates) >= ENOUGH_OTHERS and (middle := median(rates)):
                found[key] = Band(middle / 2, middle, f"half the median of {len(rates)} others in this shop")
        return Bands(found, self.own)


def default_bands() -> Bands:
    return Bands({row.key: Band(row.limit, row.typical or row.limit, row.source) for row in DEFAULTS})
