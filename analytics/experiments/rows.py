"""Units that are alike, summed up: a million of them are a few hundred rows, and every statistic follows from these."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from analytics.experiments.cuped import Paired
from analytics.experiments.samples import Ratio, Sample


class Row(NamedTuple):
    """So many participants, and the sums of what they did."""

    arm: str
    day: date
    crossed: bool
    reached: int
    before: int
    n: int
    revenue_cents: float
    revenue_squares: float
    refunded: float = 0  # participants who bought and were paid something back
    refunded_purchases: float = 0  # and what they bought
    with_error: float = 0  # participants who met an error at the checkout
    error_purchases: float = 0
    money_before: float = 0  # cents before the exposure, their squares, and their products with those after it
    money_before_squares: float = 0
    money_both: float = 0
    tickets: float = 0
    ticket_squares: float = 0
    purchases: float = 0
    purchase_squares: float = 0
    ticket_purchases: float = 0  # tickets by purchases of each participant
    timed: float = 0  # participants of whose pages the speed is known; of them the means and their squares
    load_ms: float = 0
    load_squares: float = 0


def share(rows: Iterable[Row], step: int) -> Sample:
    n = reached = 0
    for row in rows:
        n += row.n
        reached += row.n if row.reached >> step & 1 else 0
    return Sample.of_share(reached, n)


def money(rows: Iterable[Row]) -> Sample:
    return _summed(rows, lambda row: (row.n, row.revenue_cents, row.revenue_squares))


def speed(rows: Iterable[Row]) -> Sample:
    """Of the mean of each participant's pages: they are dealt to arms, not their pages."""
    return _summed(rows, lambda row: (row.timed, row.load_ms, row.load_squares))


def refunds_a_purchase(rows: Iterable[Row]) -> Ratio:
    """Who was paid back counts once, however often."""
    return _ratio(rows, lambda row: (row.refunded, row.refunded, *_bought(row), row.refunded_purchases))


def tickets_a_purchase(rows: Iterable[Row]) -> Ratio:
    return _ratio(rows, lambda row: (row.tickets, row.ticket_squares, *_bought(row), row.ticket_purchases))


def errors_a_try(rows: Iterable[Row]) -> Ratio:
    """Tries to order end in a purchase or in an error, of which everybody's count as one: some press ten times."""

    def tried(row: Row) -> tuple[float, ...]:
        wrong, both = row.with_error, row.error_purchases
        squares = row.purchase_squares + 2 * both + wrong
        return wrong, wrong, row.purchases + wrong, squares, both + wrong

    return _ratio(rows, tried)


def _bought(row: Row) -> tuple[float, float]:
    return row.purchases, row.purchase_squares


def _ratio(rows: Iterable[Row], of: Callable[[Row], tuple[float, ...]]) -> Ratio:
    n, sums = 0, [0.0] * 5
    for row in rows:
        n, sums = n + row.n, [a + b for a, b in zip(sums, of(row), strict=True)]
    return Ratio(n, *sums)


def _summed(rows: Iterable[Row], of: Callable[[Row], tuple[float, float, float]]) -> Sample:
    n = total = squares = 0.0
    for row in rows:
        more, sums, more_squares = of(row)
        n, total, squares = n + more, total + sums, squares + more_squares
    return Sample(int(n), total, squares)


def paired_share(rows: Iterable[Row], step: int) -> Paired:
    """A step after the exposure, y, and before it, x: both 0 or 1, so their squares are themselves."""
    n = y = x = both = 0
    for row in rows:
        after, before = row.reached >> step & 1, row.before >> step & 1
        n, y, x, both = n + row.n, y + row.n * after, x + row.n * before, both + row.n * (after & before)
    return Paired(n, y, y, x, x, both)


def paired_money(rows: Iterable[Row]) -> Paired:
    n, sums = 0, [0.0] * 5
    for row in rows:
        n += row.n
        more = (row.revenue_cents, row.revenue_squares, row.money_before, row.money_before_squares, row.money_both)
        sums = [a + b for a, b in zip(sums, more, strict=True)]
    return Paired(n, *sums)
