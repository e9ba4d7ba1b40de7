"""Every address of the house."""

from django.contrib import admin
from django.urls import include, path

from analytics.views import lost_steps, steps
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
    path("admin/health/", admin.site.admin_view(health_page), name="health"),
    path("admin/lost-steps/", admin.site.admin_view(lost_steps), name="lost_steps"),
    path("admin/steps/", admin.site.admin_view(steps), name="steps"),
    path("admin/", admin.site.urls),
]
