"""A report as a file: every format tells the same numbers, and what was asked."""

import csv
import json
import re
from io import BytesIO, StringIO

import pyarrow.parquet as pq
import pytest
from django.urls import reverse
from fpdf import FPDF

from analytics.counts.counting import count
from analytics.exporting.paper import Paper
from analytics.exporting.reports import WRITERS
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, HOUR, TAPPED, WATCHED, batch

pytestmark = pytest.mark.django_db
ASKED = {"funnel": "shop", "by": "device", "kind": "visitor"}


@pytest.fixture
def shop():
    at = now_us() - HOUR
    store([batch(n, *BOUGHT, at=at) for n in (1, 2)] + [batch(3, *TAPPED, (12, Step.VIEW_ITEM), at=at)])
    store([batch(4, *WATCHED, (9, Step.VIEW_ITEM), at=at, context=("desktop", "Chrome", "direct", ""))])
    count()


@pytest.fixture
def file(shop, admin_client):
    def get(format_: str, **params) -> bytes:
        answer = admin_client.get(reverse("admin:analytics_funnel"), ASKED | params | {"format": format_})
        assert (answer.status_code, answer["Content-Type"]) == (200, WRITERS[format_][1])
        assert answer["Content-Disposition"] == f'attachment; filename="funnel-shop.{format_}"'
        return answer.content

    return get


def test_csv_json_and_parquet_have_the_same_rows(file):
    table = pq.read_table(BytesIO(file("parquet"))).to_pylist()
    rows = [(row["segment"] or "all", row["step"], row["count"], row["from_previous"]) for row in table]
    told = json.loads(file("json"))
    parts = {"all": told["steps"]} | told["segments"]
    assert rows == [
        (s, line["step"], line["count"], line["from_previous"]) for s, part in parts.items() for line in part
    ]
    lines = csv.DictReader(StringIO(file("csv").decode()))
    assert [(line["segment"], line["step"], int(line["count"])) for line in lines] == [row[:3] for row in rows]
    assert rows[:4] == [
        ("all", "Product page", 4, 1.0), ("all", "Added to cart", 2, 0.5),
        ("all", "Checkout", 2, 1.0), ("all", "Purchase", 2, 1.0),
    ]  # fmt: skip


def test_json_and_parquet_say_what_was_asked(file):
    about = json.loads(file("json", product="rose-serum"))["about"]
    assert about["question"] == "Who opens a product page and does not buy, and where do they stop?"
    assert about["steps"] == "view_item,add_to_cart,begin_checkout,purchase"
    assert (about["asked"]["Only"], about["asked"]["Split by"]) == ("product rose-serum", "device")
    kept = json.loads(pq.read_schema(BytesIO(file("parquet"))).metadata[b"scrollshop"])
    assert (kept["funnel"], kept["asked"]["Counted"]) == ("shop", "each journey")


def test_paper_has_the_question_the_numbers_and_the_date_of_reading(shop, admin_client, monkeypatch):
    said: list[str] = []
    write, paragraph = Paper.put, FPDF.multi_cell
    monkeypatch.setattr(
        Paper, "put", lambda self, x, y, text, *a, **k: (said.append(text), write(self, x, y, text, *a, **k))
    )
    monkeypatch.setattr(
        FPDF, "multi_cell", lambda self, w, h, text, **k: (said.append(text), paragraph(self, w, h, text, **k))
    )
    answer = admin_client.get(reverse("admin:analytics_funnel"), ASKED | {"format": "pdf", "kind": "all"})
    assert answer.content.startswith(b"%PDF-")
    for words in (
        "Who opens a product page and does not buy, and where do they stop?",
        "50.0 %",
        "Purchase",
        "desktop",
    ):
        assert words in said
    assert any(re.search(r"read \d{4}-\d\d-\d\d \d\d:\d\d UTC · page 2 of", words) for words in said)


def test_paper_says_that_nobody_came(file):
    assert file("pdf", **{"from": "2020-01-01", "to": "2020-01-02"}).startswith(b"%PDF-")


def test_letters_that_paper_lacks_are_question_marks_and_long_names_are_cut(shop):
    paper = Paper("Title", "now")
    assert (paper.fitted("serum", 100, 9), paper.lacks_letters) == ("serum", False)
    assert (paper.fitted("serum 精华", 100, 9), paper.lacks_letters) == ("serum ??", True)
    cut = paper.fitted("a-very-long-name-of-a-product " * 5, 40, 9)
    assert (cut[-1], paper.get_string_width(cut) <= 40) == ("…", True)


def test_the_page_offers_every_format(shop, admin_client):
    page = admin_client.get(reverse("admin:analytics_funnel"), ASKED | {"kind": "all"}).content.decode()
    for format_ in WRITERS:
        assert f"by=device&amp;kind=all&amp;format={format_}" in page


@pytest.mark.parametrize("format_", WRITERS)
def test_no_file_is_made_of_what_is_not_understood(shop, admin_client, format_):
    answer = admin_client.get(reverse("admin:analytics_funnel"), {"by": "mood", "format": format_})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
