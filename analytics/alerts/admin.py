"""Alerts in the admin: what is watched, what was found, and saying that somebody looks into it."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.admin import ModelAdmin
from unfold.decorators import action

from analytics.alerts import checking
from analytics.alerts.bandchart import chart
from analytics.alerts.forms import RuleForm
from analytics.alerts.measuring import funnel_of
from analytics.alerts.models import Alert, AlertRule, Look
from analytics.alerts.telling import report_path, sentence
from journey.change_page import WithMore

GONE = "a step that is gone"
OF_LATE = timedelta(days=3)  # the last day that was looked at began two days ago; at night hours are often too few
RESTS = {"day": timedelta(days=1), "week": timedelta(days=7)}


def rest(rules: "QuerySet[AlertRule]", how_long: str) -> int:
    return rules.update(snoozed_until=timezone.now() + RESTS[how_long])


@admin.register(AlertRule)
class AlertRuleAdmin(WithMore, ModelAdmin):  # type: ignore[misc]
    form = RuleForm
    list_display = ("name", "watched", "where", "direction", "sensitivity", "last_look", "state")
    list_filter = ("is_on", "funnel")
    fieldsets = [
        (None, {"fields": ["name", "watched", ("field", "value"), ("direction", "sensitivity"), "enough"]}),
        ("Who is told", {"fields": ["recipients", "is_on"]}),
    ]
    change_form_outer_after_template = "admin/analytics/rule_looks.html"
    actions = ["rest_a_day", "rest_a_week", "wake"]

    class Media:
        css = {"all": ["analytics/report.css", "analytics/mails.css"]}

    def get_queryset(self, request: HttpRequest) -> "QuerySet[AlertRule]":
        """With the open alert and the last look of each, and whether anything could be said of late."""
        columns = JSONObject(n="n", took="took", low="low", high="high", silent="silent")
        looks = Look.objects.filter(rule=OuterRef("pk")).order_by("-start").values(seen=columns)
        alerts = Prefetch("alerts", Alert.objects.open(), to_attr="open_alerts")
        told = Exists(looks.filter(silent="", start__gte=timezone.now() - OF_LATE))
        rules: QuerySet[AlertRule] = super().get_queryset(request)
        return rules.prefetch_related(alerts).annotate(seen=Subquery(looks[:1]), told=told)

    def more(self, request: HttpRequest, row: AlertRule | None) -> dict[str, Any]:
        return {"charts": [drawn for span in ("hour", "day") if (drawn := chart(row, span))]} if row else {}

    @admin.display(description="what is watched")
    def watched(self, rule: AlertRule) -> str:
        funnel = funnel_of(rule)
        if funnel is None or rule.step >= len(funnel.steps):
            return GONE
        before = funnel.before(rule.step)
        return f"{funnel.labels[before] if before is not None else 'all'} → {funnel.labels[rule.step]}"

    @admin.display(description="only where")
    def where(self, rule: AlertRule) -> str:
        return f"{rule.field} is {rule.value}" if rule.field else ""

    @admin.display(description="last look")
    def last_look(self, rule: Any) -> str:
        seen = rule.seen
        if not seen or seen["silent"]:
            return seen["silent"] if seen else "none yet"
        took, low, high = (f"{100 * seen[name] / seen['n']:.1f} %" for name in ("took", "low", "high"))
        return f"{took} of {seen['n']:,}; usual {low} to {high}"

    @admin.display(description="state")
    def state(self, rule: Any) -> str:
        if not rule.is_on:
            return "off"
        for alert in rule.open_alerts:
            url = reverse("admin:analytics_alert_change", args=[alert.pk])
            return format_html('<a href="{}"><b>open since {}</b></a>', url, f"{alert.opened_at:%a %H:%M}")
        if rule.is_snoozed:
            return f"rests until {rule.snoozed_until:%a, %-d %b %H:%M}"
        if self.watched(rule) == GONE:
            return "nothing to look at"
        return "as usual" if rule.told else "too few to tell" if rule.seen else "not looked at yet"

    @admin.action(description="Let the selected rules rest for a day", permissions=["change"])
    def rest_a_day(self, request: HttpRequest, rules: "QuerySet[AlertRule]") -> None:
        self.message_user(request, f"{rest(rules, 'day')} will say nothing new for a day.")

    @admin.action(description="Let the selected rules rest for a week", permissions=["change"])
    def rest_a_week(self, request: HttpRequest, rules: "QuerySet[AlertRule]") -> None:
        self.message_user(request, f"{rest(rules, 'week')} will say nothing new for a week.")

    @admin.action(description="Wake the selected rules", permissions=["change"])
    def wake(self, request: HttpRequest, rules: "QuerySet[AlertRule]") -> None:
        self.message_user(request, f"{rules.update(snoozed_until=None)} are awake.")


class OpenFilter(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "open"), ("over", "over")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Alert]") -> "QuerySet[Alert]":
        return queryset.filter(closed_at__isnull=self.value() == "open") if self.value() else queryset


@admin.register(Alert)
class AlertAdmin(WithMore, ModelAdmin):  # type: ignore[misc]
    list_display = ("rule", "what", "began", "ended", "state")
    list_filter = (OpenFilter, "rule")
    list_select_related = ["rule"]
    fields = readonly_fields = ()
    change_form_outer_before_template = "admin/analytics/alert.html"
    actions_submit_line = ["acknowledge", "rest_a_day", "rest_a_week", "finish"]

    class Media:
        css = {"all": ["analytics/report.css", "analytics/mails.css"]}

    def get_fields(self, request: HttpRequest, obj: Alert | None = None) -> list[str]:
        return ["note"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Alert | None = None) -> bool:
        return False

    def more(self, request: HttpRequest, row: Alert | None) -> dict[str, Any]:
        if row is None:
            return {}
        return {
            "alert": row,
            "sentence": sentence(row),
            "report": report_path(row),
            "chart": chart(row.rule, row.span),
            "show_save_and_continue": False,
            "rule_url": reverse("admin:analytics_alertrule_change", args=[row.rule_id]),
        }

    def get_actions_submit_line(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What is over can neither be looked into nor end again."""
        offered = super().get_actions_submit_line(request, object_id)
        alert = Alert.objects.filter(pk=object_id).first()
        gone = set() if alert and alert.is_open else {"acknowledge", "finish"}
        gone |= {"acknowledge"} if alert and alert.acknowledged_at else set()
        return [one for one in offered if one.path not in gone]

    def save_model(self, request: HttpRequest, alert: Alert, form: Any, change: bool) -> None:
        """Only the note: a worker may have closed it while this page was open."""
        alert.save(update_fields=["note"])
        for one in self.get_actions_submit_line(request, alert.pk):
            if one.action_name in request.POST:
                one.method(request, alert)

    @admin.display(description="what was found")
    def what(self, alert: Alert) -> str:
        return sentence(alert)

    @admin.display(description="began (UTC)", ordering="opened_at")
    def began(self, alert: Alert) -> str:
        return f"{alert.start:%a, %-d %b %H:%M}"

    @admin.display(description="over (UTC)", ordering="closed_at")
    def ended(self, alert: Alert) -> str:
        return f"{alert.closed_at:%a, %-d %b %H:%M}" if alert.closed_at else ""

    @admin.display(description="state")
    def state(self, alert: Alert) -> str:
        if not alert.is_open:
            return "over"
        return f"{alert.acknowledged_by} looks into it" if alert.acknowledged_at else "open"

    @action(description="I look into it", permissions=["change"])  # type: ignore[untyped-decorator]
    def acknowledge(self, request: HttpRequest, alert: Alert) -> None:
        if alert.acknowledge(request.user.get_username(), timezone.now()):
            self.message_user(request, "You look into it: the dashboard says so.")
        else:
            self.message_user(request, "Somebody was first, or it is over.", messages.WARNING)

    @action(description="Rest for a day", permissions=["change"])  # type: ignore[untyped-decorator]
    def rest_a_day(self, request: HttpRequest, alert: Alert) -> None:
        self._rest(request, alert, "day")

    @action(description="Rest for a week", permissions=["change"])  # type: ignore[untyped-decorator]
    def rest_a_week(self, request: HttpRequest, alert: Alert) -> None:
        self._rest(request, alert, "week")

    @action(description="It is over", permissions=["change"])  # type: ignore[untyped-decorator]
    def finish(self, request: HttpRequest, alert: Alert) -> None:
        checking.close(alert, None)
        self.message_user(request, "It is over. The next time it leaves its band there is a new alert.")

    def _rest(self, request: HttpRequest, alert: Alert, how_long: str) -> None:
        rest(AlertRule.objects.filter(pk=alert.rule_id), how_long)
        self.message_user(request, f"“{alert.rule}” says nothing new for a {how_long}.")
