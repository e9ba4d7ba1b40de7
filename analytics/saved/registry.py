"""Every funnel there is, and which of them counts answer."""

import logging

from analytics.saved.models import SavedReport, Uncounted
from analytics.semantics.funnels import FUNNELS, Funnel
from analytics.semantics.notation import BadQuestion

logger = logging.getLogger(__name__)


def every_funnel() -> dict[str, Funnel]:
    """By slug: those that are always there, then the saved ones. One query."""
    return FUNNELS | {funnel.slug: funnel for report in SavedReport.objects.all() if (funnel := funnel_of(report))}


def find(slug: str) -> Funnel | None:
    """One of them; no query for those that are always there."""
    if slug in FUNNELS:
        return FUNNELS[slug]
    report = SavedReport.objects.filter(slug=slug).first()
    return funnel_of(report) if report else None


def counted() -> list[Funnel]:
    """Those that are counted a day at a time. One query: ask once a day, not once a journey."""
    saved = SavedReport.objects.filter(unit="journey").order_by("pk")
    return [*FUNNELS.values(), *(funnel for report in saved if (funnel := funnel_of(report)) and of_paths(funnel))]


def complete() -> list[Funnel]:
    """Those of them whose counts are complete. Two queries."""
    waiting = set(Uncounted.objects.values_list("pk", flat=True))
    return [funnel for funnel in counted() if funnel.key not in waiting]


def is_counted(funnel: Funnel) -> bool:
    """Whether the counts of exactly this funnel are there and complete.

    Once they are no longer, they never are again under this key; so counts that were read were complete
    if this is true afterwards.
    """
    if funnel.slug in FUNNELS:
        there = FUNNELS[funnel.slug] == funnel
    else:
        report = SavedReport.objects.filter(slug=funnel.slug, unit="journey").first()
        there = report is not None and of_paths(funnel) and funnel_of(report) == funnel
    return there and not Uncounted.objects.filter(pk=funnel.key).exists()


def of_paths(funnel: Funnel) -> bool:
    """Whether paths of journeys suffice; conditions on what an event says need the events."""
    return not funnel.alphabet


def funnel_of(report: SavedReport) -> Funnel | None:
    """None, and a line in the log, when its steps can no longer be read."""
    try:
        return report.funnel()
    except BadQuestion as error:
        logger.warning("The saved report %s cannot be read: %s", report.slug, error)
        return None
