"""Numbers, flags, choices and words a variant may change, as templates write them: control, meaning, limits."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.text import smart_split

from journey import languages

TAG = re.compile(r"{%\s*(?:value|words)\s+(.+?)\s*%}")
NAMED = re.compile(r"([a-z_]+)=(.+)")
AS = "as"
RANGE = re.compile(r"(\d+)\.\.(\d+)")
LONGEST = 60  # letters of words whose tag names no other length
PLACE = re.compile(r"{(\w+)}")
UNPRINTED = re.compile(r"[\x00-\x1f\x7f]")


class UnclearValue(ValueError):
    """A template names a value in a way that cannot be read: a fault of the template, found by a test."""


@dataclass(frozen=True)
class Value:
    """`low` and `high` bound a number, or the letters of words; `choices` are the ones there are.

    The control of words is a text for each language; `places` are what the page fills in, as in "{left} to go".
    """

    name: str
    control: Any
    about: str = ""
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    used_in: list[str] = field(default_factory=list, compare=False)

    @property
    def is_words(self) -> bool:
        return isinstance(self.control, dict)

    @property
    def control_type(self) -> str:
        if self.is_words:
            return f"a text of at most {self.high} letters for {' or '.join(languages.codes())}"
        if isinstance(self.control, bool):
            return "yes or no"
        if isinstance(self.control, int):
            return f"a number from {self.low} to {self.high}"
        return f"one of {', '.join(self.choices)}"

    def problem(self, given: Any) -> str:
        """Why this cannot be given; empty when it can."""
        if self.is_words:
            return self._words_problem(self.read(given))
        fits = type(given) is type(self.control)
        if fits and self.choices:
            fits = given in self.choices
        elif fits and not isinstance(given, bool):
            fits = (self.low or 0) <= given and (self.high is None or given <= self.high)
        return "" if fits else self._refusal(repr(self.control))

    def read(self, given: Any) -> Any:
        """Words without a language are in the first one."""
        return {languages.first(): given} if self.is_words and isinstance(given, str) else given

    def _words_problem(self, given: Any) -> str:
        if not isinstance(given, dict) or not given or not all(self._fits(text) for text in given.values()):
            return self._refusal(f"“{self.control[languages.first()]}”")
        if foreign := [code for code in given if code not in languages.codes()]:
            return f"Value “{self.name}” has no language “{foreign[0]}”. Languages are: {', '.join(languages.codes())}."
        unknown = [place for text in given.values() for place in PLACE.findall(text) if place not in self.places]
        filled = " or ".join(f"{{{place}}}" for place in self.places) or "nothing"
        return f"Value “{self.name}” cannot fill in “{{{unknown[0]}}}”, but {filled}." if unknown else ""

    def _fits(self, text: Any) -> bool:
        return isinstance(text, str) and 0 < len(text.strip()) <= (self.high or 0) and not UNPRINTED.search(text)

    def _refusal(self, control: str) -> str:
        return f"Value “{self.name}” must be {self.control_type}; everyone sees {control}."


def values_in(text: str) -> Iterator[Value]:
    """Every {% value "name" control "meaning" "limits" %} of a template; limits are 0..20000, or a|b|c.

    And every {% words "name" "control" "meaning" letters de="…" place=… %}.
    """
    for tag in TAG.finditer(text):
        bits = list(smart_split(tag[1]))
        if AS in bits:
            bits = bits[: bits.index(AS)]
        named = {match[1]: match[2] for bit in bits if (match := NAMED.fullmatch(bit))}
        plain = [bit for bit in bits if not NAMED.fullmatch(bit)]
        try:
            name, control, *said = [ast.literal_eval(bit) for bit in plain]
            others = {code: ast.literal_eval(named.pop(code)) for code in languages.codes() if code in named}
        except (ValueError, SyntaxError):
            raise UnclearValue(f"Not a name, a control and two texts: {tag[1]}") from None
        if "words" in tag[0].partition(name)[0]:
            yield _words(name, {languages.first(): control} | others, *said, places=tuple(named))
        else:
            yield _value(name, control, *said)


def _words(
    name: str, control: dict[str, str], about: str = "", high: int = LONGEST, *, places: tuple[str, ...]
) -> Value:
    return Value(name, control, about, 1, high, places=places)


def _value(name: str, control: Any, about: str = "", limits: str = "") -> Value:
    if match := RANGE.fullmatch(limits):
        return Value(name, control, about, int(match[1]), int(match[2]))
    return Value(name, control, about, choices=tuple(limits.split("|")) if limits else ())


def together(found: Iterator[tuple[str, Value]]) -> dict[str, Value]:
    """(template, value) → by name. A value used twice says its meaning once, and the same control everywhere."""
    known: dict[str, Value] = {}
    for template, value in found:
        other = known.get(value.name)
        if other and other.control != value.control:
            raise UnclearValue(f"{value.name} is {other.control!r} and {value.control!r}")
        kept = value if other is None or (value.about and not other.about) else other
        used = [*(other.used_in if other else []), template]
        known[value.name] = replace(kept, used_in=used)
    return known


def over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """What a design draws over another: words language by language, everything else as a whole."""
    said = {
        name: {**below[name], **value} for name, value in above.items() if name in below and isinstance(value, dict)
    }
    return {**below, **above, **said}


def asked_names(values: Mapping[str, Any]) -> Iterator[str]:
    """Names as pages ask for them: words in a language of their own, for who reads another one sees no difference."""
    for name, value in values.items():
        yield from ((worded(name, code) for code in value) if isinstance(value, dict) else (name,))


def worded(name: str, language: str) -> str:
    return f"{name}@{language}"
