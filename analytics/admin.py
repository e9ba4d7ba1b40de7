"""Reports in the admin: the funnel page and its neighbours."""

from django.contrib import admin
from django.urls import URLPattern, path

from analytics.alerts.admin import AlertAdmin, AlertRuleAdmin
from analytics.diagnosis.admin import BenchmarkAdmin, DiagnosisAdmin
from analytics.forwarding.admin import OutgoingAdmin
from analytics.jobs.admin import JobAdmin
from analytics.mailing.admin import MailAdmin, ScheduleAdmin, UnwantedAdmin
from analytics.models import Funnel
from analytics.saved.admin import SavedReportAdmin
from analytics.screens import funnel_views
from analytics.screens import participants as participants  # registers its page
from analytics.screens.journey_pages import JourneyAdmin
from analytics.screens.read_only import ReadOnly
from analytics.videos.admin import ProductResultsAdmin, VideoResultsAdmin

__all__ = [
    "AlertAdmin",
    "AlertRuleAdmin",
    "BenchmarkAdmin",
    "DiagnosisAdmin",
    "FunnelAdmin",
    "JobAdmin",
    "JourneyAdmin",
    "MailAdmin",
    "OutgoingAdmin",
    "ProductResultsAdmin",
    "SavedReportAdmin",
    "ScheduleAdmin",
    "UnwantedAdmin",
    "VideoResultsAdmin",
]


@admin.register(Funnel)
class FunnelAdmin(ReadOnly):
    def get_urls(self) -> list[URLPattern]:
        # The list keeps its name, so that the index of the admin can link it; the report answers in its place.
        pages = {"": ("funnel", funnel_views.funnel), "drop/": ("drop", funnel_views.drop)}
        pages["values/"] = ("values", funnel_views.values)
        own = [
            path(at, self.admin_site.admin_view(view), name=f"analytics_{name}") for at, (name, view) in pages.items()
        ]
        return [*own, *super().get_urls()]
