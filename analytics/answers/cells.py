"""Which journeys a number counts: exactly those, and the address of their list."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from analytics.answers.addresses import params_of
from analytics.answers.followed import Followed, followed, segment_of
from analytics.answers.next_steps import Hop, hops_from, hops_to, matches
from analytics.answers.questions import Question, days_from, one_of
from analytics.answers.reports import OTHERS, SEGMENTS_SHOWN, report
from analytics.semantics.funnels import Funnel
from analytics.semantics.notation import BadQuestion

STATES = ("reached", "lost")
PARAMETERS = ("step", "state", "value", "on", "then")


@dataclass(frozen=True, slots=True)
class Cell:
    """Who reached a step (its place in the funnel, from 0), or was lost before it; narrowed to what else is given."""

    step: int = 0
    state: str = "reached"
    value: str = ""  # the segment, as the report calls it, or OTHERS; empty for all of them
    day: date | None = None  # on which they entered
    then: tuple[Hop, ...] = ()  # what came after the step that the lost ones had reached


def ids(question: Question, cell: Cell) -> list[int]:
    """Keys of the journeys behind a number; for participants, of all their journeys in the question's days.

    Where every attempt counts, a journey may be behind it more than once.
    """
    if question.walks_alone:
        return _keys(question, cell)
    return sorted({pk for unit in units(question, cell) for pk in unit.ids})


def ways(question: Question, cell: Cell) -> Counter[tuple[Hop, ...]]:
    """How many of those behind a number went which way, after the last required step before."""
    if not question.walks_alone:
        return Counter(tuple(unit.next_steps(question.funnel, cell.step)) for unit in units(question, cell))
    from analytics.columns import onward  # numpy: only where somebody asks

    narrowed = _narrowed(question, cell)
    return onward.tallied(question, cell.step, *narrowed, cell.day) if narrowed else Counter()


def _keys(question: Question, cell: Cell) -> list[int]:
    """The same from columns."""
    from analytics.columns import members, onward

    narrowed = _narrowed(question, cell)
    if not narrowed:
        return []
    if not cell.then:
        return members.keys(question, *narrowed, cell.day)
    return onward.keys(question, cell.step, *narrowed, cell.day, partial(matches, cell.then))


def _narrowed(question: Question, cell: Cell) -> tuple[Callable[[Any], Any], Callable[[tuple[str, ...]], bool]] | None:
    """Whether reached steps count, as columns or as a number, and whether values do; None where nobody can be."""
    _check_step(question, cell)
    in_segment = _segment(question, cell.value)
    wanted, unwanted = _bits(question.funnel, cell)
    if not wanted:
        return None
    return (
        lambda reached: reached & (wanted | unwanted) == wanted,
        lambda values: in_segment(segment_of(question.by, values)),
    )


def at_the_door(funnel: Funnel, step: int) -> Callable[[Any], Any]:
    """Whether reached steps, as columns or as a number, are those of who took a step or was lost before it."""
    before = _door(funnel, step)
    bits = 1 << step | (0 if before is None else 1 << before)
    return lambda reached: reached & bits != 0


def _bits(funnel: Funnel, cell: Cell) -> tuple[int, int]:
    """The steps that must have been reached, and those that must not; no steps where nobody can be."""
    if cell.state != "lost":
        return 1 << cell.step, 0
    before = _door(funnel, cell.step)
    return (0, 0) if before is None else (1 << before, 1 << cell.step)


def _door(funnel: Funnel, step: int) -> int | None:
    """The step from which one can be lost before this one."""
    return None if step in funnel.optional or step > funnel.goal else funnel.before(step)


def units(question: Question, cell: Cell) -> Iterator[Followed]:
    counts = _counting(question, cell)
    return (unit for unit in followed(question) if counts(unit))


def is_lost(question: Question, unit: Followed, step: int) -> bool:
    """Whether a unit came to the last required step before this one, and not to this one."""
    reached, before = unit.walked.reached, _door(question.funnel, step)
    return before is not None and bool(reached >> before & 1) and not reached >> step & 1


def _counting(question: Question, cell: Cell) -> Callable[[Followed], bool]:
    _check_step(question, cell)
    in_segment = _segment(question, cell.value)

    def counts(unit: Followed) -> bool:
        lost = cell.state == "lost"
        here = is_lost(question, unit, cell.step) if lost else bool(unit.walked.reached >> cell.step & 1)
        return (
            here
            and in_segment(unit.value)
            and cell.day in (None, unit.day)
            and (not cell.then or matches(cell.then, unit.next_steps(question.funnel, cell.step)))
        )

    return counts


def _check_step(question: Question, cell: Cell) -> None:
    if cell.step >= len(question.funnel.steps):
        raise BadQuestion(f"The funnel has {len(question.funnel.steps)} steps; there is no step {cell.step + 1}.")


def _segment(question: Question, value: str) -> Callable[[str], bool]:
    if value == OTHERS:
        listed = {segment.value for segment in report(question).segments[:SEGMENTS_SHOWN]}
        return lambda found: found not in listed
    return lambda found: value in ("", found)


def url(question: Question, cell: Cell) -> str:
    """The list of exactly these journeys."""
    return f"{reverse('admin:analytics_journey_changelist')}?{urlencode(params_of(question) | params_of_cell(cell))}"


def params_of_cell(cell: Cell) -> dict[str, str]:
    """Steps count from 1 where people read them."""
    params = {"step": str(cell.step + 1), "state": cell.state, "value": cell.value, "then": hops_to(cell.then)}
    params["on"] = str(cell.day) if cell.day else ""
    return {name: value for name, value in params.items() if value}


def cell_from(params: Mapping[str, str]) -> Cell | None:
    """The cell of an address, or None where no step is named. Raises BadQuestion."""
    if not params.get("step"):
        return None
    if not params["step"].isdecimal() or not 1 <= int(params["step"][:5]) <= 20:
        raise BadQuestion(f"There is no step “{params['step']}”; steps are numbered from 1.")
    return Cell(
        int(params["step"]) - 1,
        one_of("state", params.get("state") or "reached", STATES),
        params.get("value", ""),
        days_from(params.get("on", ""), "")[0],
        hops_from(params.get("then", "")),
    )
