"""manage.py funnel: any funnel on the command line."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from analytics.answers.questions import FIELDS, UNITS, WEEK, Question, funnel_from, one_of, question_from
from analytics.answers.reports import FunnelReport, report
from analytics.exporting.exports import as_csv, as_json, as_table
from analytics.management.readiness import require_tables
from analytics.semantics.funnels import FUNNELS, SIX_STAGES, Attempt, Order
from analytics.semantics.notation import BadQuestion

FORMATS = ("table", "json", "csv")


class Command(BaseCommand):
    help = "Report a funnel: how many journeys reached each step, and how sure the rates are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--steps", help="steps joined by commas, a|b is either; more in docs/funnels.md")
        parser.add_argument("--funnel", help=f"{', '.join(FUNNELS)}, or a saved one (default: {SIX_STAGES.slug})")
        parser.add_argument("--window", help=f"from the first step to the last, as 45s, 30m, 1h, 7d (default: {WEEK})")
        parser.add_argument("--order", help=f"{', '.join(Order)} (default: {Order.ORDERED.value} with --steps)")
        parser.add_argument("--attempt", help=f"which attempt counts: {', '.join(Attempt)} (default: {Attempt.BEST})")
        parser.add_argument("--unit", default=UNITS[0], help=f"what counts: {', '.join(UNITS)}")
        parser.add_argument("--by", default="", help=f"split by {', '.join(FIELDS)}, or experiment:slug; several: a,b")
        parser.add_argument(
            "--attribute", default="", help="split by what an event said: first, last, or a step from 1"
        )
        for field in FIELDS:
            if field != "kind":
                parser.add_argument(f"--{field}", default="", help=f"only this {field}")
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
        if not options["format"] and answer.unread:
            self.stdout.write(f"\n{answer.unread:,} older journeys are left out: what their events said is not kept.")


def _question(options: dict[str, Any]) -> Question:
    one_of("format", options["format"] or FORMATS[0], FORMATS)
    asked = {name: options[name] for name in ("by", "attribute", "unit", *FIELDS)}
    return question_from(asked | {"from": options["first"], "to": options["last"]}, funnel_from(options))


def _drawn(answer: FunnelReport, form: str) -> str:
    if form == "json":
        return json.dumps(as_json(answer), indent=2, ensure_ascii=False)
    return as_csv(answer).rstrip("\n") if form == "csv" else as_table(answer)
