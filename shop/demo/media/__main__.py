"""Makes static/demo: `python -m shop.demo.media --emoji DIR`.

Needs Pillow, numpy and imageio-ffmpeg, which the app does not; DIR holds the webp files of
the npm package @lobehub/fluent-emoji-3d. The same sources always give the same pictures.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import gettempdir

from . import clips, drawing, pictures, snapshots
from .looks import AVATARS
from .stories import SCENES

WORKERS = 2


def main() -> None:
    asked = _arguments()
    for name in ("clips", "products", "reviews", "avatars"):
        (asked.out / name).mkdir(parents=True, exist_ok=True)
    _prepare(asked.emoji, asked.cache)
    chosen = [scene for scene in SCENES if not asked.only or scene.slug in asked.only]
    with ProcessPoolExecutor(WORKERS, initializer=_prepare, initargs=(asked.emoji, asked.cache)) as pool:
        if asked.kind in ("clips", "all"):
            for line in pool.map(partial(clips.shoot, folder=asked.out / "clips"), chosen):
                print(line, flush=True)
        if asked.kind in ("pictures", "all"):
            for slug in pool.map(partial(pictures.develop, folder=asked.out / "products"), [s.slug for s in chosen]):
                print(slug, flush=True)
    if asked.kind in ("pictures", "all"):
        _paint_avatars(asked.out / "avatars")
    if asked.kind in ("snapshots", "all"):
        _take_snapshots([scene.slug for scene in chosen], asked.out)


def _paint_avatars(folder: Path) -> None:
    for name, (code, top, bottom) in AVATARS.items():
        pictures.avatar(code, top, bottom).save(folder / f"{name}.webp", quality=82, method=6)


def _take_snapshots(slugs: list[str], out: Path) -> None:
    for slug in slugs:
        for number in (1, 2):
            taken = snapshots.snap(slug, number, out / "products")
            taken.save(out / "reviews" / f"{slug}-{number}.webp", quality=72, method=6)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m shop.demo.media", description=__doc__)
    parser.add_argument("--emoji", type=Path, required=True, help="folder of the emoji package's webp files")
    parser.add_argument("--out", type=Path, default=Path("static/demo"))
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(gettempdir()) / "demo-media",
        help="rendered goods; delete after a model changes",
    )
    parser.add_argument("--kind", choices=("clips", "pictures", "snapshots", "all"), default="all")
    parser.add_argument("--only", nargs="*", metavar="SLUG")
    return parser.parse_args()


def _prepare(emoji: Path, cache: Path) -> None:
    drawing.use_emoji(emoji)
    clips.use_cache(cache)


if __name__ == "__main__":
    main()
