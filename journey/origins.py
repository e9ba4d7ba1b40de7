"""Where each step can come from, read from the code itself: marked pages, calls, scripts and templates."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from journey.steps import Step, Teller

SAID = re.compile(r"""\b(?:say|once)\(\s*["'](\w+)["']""")
SAID_BY_A_FORM = re.compile(r"""\bdata-say="(\w+)\"""")
RECORDERS = {"record", "commit", "commit_fact"}
CODE = ("shop", "journey")


class Origin(NamedTuple):
    """`how`: page, call, script or form. Only a page and a call can be a server's, only the others a browser's."""

    how: str
    where: str


TELLERS = {"page": Teller.SERVER, "call": Teller.SERVER, "script": Teller.BROWSER, "form": Teller.BROWSER}


@cache
def origins() -> dict[Step, list[Origin]]:
    """Step → everything that can tell it; a step that nothing can tell has no entry."""
    found: dict[Step, set[Origin]] = defaultdict(set)
    for step, origin in (*_pages(), *_calls(), *_scripts(), *_forms()):
        if step.teller is TELLERS[origin.how]:
            found[step].add(origin)
    return {step: sorted(places) for step, places in found.items()}


def promises() -> dict[Step, list[str]]:
    """Step → the acts that are marked with it. A mark records nothing by itself."""
    found: dict[Step, list[str]] = defaultdict(list)
    for name, pattern in _patterns(get_resolver().url_patterns):
        for step in getattr(pattern.callback, "acts", ()):
            found[step].append(name)
    return dict(found)


def _pages() -> Iterator[tuple[Step, Origin]]:
    for name, pattern in _patterns(get_resolver().url_patterns):
        if step := getattr(pattern.callback, "step", None):
            yield step, Origin("page", name)


def _patterns(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}", pattern
        else:
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _patterns(pattern.url_patterns, inside)


def _calls() -> Iterator[tuple[Step, Origin]]:
    for folder in CODE:
        for name, text in _texts(folder, "*.py"):
            yield from ((step, Origin("call", name)) for step in steps_recorded_in(text))


def steps_recorded_in(source: str) -> Iterator[Step]:
    """Steps named in an argument of a call that records, in whatever expression."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name_of(node.func) in RECORDERS:
            for argument in node.args:
                for part in ast.walk(argument):
                    match part:
                        case ast.Attribute(value=ast.Name(id="Step"), attr=name) if name in Step.__members__:
                            yield Step[name]


def _name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _scripts() -> Iterator[tuple[Step, Origin]]:
    for name, text in _texts("static", "*.js"):
        yield from _named(SAID, text, Origin("script", name))


def _forms() -> Iterator[tuple[Step, Origin]]:
    for name, text in _texts("templates", "*.html"):
        yield from _named(SAID_BY_A_FORM, text, Origin("form", name))


def _named(pattern: re.Pattern[str], text: str, origin: Origin) -> Iterator[tuple[Step, Origin]]:
    known = {step.value: step for step in Step}
    yield from ((known[name], origin) for name in pattern.findall(text) if name in known)


def _texts(folder: str, pattern: str) -> Iterator[tuple[str, str]]:
    base = Path(settings.BASE_DIR)
    for path in sorted((base / folder).rglob(pattern)):
        yield str(path.relative_to(base)), path.read_text()
