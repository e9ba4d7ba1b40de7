"""How the admin looks: its name, its colour, and the order of its sidebar."""

from functools import partial

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy


def _section(title: str, *links: tuple[str, ...]) -> dict:
    """A part of the admin's sidebar: (title, icon, name of the admin's URL, what counts for its badge, another URL)."""
    return {"title": title, "separator": True, "items": [_link(*link) for link in links]}


def _link(title: str, icon: str, name: str, badge: str = "", url: str = "") -> dict:
    page = {"title": title, "icon": icon, "link": reverse_lazy(url or f"admin:{name}")}
    return page | {"badge": badge, "permission": partial(_may_open, name)}


def _may_open(name: str, request: HttpRequest) -> bool:
    app, model = name.removesuffix("_changelist").split("_", 1)
    places = ("funnel", "diagnosis", "videoday", "productday", "savedreport", "job")
    model = "journey" if model in places else model
    return any(request.user.has_perm(f"{app}.{verb}_{model}") for verb in ("view", "change"))


BLUE = {
    "50": "#eff6ff",
    "100": "#dbeafe",
    "200": "#bfdbfe",
    "300": "#93c5fd",
    "400": "#60a5fa",
    "500": "#3b82f6",
    "600": "#2563eb",
    "700": "#1d4ed8",
    "800": "#1e40af",
    "900": "#1e3a8a",
    "950": "#172554",
}
LOOK = {
    "SITE_TITLE": "Scrollshop",
    "SITE_HEADER": "Scrollshop",
    "SITE_SUBHEADER": "Where buyers are lost, and why",
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("shop/mark.svg"),
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("shop/mark.svg")}],
    "STYLES": [lambda request: static("analytics/admin.css")],
    "COLORS": {"primary": BLUE},
    "DASHBOARD_CALLBACK": "config.dashboard.with_panels",
    "SIDEBAR": {
        "show_search": True,
        "navigation": [
            _section(
                "Reports",
                ("Funnel", "filter_alt", "analytics_funnel"),
                ("Diagnosis", "stethoscope", "analytics_diagnosis"),
                ("Video results", "smart_display", "analytics_videoday_changelist"),
                ("Product results", "sell", "analytics_productday_changelist"),
                ("Saved reports", "bookmarks", "analytics_savedreport_changelist"),
                ("Journeys", "route", "analytics_journey_changelist"),
                ("Participants", "groups", "journey_participant_changelist"),
                ("Lost steps", "leak_remove", "analytics_journey", "", "lost_steps"),
            ),
            _section(
                "Told by itself",
                ("Alerts", "notifications", "analytics_alert_changelist", "analytics.alerts.badge.open_alerts"),
                ("Alert rules", "tune", "analytics_alertrule_changelist"),
                ("Scheduled mails", "schedule_send", "analytics_schedule_changelist"),
                ("Mails", "mail", "analytics_mail_changelist"),
                ("Unwanted mails", "unsubscribe", "analytics_unwanted_changelist"),
            ),
            _section(
                "Designs",
                ("Experiments", "science", "journey_experiment_changelist"),
                ("Variants", "dashboard_customize", "journey_variant_changelist"),
                ("Changes", "history", "journey_change_changelist"),
                ("Benchmarks", "straighten", "analytics_benchmark_changelist"),
            ),
            _section(
                "After the sale",
                ("Orders", "package_2", "shop_order_changelist"),
                ("Returns", "assignment_return", "shop_return_changelist"),
                ("Tickets", "support_agent", "shop_ticket_changelist", "shop.admin.inbox.late_badge"),
                ("Canned replies", "quickreply", "shop_cannedreply_changelist"),
                ("Frequent questions", "help", "shop_faq_changelist"),
            ),
            _section(
                "Shop window",
                ("Videos", "smart_display", "shop_video_changelist"),
                ("Products", "shopping_bag", "shop_product_changelist"),
                ("Creators", "person", "shop_creator_changelist"),
                ("Coupons", "confirmation_number", "shop_coupon_changelist"),
                ("Questions", "contact_support", "shop_question_changelist"),
                ("Reviews", "star", "shop_review_changelist"),
                ("Comments", "chat_bubble", "shop_comment_changelist"),
                ("Reported videos", "flag", "shop_report_changelist"),
                ("Categories", "category", "shop_category_changelist"),
                ("Assurances", "verified_user", "shop_assurance_changelist"),
            ),
            _section(
                "Engine room",
                ("Health", "monitor_heart", "journey_deadevent", "", "health"),
                ("Steps", "checklist", "analytics_journey", "", "steps"),
                ("Background work", "hourglass", "analytics_job_changelist"),
                ("Dead events", "report", "journey_deadevent_changelist"),
                ("Forwarding", "forward_to_inbox", "analytics_outgoing_changelist"),
                ("Stock movements", "swap_vert", "shop_stockmovement_changelist"),
                ("Users", "group", "auth_user_changelist"),
            ),
        ],
    },
}
