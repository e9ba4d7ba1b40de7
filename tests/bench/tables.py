"""The tables of docs/benchmarks.md."""

from statistics import median
from typing import Any

from scipy.stats import binom

# Of one web worker and one core, on a machine like this one: events a second, bytes an event with its indexes.
UMAMI, UMAMI_BYTES, SHYNET_WORKER = 310, 811, 82

Figures = dict[str, dict[str, Any]]


def table(title: str, columns: str, rows: list[str], below: str = "") -> str:
    names = [name.strip() for name in columns.split("|")]
    rule = "|".join(["---", *["---:"] * (len(names) - 1)])
    return "\n".join(
        [f"## {title}\n", f"| {' | '.join(names)} |", f"|{rule}|", *rows, *([f"\n{below}"] if below else []), ""]
    )


PAGES, BEACONS = "CPU of a page, in milliseconds", "A beacon beside a view that says hello"
ARMS = "A page with ten experiments, beside one with none"


def pages(floor: float, found: dict[str, dict[str, float]]) -> str:
    rows = [
        f"| {name} | {ms['off']:.2f} | {ms['on']:.2f} | {ms['on'] - ms['off']:.2f} | {ms['known']:.2f} |"
        f" {ms['on'] / floor:.2f} | {ms['known'] / floor:.2f} |"
        for name, ms in found.items()
    ]
    return table(
        PAGES,
        "Page | instrument off | on | added | for a known buyer | on / floor | known / floor",
        rows,
        f"The floor is {floor:.2f} ms: three ORM queries, a small template and five middlewares, nothing of ours"
        " (`tests/bench/floor`); it sends its page plain, ours leave compressed, as browsers ask for them."
        " The best of five rounds, the servers taking turns; a page was drawn before, as all but the first after a"
        " change are. The health check is no page. It is a shop with real buyers: a demo draws the inspector as well."
        " What the instrument adds is an entry in the stream, a signed token and a page that no browser may keep;"
        " django-request adds 0.31 ms to a page, easy-audit 0.25.",
    )


def arms(found: dict[str, dict[str, list[float]]]) -> str:
    """What is added is the median difference of two pages of one moment, with its 95 % interval."""
    rows, dealt = [], found.pop("dealt")
    for name, ms in found.items():
        none, ten = median(ms["none"]), median(ms["ten"])
        added = sorted(b - a for a, b in zip(ms["none"], ms["ten"], strict=True))
        low, high = binom.interval(0.95, len(added), 0.5)  # the ranks between which a median lies
        rows.append(
            f"| {name} | {none:.3f} | {ten:.3f} | {median(added):+.3f} | {added[int(low) - 1]:+.3f} to"
            f" {added[int(high)]:+.3f} | {ten / none:.3f} |"
        )
    return table(
        ARMS,
        "CPU in milliseconds | none | ten | added | 95 % interval | ten / none",
        rows,
        f"{len(added):,} times somebody asks for each page, at once with none and with ten, in one thread whose CPU is"
        " read; five of the ten draw the product page. Somebody's first page is not among these: then their arms are"
        f" dealt, once in a process, in {median(dealt['ten']):.3f} ms with ten, {median(dealt['none']):.3f} with none.",
    )


def beacons(ms: dict[str, float], accepted: float) -> str:
    names = {"hello": "a view that says hello, no middleware", "one": "a beacon of 1 event", "twenty": "of 20 events"}
    rows = [f"| {name} | {ms[key]:.3f} | {ms[key] / ms['hello']:.2f} |" for key, name in names.items()]
    return table(
        BEACONS,
        "CPU of a request on the same web server, in milliseconds | ms | against hello",
        rows,
        f"One web worker takes {accepted:,.0f} events a second in beacons of 20 from eight browsers that never stop,"
        f" each in the stream before it is answered: {accepted / UMAMI:,.0f} times Umami's {UMAMI} a core.",
    )


def load(found: Figures) -> str:
    rows = [
        f"| {name} | {f['seconds']:.0f} | {f['acked']:,} | {f['stored']:,} | {f['p99_ms']:.1f} | {f['refused']:,} |"
        f" {f['refused_p99_ms']:.1f} | {f['lag_p95_s']:.1f} | {f['cpu_ms_per_event']:.3f} |"
        for name, f in found.items()
    ]
    return table(
        "Under load",
        "Offered, in beacons of 20 | seconds | acknowledged | stored | p99 ms | refused | p99 ms of a refusal |"
        " lag p95 s | CPU ms an event",
        rows,
        "The whole house on two cores beside the load itself: two web processes, a worker with its clock, the broker."
        " Beacons come when they are due, whatever the shop does, and waits are counted from then. Refused is 503 with"
        " Retry-After. The lag is the age of the oldest acknowledged step that no report shows yet. CPU is that of web,"
        " worker, database and broker, from the request to the counted journey.",
    )


def backlog(found: Figures) -> str:
    rows = [
        f"| {name} | {f['events']:,} | {f['collected_per_s']:,.0f} | {f['counted_per_s']:,.0f} |"
        f" {f['both_per_s']:,.0f} | {f['events'] / f['both_per_s']:.0f} | {f['both_per_s'] / SHYNET_WORKER:,.0f} |"
        f" {f['bytes_per_event']:.0f} |"
        for name, f in found.items()
    ]
    parquet = found["sqlite"]["parquet_per_event"]
    return table(
        "A backlog, by one worker",
        "Database | events | stored a second | counted a second | both | seconds in all | times Shynet's worker |"
        " bytes an event",
        rows,
        "A simulated month waits in the stream; stored is stream to committed rows, counted is rows to journeys and"
        f" counts. Bytes are those of the table and its index; Umami takes {UMAMI_BYTES}. In Parquet an event takes"
        f" {parquet:.1f}.",
    )


def report(found: Figures) -> str:
    rows = [f"| {name} | {f['report_ms']:.1f} | {f['report_by_video_ms']:.1f} |" for name, f in found.items()]
    return table("The six-stage report of that month, in milliseconds", "Database | plain | by video", rows)
