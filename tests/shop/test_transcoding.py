"""Uploaded videos: what is taken, what is made of it, and who takes over when a worker is killed."""

from datetime import timedelta
from io import BytesIO

import av
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from shop import clips, transcoding
from shop.models import Upload, Video
from shop.models.uploads import LEASE, State
from tests.factories import VideoFactory
from tests.films import film

pytestmark = pytest.mark.django_db


def sent(content: bytes, name: str = "morning.mp4") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        clips.checked_video(ContentFile(content))
    return refused.value.message


def prepared(content: bytes) -> Upload:
    upload = transcoding.receive(sent(content))
    transcoding.transcode_next()
    upload.refresh_from_db()
    return upload


def seen(upload: Upload) -> dict:
    """What a player finds in the clip."""
    with av.open(upload.movie.path) as opened:
        video = opened.streams.video[0]
        first = next(opened.decode(video))
        return {
            "codecs": [stream.codec_context.name for stream in opened.streams],
            "size": (video.width, video.height),
            "format": video.codec_context.pix_fmt,
            "rotation": first.rotation,
            "seconds": round(opened.duration / av.time_base),
        }


def colours(upload: Upload) -> tuple[str, str]:
    """Of the first picture, above and below."""
    with av.open(upload.movie.path) as opened:
        image = next(opened.decode(video=0)).to_image()
    middle = image.width // 2
    return tuple(
        "red" if image.getpixel((middle, y))[0] > 120 else "blue" for y in (image.height // 3, image.height - 9)
    )


@pytest.mark.parametrize(
    ("how", "codecs"),
    [
        ({}, ["h264", "aac"]),
        ({"sound": False}, ["h264"]),
        ({"kind": "webm"}, ["h264", "aac"]),
        ({"kind": "mov", "sound": False, "frames": 60}, ["h264"]),
    ],
)
def test_whatever_comes_becomes_a_clip_that_every_phone_plays(how, codecs):
    upload = prepared(film(**how))
    assert (upload.state, upload.percent, upload.words) == (State.READY, 100, "Ready")
    assert seen(upload) == {"codecs": codecs, "size": (90, 160), "format": "yuv420p", "rotation": 0, "seconds": 2}
    assert Image.open(upload.poster.path).size == (90, 160)


def test_a_clip_is_no_larger_than_a_phone_shows_and_begins_before_it_is_loaded():
    upload = prepared(film(size=(1080, 1920), seconds=1, sound=False))
    assert seen(upload)["size"] == (720, 1280)
    content = upload.movie.read()
    assert 0 < content.find(b"moov") < content.find(b"mdat")


def test_a_player_can_jump_to_every_second_second():
    with av.open(prepared(film(seconds=5)).movie.path) as opened:
        video = opened.streams.video[0]
        keys = [float(packet.pts * video.time_base) for packet in opened.demux(video) if packet.is_keyframe]
    assert {0.0, 2.0, 4.0} <= set(keys)


@pytest.mark.parametrize("turned", [90, -90])
def test_a_phone_held_upright_films_sideways_and_the_clip_stands_up(turned):
    upload = prepared(film(size=(160, 90), turned=turned))
    assert (seen(upload)["size"], seen(upload)["rotation"]) == ((90, 160), 0)


def test_a_phone_held_upside_down_is_turned_as_well():
    assert (colours(prepared(film())), colours(prepared(film(turned=180)))) == (("red", "blue"), ("blue", "red"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (film(size=(160, 90)), "This video is wider than tall (160 × 90): turn the phone upright, or crop it to 9:16."),
        (film(seconds=0.5), "This video is shorter than a second."),
        (film(seconds=181, frames=1, sound=False), "This video lasts 181 seconds: three minutes are the most."),
        (b"#EXTM3U\nfile:///etc/passwd\n", clips.UNREADABLE),
        (film()[:400], clips.UNREADABLE),
        (b"\0\0\0\x20ftypisom" + bytes(500), clips.UNREADABLE),
    ],
    ids=["wide", "short", "long", "playlist", "cut off", "empty"],
)
def test_what_the_feed_cannot_show_is_refused_in_a_sentence(content, sentence):
    assert refusal(content) == sentence


def test_a_file_that_is_too_large_is_refused_unread():
    file = ContentFile(b"")
    file.size = clips.VIDEO_BYTES + 1
    with pytest.raises(ValidationError, match="larger than 50 MB"):
        clips.checked_video(file)


def test_a_picture_larger_than_any_screen_is_not_decoded(monkeypatch):
    content = film(seconds=1, sound=False)
    monkeypatch.setattr(clips, "WIDEST", 100)
    assert refusal(content) == clips.UNREADABLE


@pytest.mark.both
def test_a_prepared_clip_becomes_its_videos_and_not_before():
    video = VideoFactory(clip="")
    upload = transcoding.receive(sent(film()))
    transcoding.tie(upload, video)
    assert list(Video.objects.published()) == []
    transcoding.transcode_next()
    upload.refresh_from_db()
    video = Video.objects.published().get()
    assert (video.clip_url, video.poster_url) == (upload.movie.url, upload.poster.url)
    assert not upload.original


def test_an_upload_that_is_ready_before_it_is_saved_is_handed_over_then():
    upload, video = prepared(film()), VideoFactory(clip="")
    transcoding.tie(upload, video)
    video.refresh_from_db()
    assert video.movie.name == upload.movie.name


def test_a_new_clip_replaces_the_old_one_when_it_is_ready_and_an_older_one_does_not():
    first, second = transcoding.receive(sent(film())), transcoding.receive(sent(film()))
    video = VideoFactory(clip="demo/clips/none")
    for upload in (first, second):
        transcoding.tie(upload, video)
    transcoding.transcode_next()
    video.refresh_from_db()
    assert not video.movie
    transcoding.transcode_next()
    video.refresh_from_db()
    second.refresh_from_db()
    assert video.movie.name == second.movie.name


def test_a_file_that_is_damaged_in_the_middle_fails_in_words_and_can_be_tried_again():
    upload = transcoding.receive(sent(film(seconds=4)))
    with open(upload.original.path, "r+b") as file:
        file.truncate(3000)
    transcoding.transcode_next()
    upload.refresh_from_db()
    assert (upload.state, upload.words) == (
        State.FAILED,
        "The file is damaged, after 0 % of it: export it again and send that.",
    )
    assert transcoding.try_again(upload)
    upload.refresh_from_db()
    assert (upload.state, upload.reason, transcoding.try_again(upload)) == (State.WAITING, "", False)


@pytest.mark.both
def test_one_video_is_prepared_at_a_time():
    for _ in range(2):
        transcoding.receive(sent(film()))
    assert transcoding.take()
    assert transcoding.take() is None
    assert sorted(Upload.objects.values_list("state", flat=True)) == ["waiting", "working"]


def dead(upload: Upload) -> None:
    Upload.objects.filter(pk=upload.pk).update(heard_at=timezone.now() - LEASE - timedelta(seconds=1))


@pytest.mark.both
def test_a_killed_workers_video_is_taken_up_again_and_the_dead_one_cannot_come_back():
    transcoding.receive(sent(film()))
    before = transcoding.take()
    transcoding.transcode_next()
    assert Upload.objects.get().state == State.WORKING
    dead(before)
    transcoding.transcode_next()
    assert (Upload.objects.get().state, Upload.objects.get().tries) == (State.READY, 2)
    with pytest.raises(transcoding.TakenAway):
        transcoding.change(before, state=State.FAILED)


def test_a_video_that_kills_its_workers_is_given_up():
    transcoding.receive(sent(film()))
    for _ in range(transcoding.MOST_TRIES):
        dead(transcoding.take())
        transcoding.give_up_on_dead_workers()
    upload = Upload.objects.get()
    assert (upload.state, upload.words) == (
        State.FAILED,
        "The worker was stopped each time it worked on this video.",
    )


def test_progress_is_written_while_it_works(monkeypatch):
    monkeypatch.setattr(transcoding, "TOLD_EVERY_S", 0)
    transcoding.receive(sent(film()))
    upload = transcoding.take()
    told = transcoding.teller(upload)
    told(42)
    assert (Upload.objects.get().percent, Upload.objects.get().words) == (42, "Being prepared: 42 %")


def test_a_video_that_takes_longer_than_a_task_may_is_given_up_in_words(monkeypatch):
    monkeypatch.setattr(transcoding, "PATIENCE_S", -1)
    assert prepared(film()).words == "It takes too long to prepare: send it shorter, or in 1080 × 1920."


def test_what_no_video_shows_is_thrown_away_after_a_day():
    kept, orphan = prepared(film(seconds=1)), prepared(film(seconds=1))
    awaited, forgotten = (transcoding.receive(sent(film(seconds=1))) for _ in range(2))
    for upload in (kept, awaited):
        transcoding.tie(upload, VideoFactory(clip=""))
    Upload.objects.update(at=timezone.now() - timedelta(days=2))
    young = transcoding.receive(sent(film(seconds=1)))
    transcoding.tidy_up()
    assert set(Upload.objects.all()) == {kept, awaited, young}
    assert [file.storage.exists(file.name) for file in (kept.movie, awaited.original)] == [True, True]
    assert [file.storage.exists(file.name) for file in (orphan.movie, forgotten.original)] == [False, False]
    assert BytesIO(kept.movie.read()).getbuffer().nbytes > 0
