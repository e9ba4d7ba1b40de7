"""Where the browser's half of the instrument reports to."""

from django.urls import path

from journey import consenting, inspector
from journey.beacon import beacon

app_name = "journey"
urlpatterns = [
    path("beacon", beacon, name="beacon"),
    path("consent", consenting.answer, name="consent"),
    path("inspector", inspector.panel, name="inspector"),
    path("inspector/steps", inspector.steps, name="inspector-steps"),
    path("start-over", inspector.start_over, name="start-over"),
]
