"""The ground that the races run on, and the process that runs them."""

import json
import subprocess
import sys

import pytest

from tests.shop.races import ground as grounds


@pytest.fixture(scope="package")
def ground():
    with grounds.ground() as env:
        yield env


@pytest.fixture(scope="package")
def rivals(ground):
    command = [sys.executable, "-m", "tests.shop.races.rivals"]
    with subprocess.Popen(command, env=ground, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def race(rivals):
    """Run one scenario; returns what it counted."""

    def run(scenario: str, *without: str) -> dict:
        print(scenario, *without, file=rivals.stdin, flush=True)
        return json.loads(rivals.stdout.readline())

    return run
