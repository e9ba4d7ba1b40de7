"""The API and its description."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from analytics.api import AnyFunnel, FunnelDetail, FunnelList, Nowhere
from analytics.experiments.api import Experiments

app_name = "analytics"
experiment = "experiments/<slug:slug>/"
urlpatterns = [
    path("funnels/", FunnelList.as_view(), name="funnels"),
    path("funnel/", AnyFunnel.as_view(), name="any-funnel"),
    path("funnels/<slug:slug>/", FunnelDetail.as_view(), name="funnel"),
    path("experiments/", Experiments.as_view({"get": "list", "post": "create"}), name="experiments"),
    path(experiment, Experiments.as_view({"get": "retrieve"}), name="experiment"),
    path(f"{experiment}results/", Experiments.as_view({"get": "results"}), name="experiment-results"),
    path(f"{experiment}changes/", Experiments.as_view({"get": "changes"}), name="experiment-changes"),
    path(f"{experiment}start/", Experiments.as_view({"post": "start"}), name="start-experiment"),
    path(f"{experiment}pause/", Experiments.as_view({"post": "pause"}), name="pause-experiment"),
    path(f"{experiment}stop/", Experiments.as_view({"post": "stop"}), name="stop-experiment"),
    path(f"{experiment}grow/", Experiments.as_view({"post": "grow"}), name="grow-experiment"),
    path(f"{experiment}ship/", Experiments.as_view({"post": "ship"}), name="ship-experiment"),
    path(f"{experiment}take-back/", Experiments.as_view({"post": "take_back"}), name="take-back-experiment"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    re_path(r".*/\Z", Nowhere.as_view()),
]
