"""The whole stack, started once for a package of tests and gone with it: a shop that idles takes a tenth of a core.

Everyone who uses it carries xdist_group("stack").
"""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.stack.demo import Demo, free_port


@pytest.fixture(scope="package")
def short_folder():
    """Makes folders whose path leaves room for a socket's name."""
    made = []

    def make() -> Path:
        made.append(Path(tempfile.mkdtemp(prefix="stack-")))
        return made[-1]

    yield make
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def stack(short_folder):
    demo = Demo(short_folder(), free_port(), journeys=300)
    try:
        yield demo.ready()
    finally:
        code = demo.stop()
    assert (code, demo.programs()) == (0, {}), demo.log
