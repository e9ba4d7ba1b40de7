"""What a browser fetches for its first page, byte by byte as our own server sends it, without pictures and films."""

import gzip
import re
from dataclasses import dataclass
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import pytest

from tests.walker import PHONE

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("stack")]

KILOBYTE = 1000
HEAVIEST = 100 * KILOBYTE
DRAWN, TOGETHER = 16 * KILOBYTE, 8  # the HTML alone; style sheets, scripts, font and icon
NAMED = re.compile(r'<(?:link|script)[^>]+(?:href|src)="([^"]+\.(?:css|js|woff2|svg))"')
WITHIN = re.compile(r'url\("?([^")]+)"?\)')


@dataclass
class Answer:
    weight: int
    text: str
    headers: dict[str, str]


def fetched(address: str) -> Answer:
    asked = Request(address, headers={"User-Agent": PHONE, "Accept-Encoding": "gzip, deflate"})  # noqa: S310
    with urlopen(asked, timeout=20) as answer:  # noqa: S310
        body = answer.read()
        headers = {name.lower(): value for name, value in answer.headers.items()}
    text = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    return Answer(len(body), text.decode(errors="replace"), headers)


def files_of(page: str, address: str) -> dict[str, Answer]:
    """What the page names, and what its style sheets name."""
    files = {name: fetched(name) for name in {urljoin(address, name) for name in NAMED.findall(page)}}
    sheets = {name: file.text for name, file in files.items() if name.endswith(".css")}
    named = {urljoin(name, one) for name, text in sheets.items() for one in WITHIN.findall(text)}
    return files | {name: fetched(name) for name in named}


@pytest.mark.parametrize("path", ["", "p/rose-serum", "shop", "@mira-glows"])
def test_a_page_weighs_no_more_than_a_slow_phone_carries(stack, path):
    page = fetched(stack.url + path)
    files = files_of(page.text, stack.url)
    assert {
        kind: any(name.endswith(end) for name in files)
        for kind, end in {"font": ".woff2", "sheets": ".css", "scripts": ".js"}.items()
    } == {"font": True, "sheets": True, "scripts": True}
    assert page.weight <= DRAWN
    assert len(files) <= TOGETHER
    assert page.weight + sum(file.weight for file in files.values()) <= HEAVIEST


def test_a_page_leaves_compressed_and_a_file_for_good(stack):
    page = fetched(stack.url)
    told = page.headers["content-encoding"], page.headers["vary"], page.headers["cache-control"]
    assert told == ("gzip", "Accept-Language, Cookie, Accept-Encoding", "private, no-store")
    forever = {file.headers["cache-control"] for file in files_of(page.text, stack.url).values()}
    assert forever == {"max-age=315360000, public, immutable"}
