"""manage.py funnel: any funnel on the command line."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from analytics.exports import as_csv, as_json, as_table
from analytics.funnels import FUNNELS, SIX_STAGES, Attempt, Order
from analytics.management.readiness import require_tables
from analytics.notation import BadQuestion
from analytics.questions import FIELDS, UNITS, WEEK, Question, funnel_from, one_of, question_from
from analytics.reports import FunnelReport, report

FORMATS = ("table", "json", "csv")


class Command(BaseCommand):
    help = "Report a funnel: how many journeys reached each step, and how sure the rates are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--steps", help="steps joined by commas, a|b is either; more in docs/funnels.md")
        parser.add_argument("--funnel", help=f"a saved funnel: {', '.join(FUNNELS)} (default: {SIX_STAGES.slug})")
        parser.add_argument("--window", help=f"from the first step to the last, as 45s, 30m, 1h, 7d (default: {WEEK})")
        parser.add_argument("--order", help=f"{', '.join(Order)} (default: {Order.ORDERED.value} with --steps)")
        parser.add_argument("--attempt", help=f"which attempt counts: {', '.join(Attempt)} (default: {Attempt.BEST})")
        parser.add_argument("--unit", default=UNITS[0], help=" or ".join(UNITS))
        parser.add_argument("--by", default="", help=f"split by {', '.join(FIELDS)}, or experiment:slug")
        parser.add_argument("--from", dest="first", default="", help="first day, as 2026-11-01")
        parser.add_argument("--to", dest="last", default="", help="last day, included")
        parser.add_argument("--kind", default="", help="kinds of participants joined by commas, or all")
        parser.add_argument("--format", default="", help=", ".join(FORMATS))

    def handle(self, *args: Any, **options: Any) -> None:
        require_tables()
        try:
            answer = report(_question(options))
        except BadQuestion as error:
            raise CommandError(str(error)) from None
        self.stdout.write(_drawn(answer, options["format"] or "table"))
        if not options["format"] and answer.simulated:
            self.stdout.write("\nSimulated journeys are counted too; --kind visitor leaves them out.")


def _question(options: dict[str, Any]) -> Question:
    one_of("format", options["format"] or FORMATS[0], FORMATS)
    asked = {name: options[name] for name in ("by", "kind", "unit")}
    return question_from(asked | {"from": options["first"], "to": options["last"]}, funnel_from(options))


def _drawn(answer: FunnelReport, form: str) -> str:
    if form == "json":
        return json.dumps(as_json(answer), indent=2, ensure_ascii=False)
    return as_csv(answer).rstrip("\n") if form == "csv" else as_table(answer)
