"""The week in one mail: what changed, what it costs, what was found, and where to look next."""

from datetime import date, timedelta

from django.urls import reverse

from analytics.alerts.models import Alert
from analytics.answers.questions import Question, default_kinds
from analytics.answers.reports import report
from analytics.dashboard.figures import WEEK, weeks
from analytics.dashboard.leaks import leaks, worth
from analytics.dashboard.sellers import best_sellers
from analytics.dashboard.verdicts import changed, latest_day, popular_without_sale
from analytics.mailing.drawn import funnel_context
from analytics.mailing.letters import Letter, link
from analytics.mailing.models import Mail
from analytics.semantics.funnels import SIX_STAGES


def digest(last: date) -> Letter:
    """Of the seven days that end with this one."""
    first = last - WEEK + timedelta(days=1)
    answer = report(Question(SIX_STAGES, first, last, default_kinds()))
    found = leaks(answer, worth(answer.question))
    compared = weeks(last)
    context = funnel_context(answer) | {
        "compared": compared,
        "leak": found[0] if found else None,
        "popular": popular_without_sale(told := latest_day()),
        "changed": changed(told),
        "best": best_sellers(first, last),
        "alerts": Alert.objects.filter(opened_at__date__gte=first).select_related("rule")[:10],
        "url": link(f"{reverse('admin:analytics_funnel')}?from={first}&to={last}"),
        "home": link(reverse("admin:index")),
    }
    return Letter(Mail.Kind.DIGEST, f"Your week in the shop: {compared.title}", "digest", context)
