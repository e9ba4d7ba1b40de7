"""No guard is believed that nobody has seen missing."""

from pathlib import Path

import pytest

from tests.faults.house import ONLY
from tests.faults.unguarded import GUARDS

pytestmark = pytest.mark.faults
TESTS = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))


@pytest.mark.parametrize("guard", [name for name in GUARDS if name])
def test_every_guard_is_removed_in_a_test(guard):
    assert f'"{guard}"' in TESTS


def test_what_only_web_or_only_the_worker_hears_is_a_guard_or_a_setting():
    settings = {"SPOOL_LIMIT", "CLOCK_OFF_SECONDS", "KILLED_BY"}
    assert (ONLY["web"] | ONLY["worker"]) - settings - GUARDS.keys() == set()
