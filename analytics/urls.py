"""The API and its description."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from analytics.api import AnyFunnel, FunnelDetail, FunnelList, Nowhere

app_name = "analytics"
urlpatterns = [
    path("funnels/", FunnelList.as_view(), name="funnels"),
    path("funnel/", AnyFunnel.as_view(), name="any-funnel"),
    path("funnels/<slug:slug>/", FunnelDetail.as_view(), name="funnel"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    re_path(r".*/\Z", Nowhere.as_view()),
]
