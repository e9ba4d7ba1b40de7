"""Every segment in two periods: which of their rates differ, with all segments and steps looked at together. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from analytics.answers.comparisons import Difference, difference, with_q
from analytics.answers.reports import FunnelReport, Line, Segment
from analytics.counts.tallies import Tally

Url = Callable[[int, str], str]  # the list of those of a segment who came to a step


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of a segment; the first step has no rate, and so no difference."""

    now: Line
    then: Line
    difference: Difference
    now_url: str = ""
    then_url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    value: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Segments:
    rows: list[Row]
    gone: list[Segment]  # that are only in the other period
    looked_at: int  # differences: what the q-values take into account

    @property
    def certain(self) -> list[tuple[str, Cell]]:
        return [(row.value, cell) for row in self.rows for cell in row.cells if cell.difference.certain]


def compared(now: FunnelReport, then: FunnelReport, now_url: Url, then_url: Url) -> Segments:
    """`now` as it is shown, its small segments summed up; `then` whole: those of the same name are compared."""
    named = {segment.value: segment for segment in then.segments}
    pairs = [(one, named.pop(one.value, _nobody(one))) for one in now.segments if one.values]
    rows = [_row(one, other, now_url, then_url) for one, other in pairs]
    if summed := next((segment for segment in now.segments if not segment.values), None):
        rest = Tally()
        for segment in named.values():
            rest.include(segment.tally)
        rows.append(_row(summed, Segment(summed.value, rest, summed.funnel), _nowhere, _nowhere))
        named = {}
    found = with_q([cell.difference for row in rows for cell in row.cells])
    remaining = iter(found)
    told = [
        Row(
            row.value,
            [replace(cell, difference=d) for cell, d in zip(row.cells, islice(remaining, len(row.cells)), strict=True)],
        )
        for row in rows
    ]
    return Segments(told, [*named.values()], sum(d.p is not None for d in found))


def _row(now: Segment, then: Segment, now_url: Url, then_url: Url) -> Row:
    return Row(
        now.value,
        [
            Cell(
                a,
                b,
                difference(a.of_previous, b.of_previous) if step else Difference(None, None),
                now_url(step, now.value) if a.count else "",
                then_url(step, now.value) if b.count else "",
            )
            for step, (a, b) in enumerate(zip(now.lines, then.lines, strict=True))
        ],
    )


def _nobody(like: Segment) -> Segment:
    return Segment(like.value, Tally(), like.funnel, like.values)


def _nowhere(step: int, value: str) -> str:
    return ""
