"""Every address of the house."""

from django.contrib import admin
from django.urls import include, path

from analytics.experiments.omission_views import omission
from analytics.experiments.views import results
from analytics.mailing.stopping import stop
from analytics.screens.views import lost_steps, steps
from config.health import live, ready
from config.health_page import health_page
from journey.consenting import gpc
from shop.media import media

urlpatterns = [
    path("healthz/live", live),
    path("healthz/ready", ready),
    path(".well-known/gpc.json", gpc),
    path("media/<path:path>", media, name="media"),
    path("journey/", include("journey.urls")),
    path("", include("shop.urls")),
    path("api/", include("analytics.urls")),
    path("mails/stop/<str:token>/", stop, name="stop_mail"),
    path("admin/health/", admin.site.admin_view(health_page), name="health"),
    path("admin/lost-steps/", admin.site.admin_view(lost_steps), name="lost_steps"),
    path("admin/experiments/<slug:slug>/", admin.site.admin_view(results), name="experiment_results"),
    path("admin/experiments/<slug:slug>/left-out/", admin.site.admin_view(omission), name="experiment_omission"),
    path("admin/steps/", admin.site.admin_view(steps), name="steps"),
    path("admin/", admin.site.urls),
]
