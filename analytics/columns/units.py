"""The units of a question as columns: journeys of its days and kinds, or all those of a participant as one walk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analytics.answers.questions import Question
from analytics.columns import days
from analytics.columns.day import Day
from analytics.columns.walks import Ints, Walks, sealed
from analytics.counts.tallies import SUMS

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Units:
    """The chosen walks of each part; every other column has an entry for each of them, in order."""

    parts: list[tuple[Walks, Ints]]
    pks: Ints  # of journeys; unit u has those from `firsts[u]` up to `firsts[u + 1]`
    firsts: Ints
    sums: dict[str, Ints]
    codes: dict[str, Ints]  # per column, of the first journey
    values: dict[str, list[str]]  # what they stand for

    def __len__(self) -> int:
        return len(self.firsts) - 1

    def where(self, column: str, accepts: Callable[[str], bool]) -> Flags:
        """Those whose value is accepted, which is asked once for each value."""
        accepted = np.array([accepts(value) for value in self.values[column]], np.bool_)
        return accepted[self.codes[column]] if len(accepted) else np.zeros(len(self), np.bool_)

    def only(self, wanted: Flags) -> "Units":
        parts, begin = [], 0
        for walks, chosen in self.parts:
            parts.append((walks, sealed(chosen[wanted[begin : begin + len(chosen)]])))
            begin += len(chosen)
        lengths = np.diff(self.firsts)
        return replace(
            self,
            parts=parts,
            pks=self.pks[np.repeat(wanted, lengths)],
            firsts=np.concatenate(([0], np.cumsum(lengths[wanted]))),
            sums={name: numbers[wanted] for name, numbers in self.sums.items()},
            codes={column: codes[wanted] for column, codes in self.codes.items()},
        )


def units(question: Question, columns: Sequence[str]) -> Units:
    """`columns`: whose values are wanted."""
    found = [(day, _of_kinds(day, question.kinds)) for day in days.between(question.first, question.last)]
    return _joined(found, columns) if question.unit == "participant" else _apart(found, columns)


Chosen = list[tuple[Day, Ints]]


def _of_kinds(day: Day, kinds: frozenset[str]) -> Ints:
    wanted = np.array([value in kinds for value in day.values("kind")], np.bool_)
    return sealed(np.flatnonzero(wanted[day.codes("kind")])) if len(wanted) else sealed(np.zeros(0, np.int64))


def _apart(found: Chosen, columns: Sequence[str]) -> Units:
    coded = {column: _coded(found, column) for column in columns}
    pks = _numbers(found, "pk")
    return Units(
        [(day.walks, chosen) for day, chosen in found],
        pks,
        np.arange(len(pks) + 1),
        {name: _numbers(found, name) for name in SUMS},
        {column: codes for column, (codes, _) in coded.items()},
        {column: values for column, (_, values) in coded.items()},
    )


def _joined(found: Chosen, columns: Sequence[str]) -> Units:
    """The journeys of a participant, one after the other; with the values of the first."""
    apart = _apart(found, columns)
    participants = _numbers(found, "participant")
    walks = _all(found)
    order = np.argsort(participants, kind="stable")  # days follow each other, and in each a participant's journeys do
    ordered = participants[order]
    firsts = np.flatnonzero(np.diff(ordered, prepend=-1))
    joined = walks.regrouped(order, firsts)
    return replace(
        apart,
        parts=[(joined, sealed(np.arange(len(firsts))))],
        pks=apart.pks[order],
        firsts=np.append(firsts, len(order)),
        sums={name: _summed(numbers[order], firsts) for name, numbers in apart.sums.items()},
        codes={column: codes[order][firsts] for column, codes in apart.codes.items()},
    )


def _summed(numbers: Ints, firsts: Ints) -> Ints:
    return np.add.reduceat(numbers, firsts) if len(firsts) else numbers


def _all(found: Chosen) -> Walks:
    """The chosen walks of all days as one."""
    picked = [day.walks.regrouped(chosen, np.arange(len(chosen))) for day, chosen in found]
    return Walks.joined(picked)


def _numbers(found: Chosen, name: str) -> Ints:
    return np.concatenate([np.zeros(0, np.int64), *(day.number(name)[chosen] for day, chosen in found)])


def _coded(found: Chosen, column: str) -> tuple[Ints, list[str]]:
    """Every day has numbered its values on its own; here they are numbered once."""
    numbers: dict[str, int] = {}
    codes = [np.zeros(0, np.int64)]
    for day, chosen in found:
        ours = [numbers.setdefault(value, len(numbers)) for value in day.values(column)]
        codes.append(np.array(ours, np.int64)[day.codes(column)[chosen]])
    return np.concatenate(codes), list(numbers)
