"""People who walked, were lost, refused and told to others: the pages about the instrument have something to show."""

from analytics.counts.collecting import settle
from analytics.forwarding.models import Outgoing
from journey.admitting import bury
from journey.models import Event, Participant
from journey.steps import Step
from journey.store import store
from journey.trails import now_us, trail_number
from tests.analytics.taken import BOUGHT, HOUR, MINUTE, TAPPED, WATCHED, batch

WALKS = [WATCHED, TAPPED, BOUGHT]
BROWSERS = ["Safari", "Chrome", "TikTok"]
TESTERS = {9_001: "Anna, second round", 9_002: "Ben with the old phone and a name that is rather long"}


def measure(codes: dict[str, str]) -> None:
    now = now_us()
    store(_walk(8_000 + n, now - n * 7 * HOUR, n) for n in range(60))
    store(_walk(number, now - HOUR, number, "tester", label=label) for number, label in TESTERS.items())
    store(_page(7_001, now - 2 * HOUR + n * MINUTE) for n in range(5))
    store([_walk(7_002, now - HOUR, 1, "staff"), _walk(7_003, now - HOUR, 2, "bot"), _broken(8_000, now)])
    bury(b'{"participant": 8001, "trail": "of bytes', "not a batch: unexpected end of data")
    settle()
    _tell(now)
    codes["tester"] = str(next(iter(TESTERS)))


def _walk(number: int, at: int, n: int, kind: str = "visitor", label: str = "") -> bytes:
    """Every fifth walk in one browser has lost a step."""
    walk, browser = WALKS[n % 3], BROWSERS[n % 3]
    lost = (1,) if n % 15 == 1 else ()
    said = batch(number, *walk, at=at, kind=kind, context=("phone", browser, "direct", ""),
                 trail=trail_number(at), lost=lost)  # fmt: skip
    return said.replace(b'"dead"', b'"label":"' + label.encode() + b'","dead"') if label else said


def _page(number: int, at: int) -> bytes:
    return batch(number, (0, Step.VIEW_ITEM), at=at, trail=trail_number(at))


def _broken(number: int, at: int) -> bytes:
    refused = b'"dead":[["{\\"step\\": \\"purchase\\"}","a browser cannot say purchase"]]'
    return batch(number, *WATCHED, at=at, trail=trail_number(at)).replace(b'"dead":[]', refused)


def _tell(now: int) -> None:
    told = Event.objects.filter(participant__kind=Participant.Kind.VISITOR).order_by("-at")[:6]
    Outgoing.objects.insert([("posthog", *event.row[:4], now) for event in told])
    rows = list(Outgoing.objects.order_by("pk"))
    Outgoing.objects.filter(pk__in=[row.pk for row in rows[:3]]).update(sent_at=now)
    Outgoing.objects.filter(pk=rows[3].pk).update(reason="It answered 400: the key of the project is unknown.", tries=1)
