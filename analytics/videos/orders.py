"""Whose an order is, as long as something may still become of it."""

from typing import Any, NamedTuple

from analytics.videos.lines import Line, Lines, lines_in
from analytics.videos.sights import Props


class Order(NamedTuple):
    """Its lines, and up to when what became of it has been counted beside it."""

    lines: Lines
    told: int = 0

    def kept(self) -> list[Any]:
        """An order of one line is kept as all were before orders told their lines: [product, video, told]."""
        if len(self.lines) == 1:
            return [self.lines[0].product, self.lines[0].video, self.told]
        return [[[line.product, line.video, line.cents] for line in self.lines], self.told]

    @classmethod
    def of(cls, kept: list[Any]) -> "Order":
        lines, told = (kept[0], kept[1]) if len(kept) == 2 else ([kept[:2]], kept[2])
        return cls(tuple(Line(*line) for line in lines), told)

    def video_of(self, product: str) -> str:
        """The one that led to a product; to one that is not in the order, that of its first line."""
        return next((line.video for line in self.lines if line.product == product), self.lines[0].video)

    def lines_about(self, props: Props, product: str) -> Lines:
        """The lines that an event about the order is about: the product it names, those it tells, or all of them."""
        if product:
            return (Line(product, self.video_of(product)),)
        told = lines_in(props)
        return tuple(line._replace(video=self.video_of(line.product)) for line in told) or self.lines
