"""What a scheduled mail says: a funnel report by its address, or the digest of the week."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl

from django.db import DatabaseError
from django.urls import reverse

from analytics.answers.asked import PERIODS, Asked
from analytics.answers.questions import Question
from analytics.answers.reports import FunnelReport, report, top
from analytics.exporting.exports import as_csv
from analytics.mailing.digest import digest
from analytics.mailing.drawn import funnel_context
from analytics.mailing.letters import Letter, link
from analytics.mailing.models import Mail, Schedule

SEGMENTS = 8  # in the mail; all of them are in the file


class CannotWrite(Exception):
    """Why there is no mail, in a sentence."""


def letter_of(schedule: Schedule) -> Letter:
    """Raises CannotWrite."""
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    try:
        if schedule.what == Schedule.What.DIGEST:
            return digest(yesterday)
        return _report(schedule, yesterday)
    except DatabaseError as error:
        raise CannotWrite(f"The database did not answer: {error}") from error


def query_of(text: str) -> str:
    """The query string of an address, wherever it was copied from."""
    return text.strip().rpartition("?")[2].partition("#")[0]


def asked_by(text: str) -> Asked:
    return Asked(dict(parse_qsl(query_of(text))))


def _report(schedule: Schedule, yesterday: date) -> Letter:
    asked = asked_by(schedule.query)
    if asked.problem:
        raise CannotWrite(asked.problem)
    question = whole_days(asked, yesterday)
    answer = report(question)
    days = {"from": str(question.first or ""), "to": str(question.last or "")}
    address = reverse("admin:analytics_funnel") + asked.url(period="", format="", **days)
    context = funnel_context(answer) | {"by": _by(question), "segments": _segments(answer), "url": link(address)}
    name = f"{question.funnel.slug}-{yesterday}.csv"
    return Letter(Mail.Kind.REPORT, f"{schedule.name}: {_days(question)}", "report", context, name, as_csv(answer))


def _by(question: Question) -> str:
    """What the segments are of, in words."""
    fields = (question.by,) if isinstance(question.by, str) else question.by
    return " and ".join(fields)


def _segments(answer: FunnelReport) -> list[dict[str, object]]:
    """Per segment how many began, how many got to the goal, and the share with its interval."""
    goal = answer.question.funnel.goal
    return [
        {
            "name": segment.value,
            "first": segment.lines[0].count,
            "goal": segment.lines[goal].count,
            "share": segment.lines[goal].of_first,
        }
        for segment in top(answer, SEGMENTS).segments
    ]


def whole_days(asked: Asked, yesterday: date) -> Question:
    """Days that move with the date end yesterday: half a day in a mail would look like a fall."""
    question = asked.question
    length = PERIODS[asked.period][1] if asked.period else None
    if length is None:
        return question if asked.period == "" else replace(question, last=yesterday)
    return replace(question, first=yesterday - timedelta(days=length - 1), last=yesterday)


def _days(question: Question) -> str:
    first, last = question.first, question.last
    if first == last and first:
        return f"{first:%-d %B}"
    return f"{first:%-d %B} to {last:%-d %B}" if first and last else "all days"
