"""What makes a funnel, as texts that a form or a row can hold."""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TypeVar

from analytics.semantics.funnels import Attempt, Funnel, Order
from analytics.semantics.notation import BadQuestion, listed, read, window_from

Word = TypeVar("Word", bound=StrEnum)
COUNTED = {field.name for field in fields(Funnel)} - {"slug", "name", "question", "labels", "counts"}


@dataclass(frozen=True, slots=True)
class Definition:
    """`line` is a funnel as notation.py writes it; `labels` may be empty, or name some of the steps."""

    line: str
    labels: tuple[str, ...] = ()
    window: str = "7d"
    order: str = "ordered"
    attempt: str = "best"

    def funnel(self, slug: str, name: str, question: str = "", key: str = "") -> Funnel:
        """Raises BadQuestion, in words, for what could not be counted."""
        window_us, order, attempt = window_from(self.window), _one(Order, self.order), _one(Attempt, self.attempt)
        written = read(self.line).as_kwargs()
        try:
            funnel = Funnel(
                slug, name, **written, window_us=window_us, order=order, attempt=attempt, question=question, counts=key
            )
        except ValueError as error:
            raise BadQuestion(str(error)) from None
        return replace(funnel, labels=self._labels(funnel.labels))

    def _labels(self, written: tuple[str, ...]) -> tuple[str, ...]:
        named = (*self.labels, *[""] * len(written))
        return tuple(label or step for label, step in zip(named, written, strict=False))


def _one(words: type[Word], text: str) -> Word:
    if text not in list(words):
        raise BadQuestion(f"There is no {words.__name__.lower()} “{text}”; choose from {listed(words)}.")
    return words(text)


def same_counts(one: Funnel, other: Funnel) -> bool:
    """Whether both count the same, whatever they are called."""
    return all(getattr(one, name) == getattr(other, name) for name in COUNTED)
