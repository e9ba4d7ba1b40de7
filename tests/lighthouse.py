"""Lighthouse on the feed and the product page of a demo of its own: `make lighthouse`. Needs Node (npx).

Ends with 1 when a page is below what we promise on Lighthouse's throttled phone.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.browser.phone import chromium_path
from tests.stack.demo import Demo, free_port

VERSION = "12.8.2"  # the last line for Node 20
PAGES = {"feed": "", "product page": "p/rose-serum"}
SCORES = {"performance": 95, "accessibility": 100, "best-practices": 95}
LIMITS = {"largest-contentful-paint": 2500, "cumulative-layout-shift": 0.05}
RUNS = 3  # the middle one counts: neighbours on the machine slow single runs


def measured(url: str) -> dict[str, float]:
    """One run: category → 0 to 100, audit → its number (milliseconds, or the shift)."""
    command = ["npx", "--yes", f"lighthouse@{VERSION}", url, "--quiet", "--output=json"]
    flags = ["--only-categories=" + ",".join(SCORES), "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    env = {"CHROME_PATH": chromium_path(whole=True)}
    done = subprocess.run([*command, *flags], env=os.environ | env, capture_output=True, text=True, check=True)
    report = json.loads(done.stdout)
    Path(tempfile.gettempdir(), "lighthouse.json").write_text(done.stdout)
    scores = {name: round(100 * report["categories"][name]["score"]) for name in SCORES}
    return scores | {name: report["audits"][name]["numericValue"] for name in LIMITS}


def middle(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: sorted(run[name] for run in runs)[len(runs) // 2] for name in runs[0]}


def short_of(result: dict[str, float]) -> list[str]:
    low = [name for name, least in SCORES.items() if result[name] < least]
    return low + [name for name, most in LIMITS.items() if result[name] > most]


def main() -> int:
    data = Path(tempfile.mkdtemp(prefix="lighthouse-"))
    demo = Demo(data, free_port())
    missed = []
    try:
        demo.ready()
        for name, path in PAGES.items():
            result = middle([measured(demo.url + path) for _ in range(RUNS)])
            print(name, " · ".join(f"{key} {value:g}" for key, value in result.items()))  # noqa: T201
            missed += short_of(result)
    finally:
        demo.stop()
        shutil.rmtree(data, ignore_errors=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
