"""Every address of the house."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz
from shop.media import media

urlpatterns = [
    path("healthz", healthz),
    path("media/<path:path>", media, name="media"),
    path("journey/", include("journey.urls")),
    path("", include("shop.urls")),
    path("api/", include("analytics.urls")),
    path("admin/", admin.site.urls),
]
