"""The journeys that a verdict is about, as the address of their list: who stopped there, or whom it happened to."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from analytics.answers.addresses import kind_of
from analytics.answers.questions import Question, default_kinds


class Walked(NamedTuple):
    """Steps as notation.py has them, {of} being what is asked about; lost before the last one, or having reached it."""

    steps: str
    state: str = "lost"
    of_people: bool = False  # in whichever journey, within 30 days


NOT_SEEN = Walked("video_view{of},view_promotion{of}")
NOT_STAYED = Walked("video_impression{of},video_view{of}")
NOT_TAPPED = Walked("view_promotion{of},select_promotion{of}")
WENT_BACK = Walked("view_item{of},back_bounce", "reached")
NOT_WANTED = Walked("view_item{of},add_to_cart")
NO_ADDRESS = Walked("view_item{of},begin_checkout,add_shipping_info")
WALKED = {
    **dict.fromkeys(("D01", "D03"), NOT_STAYED),
    **dict.fromkeys(("D02", "D04"), NOT_SEEN),
    **dict.fromkeys(("D05", "D06", "D07", "D08"), NOT_TAPPED),
    **dict.fromkeys(("D09", "D10"), WENT_BACK),
    **dict.fromkeys(("D00", "D11", "D12", "D13", "D14", "D15", "D16", "D19", "D23"), NOT_WANTED),
    **dict.fromkeys(("D18", "D20"), NO_ADDRESS),
    "D17": Walked("view_item{of},add_to_cart,begin_checkout"),
    "D21": Walked("view_item{of},add_payment_info,purchase"),
    "D22": Walked("view_item{of},script_error", "reached"),
    "D24": Walked("select_promotion{of},purchase:after=30m", "reached", of_people=True),
    "D25": Walked("view_item{of},purchase,cancel|refund", "reached", of_people=True),
    "D26": Walked("view_item{of},support_open", "reached", of_people=True),
}


def journeys_url(key: str, about: str, slug: str, question: Question) -> str:
    """Empty for a verdict that is about nobody's steps."""
    if key not in WALKED:
        return ""
    walked = WALKED[key]
    steps = walked.steps.replace("{of}", f"[{about}={slug}]" if slug else "")
    params = {"steps": steps, "step": str(steps.count(",") + 1), "state": walked.state}
    params |= {"unit": "participant", "window": "30d"} if walked.of_people else {}
    days = {"from": question.first, "to": question.last}
    params |= {name: str(day) for name, day in days.items() if day} or {"period": "all"}
    params |= {"kind": kind_of(question.kinds)} if question.kinds != default_kinds() else {}
    return f"{reverse('admin:analytics_journey_changelist')}?{urlencode(params)}"
