"""kill -9 of a Celery worker in the middle of a video: the next one takes it up, and the clip is whole."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, contextmanager
from pathlib import Path

import av
import pytest

from tests.films import film

pytestmark = pytest.mark.faults
SECONDS, RATE = 4, 24
RECEIVED = """
from django.core.files import File
from shop.transcoding import receive
with open("{path}", "rb") as film:
    receive(File(film, name="film.mp4"))
"""


def say(env: dict[str, str], script: str) -> None:
    assert saying(env, script).wait() == 0


def saying(env: dict[str, str], script: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", f"import django; django.setup()\n{script}"], env=env)


def row(folder: Path) -> tuple:
    with closing(sqlite3.connect(folder / "scrollshop.sqlite3")) as database:
        return database.execute("SELECT state, tries, original, movie FROM shop_upload").fetchone()


def wait_for(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def worker(env: dict[str, str]):
    """A Celery worker as the demo starts it, killed with all its processes in the end."""
    command = [
        sys.executable,
        "-m",
        "celery",
        "--quiet",
        "--app=config",
        "worker",
        "--concurrency=1",
        "--loglevel=ERROR",
    ]
    running = subprocess.Popen(command, env=env, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def test_a_worker_killed_in_the_middle_of_a_video_is_replaced_and_the_clip_is_whole(ground):
    folder, env, _ = ground
    (folder / "film.mp4").write_bytes(film(size=(540, 960), seconds=SECONDS, frames=RATE, sound=False))
    say(env, RECEIVED.format(path=folder / "film.mp4"))
    wake = "from shop.tasks import transcode_next; transcode_next.delay()"
    # Not waited for: by the time that process has ended, a quick worker can be through.
    with saying(env, wake), worker(env):
        wait_for(lambda: row(folder)[0] == "working")
    assert row(folder)[:2] == ("working", 1)
    say(env, "from shop.models import Upload; Upload.objects.update(heard_at='2026-01-01T00:00Z')")
    with worker(env):
        say(env, wake)
        wait_for(lambda: row(folder)[0] == "ready" and not row(folder)[2])
    _, tries, _, movie = row(folder)
    with av.open(str(folder / "media" / movie)) as clip:
        frames = sum(1 for _ in clip.decode(video=0))
    assert (tries, frames) == (2, SECONDS * RATE)
    assert [file.name for file in (folder / "media/videos").glob("*.mp4")] == [Path(movie).name]
    assert not list((folder / "private/originals").iterdir())
