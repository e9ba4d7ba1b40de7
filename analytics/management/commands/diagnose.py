"""Why something does not sell, on the command line; and how often the rules are right about known causes."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from analytics.answers.questions import kinds_from
from analytics.diagnosis.asking import picture_of, today
from analytics.diagnosis.cards import written
from analytics.diagnosis.evidence import money
from analytics.diagnosis.judging import judge
from analytics.diagnosis.scoring import EXPECTED, JOURNEYS, Score, lines, runs, score
from analytics.diagnosis.verdicts import Need, Verdict
from analytics.management.readiness import require_tables
from analytics.semantics.notation import BadQuestion

PAGE = Path(settings.BASE_DIR, "docs", "diagnosis.md")


class Command(BaseCommand):
    help = "Say why a video, a product or the shop does not sell; or score the rules on planted faults."

    def add_arguments(self, parser: ArgumentParser) -> None:
        about = parser.add_mutually_exclusive_group()
        about.add_argument("--video", default="", help="the slug of a video")
        about.add_argument("--product", default="", help="the slug of a product; with neither, the whole shop")
        about.add_argument("--score", action="store_true", help="plant every fault and print the confusion table")
        parser.add_argument("--from", dest="first", default="", help="first day, like 2026-11-01")
        parser.add_argument("--to", dest="last", default="", help="last day, included")
        parser.add_argument("--kind", default="", help="whose steps: visitor, simulated, or all")
        parser.add_argument("--format", choices=["table", "json"], default="table")
        parser.add_argument("--seeds", type=int, default=1, help="with --score: how often each fault is planted (1)")
        parser.add_argument("--jobs", type=int, default=1, help="with --score: processes at once (1)")
        parser.add_argument("--write", action="store_true", help="with --score: put the table into docs/diagnosis.md")
        parser.add_argument("--faults", default="", help="with --score: only these, joined by commas")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["score"]:
            self._score(options)
            return
        require_tables()
        verdicts = self._verdicts(options)
        if options["format"] == "json":
            text = orjson.dumps([as_json(verdict) for verdict in verdicts], option=orjson.OPT_INDENT_2).decode()
        else:
            text = "\n\n".join("\n".join(as_lines(verdict)) for verdict in verdicts)
        self.stdout.write(text)

    def _verdicts(self, options: dict[str, Any]) -> list[Verdict]:
        first, last = (_day(options[name]) for name in ("first", "last"))
        try:
            picture = picture_of(first, last, kinds_from(options["kind"]))
        except BadQuestion as problem:
            raise CommandError(str(problem)) from None
        for about, known in (("video", picture.videos), ("product", picture.products)):
            if options[about] and options[about] not in known:
                raise CommandError(f"Nobody has met a {about} {options[about]!r} in these days.")
        if options["video"]:
            case = picture.of_video(options["video"])
        else:
            case = picture.of_product(options["product"]) if options["product"] else picture.of_shop()
        return judge(case, last or today())

    def _score(self, options: dict[str, Any]) -> None:
        faults = [name for name in options["faults"].split(",") if name] or list(EXPECTED)
        if unknown := [name for name in faults if name not in EXPECTED]:
            raise CommandError(f"There is no fault {unknown[0]!r}; faults are {', '.join(EXPECTED)}.")
        if options["seeds"] < 1:
            raise CommandError("--seeds is 1 or more.")

        def heard(found: Score, fault: str, seed: int, verdict: str) -> None:
            self.stderr.write(f"{fault} {seed}: {verdict or 'nothing broken'}")
            if options["write"]:  # after every run: what is interrupted has not been for nothing
                PAGE.write_text(with_table(PAGE.read_text(), "\n".join(lines(found)), options["seeds"]))

        found = score(runs(faults, options["seeds"]), heard, options["jobs"])
        self.stdout.write("\n".join(lines(found)))


def with_table(page: str, table: str, seeds: int) -> str:
    """The page with this table in the place of the one before."""
    before, begin, rest = page.partition("<!-- score -->\n")
    _, end, after = rest.partition("<!-- end of score -->")
    how = f"Made by `manage.py diagnose --score --seeds {seeds} --write`, {JOURNEYS:,} journeys a run."
    made = f"{how}\n\n{table.rstrip()}\n"
    return before + begin + made + end + after


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"{text!r} is not a day; write it like 2026-11-30.") from None


def as_lines(verdict: Verdict) -> list[str]:
    sure = "" if verdict.certain else " (not certain)"
    head = f"{verdict.key} {verdict.name}{sure}".strip()
    rows = [head, f"  {verdict.sentence}"]
    for piece in verdict.evidence:
        sides = (piece.low, piece.high)
        range_ = "" if None in sides else " [" + " to ".join(written(side or 0, piece.unit) for side in sides) + "]"
        held = f", held against {written(piece.band, piece.unit)}" if piece.band is not None else ""
        rows.append(f"  - {piece.label}: {written(piece.value, piece.unit)}{range_} of {piece.n:,}{held}")
    lost = verdict.lost
    rows += [f"  costs {money(lost.cents)} [{money(lost.low)} to {money(lost.high)}]"] if lost.cents else []
    rows += [f"  missing: {need.missing:,} {need.what}{_wait(need)}" for need in verdict.needs]
    rows += [f"  can be told {verdict.until}"] if verdict.until else []
    rows += [f"  next: {verdict.test.name}"] if verdict.test else []
    return rows


def _wait(need: Need) -> str:
    return f", about {need.days:,} days at this pace" if need.days else ""


def as_json(verdict: Verdict) -> dict[str, Any]:
    names = ("key", "name", "sentence", "certain", "primary", "lost_cents", "advice", "until")
    evidence = [
        {name: getattr(piece, name) for name in ("label", "value", "n", "low", "high", "unit", "band", "band_from")}
        for piece in verdict.evidence
    ]
    test = verdict.test
    tried = {"slug": test.slug, "name": test.name, "slots": test.slots, "values": test.values} if test else None
    more = {"lost_range": verdict.lost[1:], "needs": [need._asdict() for need in verdict.needs]}
    return {name: getattr(verdict, name) for name in names} | more | {"evidence": evidence, "test": tried}
