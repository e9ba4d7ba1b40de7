"""Where the browser's half of the instrument reports to."""

from django.urls import path

from journey.beacon import Beacon

app_name = "journey"
urlpatterns = [path("beacon", Beacon.as_view(), name="beacon")]
