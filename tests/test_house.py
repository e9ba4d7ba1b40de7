"""The house rules that a machine can keep."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory

from journey import designs
from shop import urls

ROOT = Path(settings.BASE_DIR)
LONGEST = 250
# A longer file, and why it is still one room.
EXCEPTIONS: dict[str, str] = {}

VIEWS = {pattern.name: pattern.callback for pattern in urls.urlpatterns}


def files(*suffixes: str) -> list[Path]:
    """What is committed or about to be, as Git sees it; with suffixes, only files that end so."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    """file:line of every line the pattern is found in."""
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if wanted.search(line)
    ]


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", VIEWS)
def test_every_shop_url_is_a_page_a_part_or_an_act(name):
    assert any(hasattr(VIEWS[name], mark) for mark in ("step", "part", "acts"))


@pytest.mark.parametrize(
    "name", [name for name, view in VIEWS.items() if not hasattr(view, "step") and not hasattr(view, "part")]
)
def test_an_act_cannot_be_followed_like_a_link(name):
    assert VIEWS[name](RequestFactory().get("/")).status_code == 405


def test_every_control_block_can_be_drawn():
    assert designs.known_slots()
    assert designs.problems(designs.known_slots(), designs.known_values()) == []


def test_no_file_has_grown_into_two_rooms():
    written = [path for path in files(".py", ".html", ".css", ".js") if path.parent.name != "migrations"]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in written}
    assert {name for name, length in lengths.items() if length > LONGEST} == set(EXCEPTIONS)


def test_nothing_lies_about_unused():
    text = "".join(
        path.read_text() for path in files(".py", ".html", ".js", ".json") if ROOT / "tests" not in path.parents
    )
    drawn = [path.stem for path in (ROOT / "static/shop/icons").glob("*.svg")]
    linked = [path.name for path in (ROOT / "static").rglob("*") if path.suffix in (".css", ".js")]
    assert [name for name in drawn if not re.search(rf"[\"'=|:]{name}[\"'|]", text)] == []
    assert [name for name in linked if name not in text] == []


def test_no_view_is_exempt_from_the_csrf_check():
    assert lines_with(r"csrf_exempt", [path for path in files(".py") if ROOT / "tests" not in path.parents]) == []


def test_money_is_never_a_float():
    drawing = ROOT / "shop/demo/media"
    shop = [path for path in files(".py") if path.is_relative_to(ROOT / "shop") and not path.is_relative_to(drawing)]
    assert lines_with(r"\bFloatField\b|\bfloat\(", shop) == []


def test_no_file_names_a_package_index_or_a_place_on_somebodys_machine():
    # Bracketed letters, lest this line find itself.
    index = r"py[p]i\.org|python[h]osted\.org|npm[j]s\.org|npm[j]s\.com|deb\.de[b]ian\.org"
    place = r"(?<![\w.*-])/(wor[k]|roo[t]|hom[e]/\w+|User[s]/\w+)/"
    text = [path for path in files() if b"\0" not in path.read_bytes()[:4096]]
    assert lines_with(f"{index}|{place}", text) == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_say_what_but_not_from_where(lock):
    text = (ROOT / lock).read_text()
    assert "http" not in text
    assert text.count("--hash=sha256:") >= len(pinned(lock)) > 0


def test_the_two_locks_agree():
    assert pinned("requirements.lock").items() <= pinned("requirements-dev.lock").items()


def test_the_locks_hold_every_dependency_we_name():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["dependency-groups"]["dev"],
    }
    for lock, wanted in named.items():
        assert {re.match(r"[\w.-]+", line)[0] for line in wanted} - set(pinned(lock)) == set()


def test_the_house_page_shows_every_folder():
    folders = {path.relative_to(ROOT).parts[0] for path in files() if len(path.relative_to(ROOT).parts) > 1}
    page = (ROOT / "docs" / "house.md").read_text()
    assert {folder for folder in folders if f"{folder}/" not in page} == set()
