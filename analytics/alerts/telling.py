"""The two mails of an alert: one when it opens, one when it is over. Written in the transaction of what they tell."""

from django.urls import reverse

from analytics.alerts.measuring import funnel_of
from analytics.alerts.models import Alert, Look
from analytics.answers.reports import Share
from analytics.mailing.addresses import or_administrators
from analytics.mailing.letters import Letter, link, write
from analytics.mailing.models import Mail
from analytics.mailing.stopping import ALERTS


def opened(alert: Alert) -> None:
    _tell(alert, "opened", f"{alert.rule}: {alert.get_outside_display()}", {"share": Share(alert.took, alert.n)})


def closed(alert: Alert, found: Look) -> None:
    _tell(alert, "closed", f"{alert.rule}: as usual again", {"look": found, "share": Share(found.took, found.n)})


def _tell(alert: Alert, what: str, subject: str, more: dict[str, object]) -> None:
    context = {
        "alert": alert,
        "is_over": what == "closed",
        "sentence": sentence(alert),
        "url": link(reverse("admin:analytics_alert_change", args=[alert.pk])),
        "report": link(report_path(alert)),
    }
    letter = Letter(Mail.Kind.ALERT, subject, "alert", context | more)
    write(letter, f"alert:{alert.pk}:{what}", ALERTS, or_administrators(alert.rule.recipients))


def sentence(alert: Alert) -> str:
    """From Watch to Interest went 12.0 % of 480; between 21.5 % and 38.1 % is usual."""
    funnel = funnel_of(alert.rule)
    if funnel is None or alert.low is None or alert.high is None or alert.rule.step >= len(funnel.steps):
        return f"{alert.took:,} of {alert.n:,} went on."
    before = funnel.before(alert.rule.step)
    way = f"From {funnel.labels[before]} to" if before is not None else "To"
    took, low, high = (f"{100 * part / alert.n:.1f} %" for part in (alert.took, alert.low, alert.high))
    usual, share = f"between {low} and {high} is usual", f"{took} of {alert.n:,}"
    return f"{way} {funnel.labels[alert.rule.step]} went {share}; {usual}."


def report_path(alert: Alert) -> str:
    """The funnel report of the day it was found on."""
    rule, day = alert.rule, alert.start.date()
    only = f"&{rule.field}={rule.value}" if rule.field else ""
    return f"{reverse('admin:analytics_funnel')}?funnel={rule.funnel}&from={day}&to={day}{only}"
