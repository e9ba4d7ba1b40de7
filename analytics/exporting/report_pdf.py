"""A report on paper: the question, the number with its interval, the picture, the table of segments."""

from typing import Any

from analytics.answers.reports import FunnelReport, Segment
from analytics.exporting.paper import INK, LINE, MAIN, MAIN_SOFT, MARGIN, SOFT, WARN, WIDTH, Paper
from analytics.screens.charts import Bar, bars
from analytics.shares import Whisker, whisker
from analytics.written import money

SEGMENTS = 60
LEGEND = (
    "The bars are shares of the first step; hatched is who was lost since the step before. Steps in a lighter hue may"
    " be left out. The lines under the rates are their 95 % intervals (Wilson)."
)
ROW, LOW_ROW = 9.4, 8.0  # twenty steps still fit on the first page
HEAD = 7.0
# Where the columns of the picture end, from the left margin.
LABEL, BAR, COUNT, PREVIOUS, FIRST, TIME = 43.0, 90.0, 103.0, 140.0, 160.0, WIDTH


def as_pdf(report: FunnelReport, about: dict[str, Any]) -> bytes:
    paper = Paper(about["question"], about["read"])
    paper.say(about["name"], 9, SOFT)
    paper.say(about["question"], 19, bold=True)
    paper.ln(2)
    _filters(paper, about["asked"])
    drawn = bars(report.question.funnel, report.lines)
    if not report.lines[0].count:
        paper.say(f"Nobody came to {report.lines[0].label} in these days.", 12, SOFT)
        return bytes(paper.output())
    _answer(paper, report, drawn)
    _funnel(paper, drawn)
    if report.segments:
        _segments(paper, report)
    return bytes(paper.output())


def _filters(paper: Paper, asked: dict[str, str]) -> None:
    for name, value in asked.items():
        y = paper.get_y()
        paper.put(MARGIN, y + 3.0, name, 8.5, SOFT)
        paper.set_xy(MARGIN + 22, y)
        paper.say(value, 8.5, width=WIDTH - 22)
    paper.ln(4)


def _answer(paper: Paper, report: FunnelReport, drawn: list[Bar]) -> None:
    goal, worst = drawn[report.question.funnel.goal], next((bar for bar in drawn if bar.line.biggest), None)
    y, third = paper.get_y(), WIDTH / 3
    figures = [(f"Got to {goal.line.label}", goal.of_first, INK)]
    if worst and worst.drop:
        figures.append((f"Most are lost before {worst.line.label}", worst.drop, WARN))
    for place, (words, share, colour) in enumerate(figures):
        x = MARGIN + place * third
        paper.put(x, y + 4, paper.fitted(words, third - 4, 8.5), 8.5, SOFT)
        paper.put(x, y + 12, percent(share.value) if share else "–", 20, colour, bold=True)
        paper.put(x, y + 17, _sure(share), 8.5, SOFT)
    x = MARGIN + 2 * third
    paper.put(x, y + 4, f"{report.question.unit.capitalize()}s, and what they spent", 8.5, SOFT)
    paper.put(x, y + 12, f"{report.units:,}", 20, bold=True)
    paper.put(x, y + 17, money(report.revenue_cents), 8.5, SOFT)
    paper.set_y(y + 24)


def _funnel(paper: Paper, drawn: list[Bar]) -> None:
    _heads(
        paper,
        ["Step", "", "Count", "Of the step before", "Of the first", "Median"],
        [0, BAR, COUNT, PREVIOUS, FIRST, TIME],
    )
    row = max(LOW_ROW, min(ROW, (paper.room - 12) / len(drawn)))
    for bar in drawn:
        if paper.room < row:
            paper.add_page()
        _step(paper, bar, paper.get_y(), row)
        paper.set_y(paper.get_y() + row)
    paper.ln(3)
    paper.say(LEGEND, 8, SOFT)


def _step(paper: Paper, bar: Bar, y: float, row: float) -> None:
    full, x = BAR - LABEL - 4, MARGIN + LABEL
    paper.put(MARGIN, y + 5.6, paper.fitted(bar.line.label, LABEL - 3, 9, bold=True), 9, bold=True)
    kept, before = full * bar.kept / 100, full * bar.before / 100
    paper.hatched(x + kept, y + 1.6, max(0.0, before - kept), row - 3.4)
    paper.block(
        x, y + 1.6, max(0.4, kept) if bar.line.count else 0, row - 3.4, MAIN_SOFT if bar.line.optional else MAIN
    )
    paper.put(MARGIN + COUNT, y + 5.6, f"{bar.line.count:,}", 9, bold=True, right=True)
    if bar.of_previous:
        _rate(paper, MARGIN + COUNT + 4, MARGIN + PREVIOUS, y, bar.of_previous)
    if bar.of_first:
        paper.put(MARGIN + FIRST, y + 5.6, percent(bar.of_first.value), 9, SOFT, right=True)
    paper.put(MARGIN + TIME, y + 5.6, bar.time, 9, SOFT, right=True)
    paper.hairline(y + row)


def _rate(paper: Paper, left: float, right: float, y: float, share: Whisker) -> None:
    """A rate, its interval in figures, and both on a line from 0 to 100 %."""
    few = f"n = {share.n}" if share.few else f"{share.low:.1f} to {share.high:.1f}"
    paper.put(right, y + 4.4, percent(share.value), 9, SOFT if share.few else INK, bold=not share.few, right=True)
    paper.put(left, y + 4.4, few, 7, SOFT)
    width = right - left
    paper.block(left, y + 6.5, width, 0.3, LINE)
    paper.block(left + width * share.low / 100, y + 6.0, max(0.5, width * share.width / 100), 1.3, MAIN_SOFT)
    paper.block(left + width * share.value / 100 - 0.3, y + 5.7, 0.6, 1.9, MAIN)


def _segments(paper: Paper, report: FunnelReport) -> None:
    goal = report.question.funnel.goal
    paper.add_page()
    paper.say(f"By {', '.join(report.question.by)}", 14, bold=True)
    paper.ln(3)
    heads = ["", report.lines[0].label, report.lines[goal].label, "Of the first", "95 % interval"]
    _heads(paper, heads, [0, 86, 114, 136, WIDTH])
    for segment in report.segments[:SEGMENTS]:
        if paper.room < 6.4:
            paper.add_page()
        _segment(paper, segment, goal, paper.get_y())
        paper.set_y(paper.get_y() + 6.4)
    if (more := len(report.segments) - SEGMENTS) > 0:
        paper.ln(2)
        paper.say(f"{more:,} smaller ones are not printed; the CSV has them.", 8, SOFT)


def _segment(paper: Paper, segment: Segment, goal: int, y: float) -> None:
    share = whisker(segment.lines[goal].of_first)
    paper.put(MARGIN, y + 4.4, paper.fitted(segment.value, 62, 9), 9)
    paper.put(MARGIN + 86, y + 4.4, f"{segment.lines[0].count:,}", 9, right=True)
    paper.put(MARGIN + 114, y + 4.4, f"{segment.lines[goal].count:,}", 9, right=True)
    if share:
        paper.put(
            MARGIN + 136, y + 4.4, percent(share.value), 9, SOFT if share.few else INK, bold=not share.few, right=True
        )
        paper.put(MARGIN + WIDTH, y + 4.4, f"{percent(share.low)} to {percent(share.high)}", 9, SOFT, right=True)
    paper.hairline(y + 6.4)


def _heads(paper: Paper, words: list[str], ends: list[float]) -> None:
    y = paper.get_y()
    for place, (word, end) in enumerate(zip(words, ends, strict=True)):
        width = 26 if place else LABEL
        paper.put(MARGIN + end, y + 4, paper.fitted(word, width, 8), 8, SOFT, right=place > 0)
    paper.hairline(y + HEAD - 1)
    paper.set_y(y + HEAD)


def percent(value: float) -> str:
    return f"{value:.1f} %"


def _sure(share: Whisker | None) -> str:
    return f"95 % sure: {percent(share.low)} to {percent(share.high)}" if share else ""
