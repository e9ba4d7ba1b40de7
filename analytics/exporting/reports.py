"""A report as a file: CSV, JSON, Parquet, PDF. Each says what was asked, or is named after it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse

from analytics.answers.questions import Question
from analytics.answers.reports import FunnelReport, report
from analytics.exporting.exports import as_csv, as_json
from analytics.exporting.report_rows import as_parquet
from analytics.exporting.told import told
from analytics.saved.written import line

Writer = Callable[[FunnelReport, dict[str, Any]], bytes]


def _json(answer: FunnelReport, about: dict[str, Any]) -> bytes:
    return json.dumps({"about": about} | as_json(answer), indent=2, ensure_ascii=False).encode()


def _csv(answer: FunnelReport, about: dict[str, Any]) -> bytes:
    return as_csv(answer).encode()


def _pdf(answer: FunnelReport, about: dict[str, Any]) -> bytes:
    # Half a second and 30 MB that no other page needs.
    from analytics.exporting.report_pdf import as_pdf

    return as_pdf(answer, about)


WRITERS: dict[str, tuple[str, str, Writer]] = {
    "csv": ("CSV", "text/csv; charset=utf-8", _csv),
    "json": ("JSON", "application/json", _json),
    "parquet": ("Parquet", "application/vnd.apache.parquet", as_parquet),
    "pdf": ("PDF", "application/pdf", _pdf),
}


def report_file(question: Question, format_: str) -> HttpResponse:
    """Every segment there is."""
    _, content_type, written = WRITERS[format_]
    headers = {"Content-Disposition": f'attachment; filename="funnel-{question.funnel.slug}.{format_}"'}
    return HttpResponse(written(report(question), about(question)), content_type, headers=headers)


def about(question: Question) -> dict[str, Any]:
    funnel = question.funnel
    return {
        "question": funnel.question or "How many came how far?",
        "name": funnel.name,
        "funnel": funnel.slug,
        "steps": line(funnel),
        "asked": told(question),
        "read": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
    }
