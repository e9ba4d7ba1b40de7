"""What is drawn leaves compressed, in a tenth of a millisecond."""

import re
import secrets
import struct
import zlib

from django.utils.cache import patch_vary_headers

LEVEL = 1  # a feed becomes 7 KB in 0.1 ms; level 6 makes it 6 KB in 0.3 ms
LEAST = 500  # bytes: less than that travels in one packet anyway
TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")
HEADER = b"\x1f\x8b\x08\x08\0\0\0\0\x04\xff"  # of gzip: a name follows, no time, the fastest level
PADDING = 100  # bytes at most

accepts_gzip = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


class CompressionMiddleware:
    """Only whole answers of text: files are kept compressed by WhiteNoise, streams and pictures leave as they are."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not _is_text(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
            response.content = gzipped(response.content)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
            if response.headers.get("ETag", "").startswith('"'):
                response.headers["ETag"] = "W/" + response.headers["ETag"]
        return response


def gzipped(body: bytes) -> bytes:
    """As `gzip` would, with a name of random length.

    BREACH: who can have a victim's browser ask for pages, put words on them and watch how long the answers get, could
    guess what else stands there, letter by letter. Here the CSRF token is masked anew for each answer, cookies are
    SameSite=Lax, so that another site's requests come without them, and the name blurs the length. Keep all three.
    """
    name = b"a" * secrets.randbelow(PADDING) + b"\0"
    return HEADER + name + zlib.compress(body, LEVEL, -zlib.MAX_WBITS) + struct.pack("<LL", zlib.crc32(body), len(body))


def _is_text(response) -> bool:
    if response.streaming or response.has_header("Content-Encoding") or len(response.content) < LEAST:
        return False
    return response.headers.get("Content-Type", "").startswith(TEXTS)
