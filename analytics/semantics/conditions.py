"""Conditions on what an event says, as in `view_item[product=rose-serum|lip-butter,value>=2000]`. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from journey.steps import Step

FIRST_MARK = 0xE000  # Unicode leaves what follows to private use: no step has such a letter
MOST_MARKS = 256  # of one step
Props = Mapping[str, Any]
Alphabet = dict[str, dict[frozenset["Where"], str]]  # letter → what its events fulfil → how such an event is written


class Condition(NamedTuple):
    """Of one property: `=` is one of the values; `!=` is none, also if nothing is said; the others compare numbers."""

    name: str
    sign: str
    values: tuple[str, ...]

    def holds(self, props: Props) -> bool:
        said = props.get(self.name)
        if self.sign in ("=", "!="):
            return (as_text(said) in self.values) is (self.sign == "=")
        return type(said) in (int, float) and _COMPARE[self.sign](said, float(self.values[0]))

    def excludes(self, other: "Condition") -> bool:
        """Whether no event can fulfil both, as far as two lists of values tell."""
        alike = self.name == other.name and self.sign == other.sign == "="
        return alike and not {*self.values} & {*other.values}


class Where(NamedTuple):
    """A step, of which only the events count that fulfil all conditions."""

    step: Step
    conditions: tuple[Condition, ...]

    def holds(self, props: Props) -> bool:
        return all(condition.holds(props) for condition in self.conditions)

    def excludes(self, other: "Where") -> bool:
        return any(one.excludes(two) for one in self.conditions for two in other.conditions)


Asked = Step | Where
_COMPARE = {
    ">=": lambda said, asked: said >= asked,
    "<=": lambda said, asked: said <= asked,
    ">": lambda said, asked: said > asked,
    "<": lambda said, asked: said < asked,
}


def as_text(said: Any) -> str:
    """A property as it is written in a condition; empty where nothing is said."""
    if said is None:
        return ""
    return str(said).lower() if isinstance(said, bool) else str(said)


def alphabet_of(asked: Iterable[Asked]) -> Alphabet:
    """A mark for each set of conditions that an event of a letter could fulfil, always the same ones.

    Raises ValueError, in words, when there are too many.
    """
    wheres = sorted({one for one in asked if isinstance(one, Where)}, key=repr)
    alphabet: Alphabet = {}
    mark = FIRST_MARK
    for letter in dict.fromkeys(where.step.letter for where in wheres):
        alphabet[letter] = {}
        for some in _together([where for where in wheres if where.step.letter == letter]):
            alphabet[letter][some] = chr(mark)
            mark += 1
    return alphabet


def _together(wheres: list[Where]) -> list[frozenset[Where]]:
    """Every set of these that one event could fulfil, but for the empty one."""
    sets: list[frozenset[Where]] = [frozenset()]
    for where in wheres:
        sets += [some | {where} for some in sets if not any(where.excludes(other) for other in some)]
        if len(sets) > MOST_MARKS:
            raise ValueError(f"There are too many different conditions on {where.step}.")
    return sets[1:]


def letters_of(asked: Iterable[Asked], alphabet: Alphabet) -> frozenset[str]:
    """All that an event which takes one of these may be written as."""
    letters = set()
    for one in asked:
        if isinstance(one, Where):
            letters |= {mark for some, mark in alphabet[one.step.letter].items() if one in some}
        else:
            letters |= {one.letter, *alphabet.get(one.letter, {}).values()}
    return frozenset(letters)


def marked(alphabet: Alphabet, path: str, told: Iterable[Props]) -> str:
    """The path, with a mark for every event that fulfils conditions. `told`: what each event of the path says."""
    return "".join(_written(alphabet[letter], letter, props) if letter in alphabet else letter
                   for letter, props in zip(path, told, strict=True))  # fmt: skip


def _written(marks: dict[frozenset[Where], str], letter: str, props: Props) -> str:
    fulfilled = frozenset(where for where in frozenset().union(*marks) if where.holds(props))
    return marks[fulfilled] if fulfilled else letter
