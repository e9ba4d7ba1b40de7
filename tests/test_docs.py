"""The documents say what the code does."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from analytics.answers.questions import funnel_of
from analytics.exporting import columns, names
from analytics.screens.glossary import TERMS
from analytics.videos.metrics import PRODUCT_METRICS, VIDEO_METRICS
from analytics.videos.product_figures import ProductFigures
from analytics.videos.video_figures import VideoFigures
from config.destinations import DESTINATIONS
from journey.steps import Step

DOCS = Path(settings.BASE_DIR, "docs")


def test_events_page_lists_exactly_the_steps_we_have():
    rows = re.findall(r"^\| `(\w+)` \| `(\w)` \| (\d|–) \| (\w+) \| (.+) \|$", (DOCS / "events.md").read_text(), re.M)
    expected = [
        (step.value, step.letter, str(int(step.stage)) if step.stage else "–", step.teller.value, step.meaning)
        for step in Step
    ]
    assert rows == expected


def test_events_page_names_every_property_that_the_shop_tells():
    named = set(re.findall(r"`(\w+)`", (DOCS / "events.md").read_text().split("## Properties")[1]))
    calls = [
        call
        for path in Path(settings.BASE_DIR, "shop").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and re.search(r"\b(journey|facts)\.(record|about|commit)$", ast.unparse(call.func))
    ]
    told = {keyword.arg for call in calls for keyword in call.keywords} - {None, "fact", "participant"}
    assert told
    assert told - named == set()


def test_reports_page_says_what_every_word_of_a_report_means():
    page = (DOCS / "reports.md").read_text().split("## What the words mean")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+) \|$", page, re.M)[1:]
    assert rows == [(term.name, term.meaning) for term in TERMS.values()]


def test_exporting_page_names_what_other_tools_call_a_step():
    rows = re.findall(r"^\| `(\w+)` \| (`\w+`|–) \| (`\w+`|–) \|$", (DOCS / "exporting.md").read_text(), re.M)
    named = [(step, names.GA4.get(step), names.TIKTOK.get(step)) for step in Step]
    assert rows == [
        (step.value, f"`{ga4}`" if ga4 else "–", f"`{tiktok}`" if tiktok else "–")
        for step, ga4, tiktok in named
        if ga4 or tiktok
    ]


def test_exporting_page_names_every_column_and_every_variable():
    page = (DOCS / "exporting.md").read_text()
    ours = [*columns.BASE, *columns.NAMES, "props_more"]
    ours += ["FORWARD_TO", "FORWARDING_LIMIT"]
    ours += [f"{name}_{key}".upper() for name, read in DESTINATIONS.items() for key in read()]
    assert [name for name in ours if f"`{name}`" not in page] == []


def test_events_page_names_every_property_with_a_column_of_its_own():
    named = set(re.findall(r"`(\w+)`", (DOCS / "events.md").read_text().split("## Properties")[1]))
    assert set(columns.TYPED) - named == set()


def test_metrics_page_says_what_every_figure_means():
    parts = (DOCS / "metrics.md").read_text().split("\n## ")[2:]
    names = [re.findall(r"^\| ([^`|]+) \| `(\w+)` \| (.+) \|$", part, re.M) for part in parts[:2]]
    assert names == [[(m.label, m.key, m.meaning) for m in known] for known in (VIDEO_METRICS, PRODUCT_METRICS)]
    fields = [re.findall(r"^\| `(\w+)` \| (.+) \|$", part, re.M) for part in parts[2:]]
    assert fields == [[*known.meanings().items()] for known in (VideoFigures, ProductFigures)]


def test_data_model_page_names_every_table():
    named = set(re.findall(r"^\| `(\w+)` \|", (DOCS / "data-model.md").read_text(), re.M))
    ours = {
        model.__name__ for app in ("journey", "shop", "analytics") for model in apps.get_app_config(app).get_models()
    }
    assert named == ours


def test_house_page_names_every_file_that_lies_at_the_door_of_an_application():
    text = (DOCS / "house.md").read_text()
    files = [path for app in ("journey", "analytics", "shop") for path in Path(settings.BASE_DIR, app).glob("*.py")]
    missing = [f"{path.parent.name}/{path.name}" for path in files if f"`{path.name}`" not in text]
    assert [name for name in missing if not name.endswith("__init__.py")] == []


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in DOCS.glob("*.md"))])
def test_every_file_a_page_links_to_exists(page):
    source = Path(settings.BASE_DIR, page)
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", source.read_text())
    assert [link for link in links if not (source.parent / link).exists()] == []


def test_every_example_of_a_funnel_can_be_asked():
    page = (DOCS / "funnels.md").read_text()
    written = re.findall(r"^\| [^|]+ \| `((?:[^`|]|\\\|)+)`", page, re.M)
    lines = [line.replace("\\|", "|") for line in written if not re.match(r"order=|attempt=|window=", line)]
    assert len(lines) == 7
    for line in [*lines, *re.findall(r'--steps "([^"]+)"', page), *re.findall(r"\?steps=([^&]+)&", page)]:
        whole = line if "," in line else f"view_item,{line}"
        assert funnel_of(whole, "7d", "ordered", "first").steps
