"""What the templates of mails draw a funnel from."""

from typing import Any

from analytics.answers.reports import FunnelReport
from analytics.screens.charts import Links, bars


def funnel_context(report: FunnelReport) -> dict[str, Any]:
    """`drop` is the bar before which most are lost, if any are."""
    funnel = report.question.funnel
    drawn = bars(funnel, report.lines, Links())
    return {
        "report": report,
        "bars": drawn,
        "drop": next((bar for bar in drawn if bar.line.biggest), None),
        "first": report.lines[0],
        "goal": report.lines[funnel.goal],
    }
