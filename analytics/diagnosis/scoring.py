"""How well the rules do: known causes are planted, and the verdicts are compared with them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta

from analytics.diagnosis.bands import default_bands
from analytics.diagnosis.judging import judge
from analytics.diagnosis.memory import picture_of
from analytics.simulation.arms import control
from analytics.simulation.crowd import Period, crowd
from analytics.simulation.faults import Fault, no_fault, planted
from analytics.simulation.world import Product, Video, World
from analytics.stats import wilson

# Fault → the verdict it should have. D27 and "" are no faults.
EXPECTED = {
    "views-are-loops": "D01",
    "no-product": "D02",
    "weak-hook": "D03",
    "late-anchor": "D04",
    "unseen-anchor": "D05",
    "entertaining": "D06",
    "wrong-audience": "D07",
    "dull-link": "D08",
    "slow-page": "D09",
    "promise": "D10",
    "price-shock": "D11",
    "coupon-unnoticed": "D12",
    "no-trust": "D13",
    "information-gap": "D14",
    "variant-dead-end": "D15",
    "no-scroll": "D16",
    "parked-carts": "D17",
    "cost-surprise": "D18",
    "slow-delivery": "D19",
    "address-wall": "D20",
    "payment-failing": "D21",
    "broken-browser": "D22",
    "out-of-stock": "D23",
    "bought-later": "D24",
    "vanishing-sales": "D25",
    "after-sale": "D26",
    "too-little": "D27",
    "unmeasured": "D28",
    "healthy": "",
}
HEALTHY = "healthy"
EARLY = "D27"
NOT_PLANTED = (HEALTHY, "too-little")
EVERYWHERE = ("unmeasured",)  # a beacon that is lost does not know of which video it speaks
HEALTHY_TIMES = 5
JOURNEYS, LITTLE, DAYS = 8_000, 150, 21
END = date(2026, 11, 1)
VIDEO, PRODUCT = "lamp-at-dusk", "dusk-lamp"
WORLD = World(
    videos=(
        Video(VIDEO, "soft-light", (PRODUCT,), 900_000),
        Video("cup-in-the-rain", "slow-mugs", ("rain-cup",), 300_000),
        Video("two-minute-desk", "tidy-tom", ("desk-tray",), 100_000),
    ),
    products={
        PRODUCT: Product(PRODUCT, "soft-light", (("LAMP-RED", 2290), ("LAMP-GOLD", 2490))),
        "rain-cup": Product("rain-cup", "slow-mugs", (("CUP", 1450),), 150),
        "desk-tray": Product("desk-tray", "tidy-tom", (("TRAY-S", 1890), ("TRAY-L", 2690))),
    },
    currency="USD",
)


@dataclass
class Alarms:
    """Of videos and products that nothing is wrong with and enough is known of, those that something was said about."""

    false: int = 0
    judged: int = 0

    def add(self, verdicts: Iterable[str]) -> None:
        told = [verdict for verdict in verdicts if verdict != EARLY]
        self.judged += len(told)
        self.false += sum(verdict != "" for verdict in told)


@dataclass
class Score:
    """Fault → verdict → how many runs had it as their primary one; alarms in healthy traffic, and beside a fault."""

    table: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    healthy: Alarms = field(default_factory=Alarms)
    beside: Alarms = field(default_factory=Alarms)

    def add(self, fault: str, verdict: str, others: Iterable[str] = ()) -> None:
        """`others` are the verdicts on everything else that has no fault."""
        self.table[fault][verdict] += 1
        if fault == HEALTHY:
            self.healthy.add([verdict, *others])
        elif fault not in EVERYWHERE:
            self.beside.add(others)

    def right(self, fault: str) -> int:
        return self.table[fault][EXPECTED[fault]]

    def runs(self, fault: str) -> int:
        return self.table[fault].total()

    @property
    def planted(self) -> tuple[int, int]:
        """Right, and all, of the runs with a fault and enough traffic to show it."""
        faults = [fault for fault in self.table if fault not in NOT_PLANTED]
        return sum(map(self.right, faults)), sum(map(self.runs, faults))


Run = tuple[str, int]  # fault, seed


def runs(faults: list[str], seeds: int) -> list[Run]:
    """Each as often; healthy traffic more often, as alarms about it are rare."""
    times = {HEALTHY: seeds * HEALTHY_TIMES}
    return [(fault, seed) for fault in faults for seed in range(1, times.get(fault, seeds) + 1)]


def score(todo: list[Run], said: Callable[[Score, str, int, str], None], jobs: int = 1) -> Score:
    """`said` hears what is known so far, and each run's fault, seed and primary verdict."""
    found = Score()
    with ProcessPoolExecutor(jobs) if jobs > 1 else nullcontext() as pool:
        told = pool.map(verdicts_of, todo) if pool else map(verdicts_of, todo)
        for (fault, seed), (verdict, *others) in zip(todo, told, strict=True):
            found.add(fault, verdict, others)
            said(found, fault, seed, verdict)
    return found


def verdicts_of(run: Run) -> list[str]:
    """The primary verdict on the video that has the fault, in the traffic of one seed; then those on all the rest that
    has none: of healthy traffic on its product, too.
    """
    fault, seed = run
    world, on_the_way = _world(fault, seed)
    period = Period.before(END, DAYS, seed, LITTLE if fault == "too-little" else JOURNEYS)
    picture = picture_of(crowd(period, world, control), on_the_way, default_bands(), DAYS)
    rest = [picture.of_video(slug) for slug in sorted(picture.videos) if slug != VIDEO]
    pages = [slug for slug in sorted(picture.products) if fault in NOT_PLANTED or slug != PRODUCT]
    rest += [picture.of_product(slug) for slug in pages]
    return [judge(case, END - timedelta(1))[0].key for case in (picture.of_video(VIDEO), *rest)]


def _world(fault: str, seed: int) -> tuple[World, Fault]:
    """Another seed is another shop: its videos and products have other traits."""
    world = World(WORLD.videos, WORLD.products, WORLD.currency, salt=f"score {seed}")
    return (world, no_fault) if fault in NOT_PLANTED else planted(world, fault, (VIDEO, PRODUCT))


def lines(found: Score) -> Iterator[str]:
    """The confusion table in Markdown, and the two rates."""
    yield "| planted | should be | right | what else was said |"
    yield "|---|---|---|---|"
    for fault in found.table:
        wanted = EXPECTED[fault]
        others = {verdict: n for verdict, n in found.table[fault].items() if verdict != wanted}
        said = ", ".join(f"{verdict or 'nothing broken'} {n}" for verdict, n in sorted(others.items())) or "–"
        name = wanted or "nothing broken"
        yield f"| {fault} | {name} | {found.right(fault)} of {found.runs(fault)} | {said} |"
    right, whole = found.planted
    yield ""
    if whole:
        yield f"Primary cause right in {of(right, whole)} runs."
    for alarms, where in ((found.healthy, "in healthy traffic"), (found.beside, "beside one that has a fault")):
        if alarms.judged:
            share = of(alarms.false, alarms.judged)
            yield f"False alarms about {share} videos and products {where}, where enough is known."


def of(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    return f"{part} of {whole} ({part / whole:.1%}, interval {low:.1%} to {high:.1%})"
