"""Uploads as a player fetches them: ranges to the byte, and nothing that is not for everyone."""

import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from shop import media

CLIP = bytes(range(256)) * 4


@pytest.fixture
def address() -> str:
    return default_storage.url(default_storage.save("videos/clip.mp4", ContentFile(CLIP)))


def fetched(client, address: str, wanted: str, **headers: str) -> tuple[int, str, bytes]:
    answer = client.get(address, headers={"Range": wanted, **headers})
    assert answer["Content-Length"] == str(len(answer.content))
    return answer.status_code, answer.get("Content-Range", ""), answer.content


def test_the_whole_file(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, CLIP, "video/mp4")
    assert (answer["Accept-Ranges"], answer["Content-Length"]) == ("bytes", "1024")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.cookies == {}


@pytest.mark.parametrize(
    ("wanted", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-", 0, 1024),
        ("bytes=100-199", 100, 200),
        ("bytes=1023-", 1023, 1024),
        ("bytes=1000-5000", 1000, 1024),
        ("bytes=-1", 1023, 1024),
        ("bytes=-100", 924, 1024),
        ("bytes=-5000", 0, 1024),
    ],
)
def test_a_range_is_exact_to_the_byte(client, address, wanted, first, end):
    assert fetched(client, address, wanted) == (206, f"bytes {first}-{end - 1}/1024", CLIP[first:end])


def test_ranges_that_follow_each_other_are_the_file(client, address, monkeypatch):
    monkeypatch.setattr(media, "PIECE", 300)
    got = b""
    while len(got) < len(CLIP):
        status, about, piece = fetched(client, address, f"bytes={len(got)}-")
        assert (status, about) == (206, f"bytes {len(got)}-{len(got) + len(piece) - 1}/1024")
        got += piece
    assert got == CLIP
    assert fetched(client, address, "bytes=-900") == (206, "bytes 124-423/1024", CLIP[124:424])


@pytest.mark.parametrize("wanted", ["bytes=1024-", "bytes=2000-3000", "bytes=-0"])
def test_a_range_behind_the_end_is_refused_with_the_length(client, address, wanted):
    assert fetched(client, address, wanted) == (416, "bytes */1024", b"")


@pytest.mark.parametrize("wanted", ["bytes=-", "bytes=5-2", "bytes=a-b", "bytes=0-1,5-9", "seconds=0-5", "bytes=٣-٤"])
def test_what_is_no_single_range_gets_the_whole_file(client, address, wanted):
    assert fetched(client, address, wanted) == (200, "", CLIP)


def test_a_head_tells_the_length_and_sends_nothing(client, address):
    answer = client.head(address, headers={"Range": "bytes=0-99"})
    assert (answer.status_code, answer["Content-Length"], answer.content) == (200, "1024", b"")


def test_what_the_browser_has_is_not_sent_again(client, address):
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304


def test_a_range_of_another_version_gets_the_whole_file(client, address):
    etag = client.get(address)["ETag"]
    assert fetched(client, address, "bytes=0-9", **{"If-Range": etag})[0] == 206
    assert fetched(client, address, "bytes=0-9", **{"If-Range": '"another"'}) == (200, "", CLIP)


def test_an_empty_file_has_no_ranges(client):
    address = default_storage.url(default_storage.save("videos/empty.mp4", ContentFile(b"")))
    assert fetched(client, address, "bytes=0-") == (416, "bytes */0", b"")
    assert fetched(client, address, "bytes=-5") == (416, "bytes */0", b"")


def test_only_what_everyone_may_see_has_an_address(client, db, settings):
    outside = settings.MEDIA_ROOT.parent / "outside.mp4"
    outside.write_bytes(CLIP)
    names = [default_storage.save(name, ContentFile(CLIP)) for name in ("tickets/a.webp", "a.mp4", "videos/a.html")]
    os.makedirs(settings.MEDIA_ROOT / "pictures", exist_ok=True)
    paths = [*names, "videos", "videos/", "pictures", "videos/none.mp4", "videos/\0.mp4", "videos/../" + names[0]]
    paths += ["../outside.mp4", "videos/../../outside.mp4", "videos/%2e%2e/%2e%2e/outside.mp4", str(outside)]
    assert {path: client.get(f"/media/{path}").status_code for path in paths} == dict.fromkeys(paths, 404)
    assert client.post(f"/media/{names[0]}").status_code in {403, 405}
