"""What kind of participant a request comes from: one of the staff, an invited tester, a crawler, or a visitor."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from journey import agents, testers
from journey.models import Participant
from journey.trails import Trail

Kind = Participant.Kind
# Who turns out to be more than was known of them moves up, with all that they did before; nobody moves down.
RANKS = [Kind.VISITOR, Kind.BOT, Kind.TESTER, Kind.STAFF]
BELOW = {kind.value: [lower.value for lower in RANKS[:rank]] for rank, kind in enumerate(RANKS) if rank}


def recognised(request: HttpRequest, trail: Trail) -> Trail:
    """The trail, of the kind that its request gives away."""
    if _is_staff(request):
        trail.kind = Kind.STAFF.value
    elif guest := testers.guest_in(request):
        trail.kind, trail.label, trail.study = Kind.TESTER.value, guest.label, guest.study
    elif agents.is_crawler(request.META.get("HTTP_USER_AGENT", "")):
        trail.kind = Kind.BOT.value
    return trail


def _is_staff(request: HttpRequest) -> bool:
    # Buyers have no session: nobody is looked up for them.
    user = getattr(request, "user", None) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    return bool(user and user.is_staff)


def move_up(batches: Iterable[dict[str, Any]]) -> list[int]:
    """Give known participants the kind these batches say, where it is a higher one, and the study; returns who moved.

    What staff has decided by hand stays. To be called within a transaction.
    """
    said = [batch for batch in batches if batch["kind"] in BELOW]
    if not said:
        return []
    # In key order: two workers locking the same rows in different orders deadlock on PostgreSQL.
    rows = Participant.objects.select_for_update(no_key=True).filter(pk__in={b["participant"] for b in said})
    known = {row.pk: row for row in rows.order_by("pk")}
    moved = set()
    for batch in said:
        row = known.get(batch["participant"])
        if row and _hears(row, batch):
            moved.add(row.pk)
    Participant.objects.bulk_update([known[number] for number in sorted(moved)], ["kind", "label", "study"])
    return sorted(moved)


def _hears(row: Participant, batch: dict[str, Any]) -> bool:
    """Whether a participant is another one by what a batch says; not saved yet. A first name or study stays."""
    before = row.kind, row.label, row.study
    if not row.pinned and row.kind in BELOW[batch["kind"]]:
        row.kind, row.label = batch["kind"], row.label or batch.get("label", "")
    row.study = row.study or batch.get("study", "")
    return before != (row.kind, row.label, row.study)


def pin(participants: Iterable[int], kind: str) -> int:
    """Staff decides what these are; returns how many there were. Who is simulated, or nobody, stays so."""
    return Participant.objects.filter(pk__in=[*participants], kind__in=RANKS).update(kind=kind, pinned=True)
