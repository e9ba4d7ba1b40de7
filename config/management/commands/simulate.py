"""Buyers with a seed, through the pipeline or as real HTTP clients."""

import argparse
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from analytics.management.readiness import require_tables
from analytics.simulation import browsing, pipeline
from analytics.simulation.arms import sights
from analytics.simulation.browsing import Report
from analytics.simulation.crowd import Period
from analytics.simulation.faults import FAULTS, LOST, Fault, no_fault, planted
from analytics.simulation.people import SightOf
from analytics.simulation.planting import NotPlanted, running_arms
from analytics.simulation.planting import planted as planted_effects
from analytics.simulation.tally import Tally
from analytics.simulation.world import Product, Video, World
from config.demo_experiments import DEMO_EFFECTS
from config.demo_troubles import DEMO_TROUBLES
from shop import models

SAME = """
The same seed makes the same buyers: with the same --journeys, --days, --until, catalogue and running experiments, the
same participants take the same steps at the same times, so a second run adds nothing and prints the same digest.
--until DATE fixes that for good. The default, now, takes the whole UTC days before today, and today up to the last full
hour: a run later on the same day adds what has happened since. With --through http the same buyers click in the running
shop, now and quickly; there they are visitors like any other, but so quick that reports take those who open ten pages
for bots. --fault NAME plants a known cause: something is wrong with the videos and products that are named, or with
all of them. lost drops a fifth of the beacons of one browser on their way, unmeasured more, of all browsers. The demo's
own videos have their troubles (config/demo_troubles.py) unless --fault says otherwise; --fault healthy takes them away.
Buyers are in the experiments that ran on the day they came, and designs do what the model thinks they do, or what
config/demo_experiments.py says. --effect VARIANT:STEP=LIFT and --aa take all that away: the experiments that run now
have run on all these days, and their arms differ in nothing. But of an arm with --effect, exactly so many more of
those who were exposed come to that step, and about so many more to those behind it. What a chance of 1 does not let
rise is missing; the report says what was planted in the end. --effect may be given several times.
"""
# What only a server can tell cannot be acted out in a shop where it is not so.
NOT_ACTED = {LOST, "unmeasured", "out-of-stock", "cost-surprise", "coupon-unnoticed", "vanishing-sales", "after-sale"}
HEALTHY, TOO_LITTLE = "healthy", "too-little"
LITTLE = 50  # journeys, when there is to be too little to tell


def web_address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError("must begin with http:// or https://")
    return text


def positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


class Command(BaseCommand):
    help = "Simulate buyers: a model of how people watch, tap, buy and ask for help, with a seed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = SAME
        parser.add_argument("--journeys", type=positive, default=20_000, help="how many walks (20000)")
        parser.add_argument("--days", type=positive, default=30, help="over how many days (30)")
        parser.add_argument("--seed", type=int, default=7, help="another number, other buyers (7)")
        parser.add_argument(
            "--until", default="now", metavar="DATE", help="the midnight (UTC) a date begins with, or now"
        )
        parser.add_argument("--through", choices=["pipeline", "http"], default="pipeline")
        parser.add_argument(
            "--base-url",
            type=web_address,
            default="http://127.0.0.1:8000",
            help="the running shop, with --through http",
        )
        names = sorted([*FAULTS, HEALTHY, TOO_LITTLE])
        parser.add_argument("--fault", choices=names, metavar="NAME", help=f"a known cause: {', '.join(names)}")
        parser.add_argument("--video", default="", help="the video (its slug) that has the fault, and its product")
        parser.add_argument("--product", default="", help="the product (its slug) that has the fault")
        alike = parser.add_mutually_exclusive_group()
        effect = "a known lift, like trust-first:add_to_cart=+0.10; instead of the variant, experiment=arm"
        alike.add_argument("--effect", action="append", default=[], metavar="VARIANT:STEP=LIFT", help=effect)
        alike.add_argument("--aa", action="store_true", help="arms of running experiments differ in nothing")
        parser.add_argument("--concurrency", type=positive, default=4, help="buyers at once, with --through http")

    def handle(self, *args: object, **options: object) -> None:
        period = period_of(options)
        require_tables()
        world = shop_world()
        if not any(video.products for video in world.videos):
            raise CommandError("The shop is empty: no video has a product. Load the demo catalogue first.")
        world, fault = troubled(world, options)
        if options["fault"] == TOO_LITTLE:
            period = replace(period, journeys=min(period.journeys, LITTLE))
        started = time.monotonic()
        with Progress(period.journeys) as progress:
            report = self.simulate(period, world, progress, options, fault)
        self.stdout.write(table(report.figures(time.monotonic() - started)))
        if report.failed:
            sys.exit(1)

    def simulate(
        self, period: Period, world: World, progress: "Progress", options: dict, fault: Fault
    ) -> Tally | Report:
        if options["through"] == "pipeline":
            return pipeline.run(period, world, progress.forward, fault, sights_for(options))
        if options["effect"] or options["aa"]:
            raise CommandError("--effect and --aa are for --through pipeline: the running shop deals its arms itself.")
        if options["fault"] in NOT_ACTED:
            raise CommandError(f"{options['fault']} is for --through pipeline: the running shop decides that itself.")
        address = options["base_url"]
        try:
            return browsing.run(period, world, address, options["concurrency"], progress.forward)
        except OSError:
            raise CommandError(f"Nobody answers at {address}. Start the shop, or name it with --base-url.") from None


def troubled(world: World, options: dict) -> tuple[World, Fault]:
    """The world with the fault that was asked for; with the demo's own troubles when none was."""
    named = tuple(filter(None, (options["video"], options["product"])))
    if not options["fault"]:
        if named:
            raise CommandError("--video and --product say where a --fault is: name one.")
        return with_demo_troubles(world), no_fault
    if options["fault"] in (HEALTHY, TOO_LITTLE):
        return world, no_fault
    return planted(world, options["fault"], _with_its_product(world, named))


def sights_for(options: dict) -> SightOf:
    """What everyone is shown: the demo's own effects, unless others were asked for, or none."""
    if not options["effect"] and not options["aa"]:
        return sights(DEMO_EFFECTS)
    try:
        running_arms()
        return sights(planted_effects(options["effect"]), alike=True)
    except NotPlanted as reason:
        raise CommandError(str(reason)) from None


def _with_its_product(world: World, named: tuple[str, ...]) -> tuple[str, ...]:
    videos = {video.slug: video for video in world.videos}
    if unknown := [slug for slug in named if slug not in videos and slug not in world.products]:
        raise CommandError(f"There is no video or product {unknown[0]!r} that a buyer could meet.")
    anchors = [slug for name in named if name in videos for slug in videos[name].products[:1]]
    return tuple(dict.fromkeys([*named, *anchors]))


def with_demo_troubles(world: World) -> World:
    known = {video.slug: video for video in world.videos}
    for slug, name in DEMO_TROUBLES.items():
        if slug in known:
            world, _ = planted(world, name, (slug, *known[slug].products[:1]))
    return world


def period_of(options: dict) -> Period:
    fixed = options["days"], options["seed"], options["journeys"]
    now = datetime.now(UTC)
    if options["until"] == "now":
        return Period.until_now(int(now.timestamp() * 1e6), *fixed)
    try:
        day = date.fromisoformat(options["until"])
    except ValueError:
        raise CommandError("--until is a date like 2026-11-01, or now.") from None
    if day > now.date():
        raise CommandError("--until lies in the future, where nobody has been yet.")
    return Period.before(day, *fixed)


def shop_world() -> World:
    """The published videos and listed products as plain values; whether they are in stock changes nothing."""
    products = {
        product.slug: Product(product.slug, product.creator.slug, skus, product.shipping_cents, product.category.slug)
        for product in models.Product.objects.listed().select_related("creator", "category").prefetch_related("skus")
        if (skus := tuple((sku.code, sku.price_cents) for sku in product.skus.all()))
    }
    videos = tuple(
        Video(video.slug, video.creator.slug, _anchors(video, products), video.views)
        for video in models.Video.objects.published().select_related("creator").prefetch_related("anchors__product")
    )
    return World(videos, products, settings.CURRENCY)


def _anchors(video: models.Video, products: dict[str, Product]) -> tuple[str, ...]:
    slugs = (anchor.product.slug for anchor in video.anchors.all())
    return tuple(slug for slug in slugs if slug in products)


def table(figures: dict[str, str]) -> str:
    width = max(map(len, figures))
    return "\n".join(f"{name:<{width}}  {figure:>14}" for name, figure in figures.items())


class Progress:
    """A bar on a terminal, elsewhere a line every tenth of the way; both on standard error."""

    def __init__(self, journeys: int) -> None:
        self.bar = tqdm(total=journeys, unit=" journeys", disable=not sys.stderr.isatty(), leave=False)
        self.journeys, self.done, self.said = journeys, 0, 0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *error: object) -> None:
        self.bar.close()

    def forward(self, journeys: int) -> None:
        self.bar.update(journeys)
        self.done += journeys
        if self.bar.disable and (tenths := min(10, self.done * 10 // self.journeys)) > self.said:
            self.said = tenths
            print(f"{tenths * 10} %, {self.done} journeys", file=sys.stderr, flush=True)
