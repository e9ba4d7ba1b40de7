"""The doctor names what is wrong, and what to do about it."""

import pytest
import redis
from django.core.management import call_command
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import buffers, doctor
from journey import pressure, streams
from journey.models import SpooledBatch

# One group: the broker's settings are changed under it.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("doctor")]


def found() -> dict[str, tuple[bool, str]]:
    return {name: (is_well, sentence) for name, is_well, sentence in doctor.examine()}


def test_without_a_worker_it_says_so_and_fails(capsys):
    with pytest.raises(SystemExit) as end:
        call_command("doctor")
    assert end.value.code == 1
    assert "✗ worker       No worker answers: start one with celery -A config worker.\n" in capsys.readouterr().out


def test_the_broker_of_the_tests_keeps_what_it_was_given():
    assert doctor.persistence() == "the broker writes to disk and evicts nothing"


def test_a_broker_that_forgets_is_trouble():
    server = streams.stream()
    server.config_set("maxmemory-policy", "allkeys-lru")
    try:
        with pytest.raises(doctor.Trouble, match="set maxmemory-policy noeviction"):
            doctor.persistence()
    finally:
        server.config_set("maxmemory-policy", "noeviction")


def test_a_batch_nobody_collects_is_trouble(monkeypatch):
    monkeypatch.setattr(doctor, "LATE_SECONDS", -1)
    SpooledBatch.objects.create(payload=b"{}")
    with pytest.raises(doctor.Trouble, match="is celery -A config beat running"):
        doctor.beat()


def test_a_broker_that_is_gone_is_named_once(monkeypatch):
    gone = redis.Redis(unix_socket_path="/nowhere", retry=Retry(NoBackoff(), 0))
    monkeypatch.setattr(streams, "stream", lambda patience=5.0: gone)
    monkeypatch.setattr(buffers, "stream", lambda: gone)
    monkeypatch.setattr(pressure, "stream", lambda patience: gone)
    answers = found()
    assert [name for name, (_, sentence) in answers.items() if sentence.startswith("The broker does not")] == ["broker"]
    assert answers["stream"] == (False, "It needs the broker: start make demo, or correct REDIS_URL.")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("DEBUG", True, "DEBUG is on"), ("SECRET_KEY", "short", "SECRET_KEY is short"), ("DEMO", False, "plain HTTP")],
)
def test_unsafe_settings_are_trouble(settings, name, value, words):
    settings.SECRET_KEY = "x" * 50
    setattr(settings, name, value)
    with pytest.raises(doctor.Trouble, match=words):
        doctor.security()


def test_a_folder_nothing_can_be_uploaded_to_is_trouble(settings, tmp_path):
    (tmp_path / "media").write_text("a file where the folder should be")
    settings.MEDIA_ROOT = tmp_path / "media"
    with pytest.raises(doctor.Trouble, match="Nothing can be uploaded to"):
        doctor.uploads()


def test_an_ffmpeg_that_cannot_make_clips_is_trouble(monkeypatch):
    assert doctor.uploads() == "files can be written, videos prepared"
    monkeypatch.setattr(doctor, "missing_codecs", lambda: ["libx264"])
    with pytest.raises(doctor.Trouble, match="FFmpeg lacks libx264; install av from its wheel"):
        doctor.uploads()
