"""What the panels about buyers say; all of it from counts."""

from typing import Any

from django.urls import reverse

from analytics.alerts.models import Alert
from analytics.alerts.telling import sentence
from analytics.dashboard.leaks import leaks, worth
from analytics.dashboard.moment import Moment
from analytics.dashboard.split import splits
from analytics.dashboard.verdicts import changed, popular_without_sale
from analytics.instrument import lost_steps
from analytics.instrument.lost_steps import Lost
from analytics.models import Mail, Schedule
from analytics.screens.charts import Links, bars, lost
from analytics.screens.lost_pages import address
from analytics.shares import whisker
from journey.models import DeadEvent, Touched

Content = dict[str, Any] | None


def alerts(moment: Moment) -> Content:
    """Those that are open, the newest first."""
    found = [(alert, sentence(alert)) for alert in Alert.objects.open().select_related("rule")]
    return {"alerts": found} if found else None


def answer(moment: Moment) -> Content:
    """Where most stopped, and the six stages in small."""
    report = moment.report
    question = report.question
    drawn = bars(question.funnel, report.lines, Links())
    drop = next((bar for bar in drawn if bar.line.biggest), None)
    url = f"{reverse('admin:analytics_funnel')}?from={question.first}&to={question.last}"
    return {
        "bars": drawn,
        "drop": drop,
        "share": drop and whisker(lost(drop.line)),
        "report": report,
        "url": url,
        "waiting": Touched.objects.count(),
    }


def figures(moment: Moment) -> Content:
    """Today against the same hours of the same weekday a week ago."""
    return {"compared": moment.compared, "conversion": whisker(moment.compared.now.conversion)}


def leak(moment: Moment) -> Content:
    """Where most money is lost, and the other steps beside it."""
    found = leaks(moment.week, worth(moment.week.question))
    most = max((leak.high_cents for leak in found), default=0) or 1
    rows = [
        {
            "leak": one,
            "value": 100 * one.cents / most,
            "low": 100 * one.low_cents / most,
            "width": 100 * (one.high_cents - one.low_cents) / most,
        }
        for one in found
    ]
    return {"leak": found[0] if found else None, "rows": rows, "report": moment.week}


def verdicts(moment: Moment) -> Content:
    return {"changed": changed(moment.told), "last": moment.told}


def videos(moment: Moment) -> Content:
    return {"told": popular_without_sale(moment.told), "last": moment.told}


def experiments(moment: Moment) -> Content:
    return {"splits": splits()}


def instrument(moment: Moment) -> Content:
    """What may make the numbers wrong: steps that were lost, events nobody could store, mails that do not leave."""
    week = moment.week
    share = Lost("these", week.said, week.missing)
    return {
        "lost": share,
        "is_much": share.share > lost_steps.WORTH_SAYING,
        "lost_url": address(week.question),
        "dead": DeadEvent.objects.count(),
        "stuck": Mail.objects.waiting().filter(tries__gt=0).count(),
        "late": list(Schedule.objects.filter(is_on=True).exclude(trouble="")),
    }
