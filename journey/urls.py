"""Where the browser's half of the instrument reports to."""

from django.urls import path

from journey import inspector
from journey.beacon import Beacon

app_name = "journey"
urlpatterns = [
    path("beacon", Beacon.as_view(), name="beacon"),
    path("inspector", inspector.panel, name="inspector"),
    path("inspector/steps", inspector.steps, name="inspector-steps"),
    path("start-over", inspector.start_over, name="start-over"),
]
