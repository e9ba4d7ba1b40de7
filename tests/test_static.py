"""Files that are loaded together are one where they are served for good, and each itself while they are worked on."""

import pytest
from django.core.management import call_command
from django.template import Context, Template

from config.static import HashedStaticFiles, bundle_name, bundles

FILES = {
    "shop/a.css": '.a { mask: url("dot.svg") }',
    "shop/b.css": ".b { color: red }",
    "shop/c.js": "window.first = 1",
    "pen/d.js": "(() => 2)()",
    "shop/dot.svg": "<svg/>",
}
PAGE = '{% bundle "shop/a.css" "shop/b.css" %}{% once %}{% bundle "shop/c.js" "pen/d.js" %}{% endonce %}'
STYLES, SCRIPTS = ["shop/a.css", "shop/b.css"], ["shop/c.js", "pen/d.js"]


@pytest.fixture
def collected(settings, tmp_path):
    for name, text in FILES.items():
        (tmp_path / "static" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "static" / name).write_text(text)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    settings.BASE_DIR = tmp_path
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.static.HashedStaticFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "collected"


def read(folder, names):
    return (folder / HashedStaticFiles().stored_name(bundle_name(names))).read_text()


def test_what_is_loaded_together_is_one_file_in_this_order(collected):
    assert list(bundles()) == [STYLES, SCRIPTS]
    dot = HashedStaticFiles().stored_name("shop/dot.svg").removeprefix("shop/")
    assert read(collected, STYLES) == f'.a {{ mask: url("{dot}") }}\n.b {{ color: red }}'
    assert read(collected, SCRIPTS) == "window.first = 1\n;\n(() => 2)()"


def test_a_file_that_changes_gives_the_bundle_another_name(collected, settings):
    before = HashedStaticFiles().stored_name(bundle_name(STYLES))
    (settings.BASE_DIR / "static/shop/b.css").write_text(".b { color: blue }")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    assert HashedStaticFiles().stored_name(bundle_name(STYLES)) != before
    assert "blue" in read(collected, STYLES)


def test_a_page_names_the_bundle_and_whoever_works_on_it_each_file(collected, settings, monkeypatch):
    monkeypatch.setattr("shop.templatetags.bundle.staticfiles_storage", HashedStaticFiles())
    bundle = Template('{% load bundle %}{% bundle "shop/c.js" "pen/d.js" %}')
    one = HashedStaticFiles().url(bundle_name(SCRIPTS))
    assert bundle.render(Context()) == f'<script src="{one}" defer></script>'
    settings.DEBUG = True
    assert bundle.render(Context()).splitlines() == [
        '<script src="/static/shop/c.js" defer></script>',
        '<script src="/static/pen/d.js" defer></script>',
    ]


def test_the_files_of_every_bundle_are_there_and_style_sheets_of_one_folder(settings):
    made = {tuple(names) for names in bundles()}
    assert made
    for names in made:
        assert all((settings.BASE_DIR / "static" / one).exists() for one in names)
        folders, ends = {one.rpartition("/")[0] for one in names}, {one.rpartition(".")[2] for one in names}
        assert (len(folders), ends) == (1, {"css"}) or ends == {"js"}
