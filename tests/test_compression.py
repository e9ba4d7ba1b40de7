"""Pages leave compressed, for who can read that; what is no text, or is one already, stays as it is."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from config.compression import PADDING, CompressionMiddleware, gzipped
from tests.factories import VideoFactory

LONG = b"<p>All of it, again. </p>" * 100


def answered(response: HttpResponse, accepted: str = "gzip, deflate, br") -> HttpResponse:
    return CompressionMiddleware(lambda request: response)(
        RequestFactory().get("/", headers={"accept-encoding": accepted})
    )


@pytest.mark.django_db
def test_a_page_comes_compressed_and_reads_the_same(client):
    VideoFactory(caption="Week one")
    page = client.get("/", headers={"accept-encoding": "gzip"})
    assert (page["Content-Encoding"], int(page["Content-Length"])) == ("gzip", len(page.content))
    assert "Accept-Encoding" in page["Vary"]
    assert "Week one" in gzip.decompress(page.content).decode()


@pytest.mark.parametrize("body", [LONG, b"", "ü€".encode() * 40_000])
def test_what_was_compressed_is_read_by_every_reader_of_gzip(body):
    assert gzip.decompress(gzipped(body)) == body


def test_the_length_of_an_answer_says_little():
    lengths = {len(gzipped(LONG)) for _ in range(400)}
    assert len(lengths) > 40
    assert max(lengths) - min(lengths) < PADDING


def test_a_cache_is_told_that_there_are_two_of_it_and_the_tag_stands_for_both():
    sent = answered(HttpResponse(LONG, headers={"ETag": '"one"', "Vary": "Cookie"}))
    assert (sent["Vary"], sent["ETag"]) == ("Cookie, Accept-Encoding", 'W/"one"')


@pytest.mark.parametrize("accepted", ["", "br", "identity", "gzip;q=0", "gzip; q=0.0, br"])
def test_who_cannot_read_it_gets_it_plain(accepted):
    sent = answered(HttpResponse(LONG), accepted)
    assert (sent.content, "Content-Encoding" in sent, sent["Vary"]) == (LONG, False, "Accept-Encoding")


@pytest.mark.parametrize("accepted", ["gzip", "br;q=1.0, gzip;q=0.8", "gzip;q=0.001"])
def test_who_can_read_it_gets_it_compressed(accepted):
    assert answered(HttpResponse(LONG), accepted)["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(b"short"),
        HttpResponse(status=204),
        HttpResponse(LONG, content_type="image/webp"),
        HttpResponse(LONG, headers={"Content-Encoding": "br"}),
        StreamingHttpResponse([LONG, LONG], content_type="text/csv"),
    ],
    ids=["short", "nothing", "a picture", "compressed already", "a stream"],
)
def test_what_gains_nothing_leaves_as_it_is(response):
    before = dict(response.headers)
    assert dict(answered(response).headers) == before
