"""Traffic through the API: more of it, and only for what runs or is paused."""

import pytest

from journey.models import Experiment
from tests.analytics.experiments.test_api import DRAFT, LIST, sent
from tests.analytics.experiments.test_api import api as api
from tests.analytics.experiments.test_api import short as short

pytestmark = pytest.mark.django_db


def test_only_what_runs_or_is_paused_grows(api, short):
    api.post(LIST, DRAFT, format="json")
    at = f"{LIST}body/grow/"
    for state in ("stopped", "decided"):
        Experiment.objects.update(state=state)
        assert sent(api, at, share=90) == (409, f"This experiment is {state}. To grow, it has to be paused or running.")
    assert Experiment.objects.get().share == 40
    Experiment.objects.update(state="paused")
    assert sent(api, at, share=40) == (409, "The share may only grow: from 40 % up to 100 %.")
    assert api.post(at, {"share": 90}, format="json").json()["share"] == 90
