"""The rules in the order of the buyer's path: data health first, then the first broken step is the primary cause."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from analytics.diagnosis.cases import Case
from analytics.diagnosis.rules import afterwards, arriving, checkout, health, page, pricing, tapping, watching
from analytics.diagnosis.verdicts import Verdict

Rule = Callable[[Case], Verdict | None]
RULES: Sequence[Rule] = (
    health.measurement_fault,
    health.views_are_not_people,
    watching.no_product_attached,
    watching.hook_too_weak,
    watching.anchor_too_late,
    tapping.wrong_audience,
    tapping.few_taps,
    arriving.slow_page,
    arriving.promise_broken,
    arriving.broken_browser,
    arriving.out_of_stock,
    afterwards.bought_later,  # who comes back for it has not said no to the page
    page.few_carts,
    pricing.price_raised,
    page.coupon_unnoticed,
    page.dead_end,
    checkout.interest_parked,
    checkout.few_addresses,
    checkout.payment_failing,
    afterwards.sales_vanish,
    afterwards.after_sale_pain,
)


def judge(case: Case, today: date) -> list[Verdict]:
    """Verdicts, the primary one first. What is found while steps are lost, or in a few days, is not certain."""
    found: dict[str, Verdict] = {}
    for rule in RULES:
        verdict = rule(case)
        # Who goes back from a slow page says nothing about what is on it.
        if verdict and not (verdict.key == "D10" and "D09" in found):
            found.setdefault(verdict.key, verdict)
    early = health.too_early(case, today)
    if not found:
        return [replace(early or afterwards.nothing_broken(case), primary=True)]
    broken = list(found.values())
    unsure = "D28" in found or case.days < case.bands.gate("days")
    needs = health.needs_of(case) if unsure and "D28" not in found else ()
    told = [replace(verdict, certain=verdict.key == "D28" or not unsure, needs=needs) for verdict in broken]
    return [replace(told[0], primary=True), *told[1:]]
