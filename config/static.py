"""Static files under hashed names, and those a page always loads together as one."""

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = re.compile(r"{% bundle ([^%]+) %}")
JOINTS = {".css": "\n", ".js": "\n;\n"}


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Looks an address up once in a process: a page has dozens, and they are the same until the next start."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name, force=False):
        if force:
            return super().url(name, force)
        if name not in self._addresses:
            self._addresses[name] = super().url(name)
        return self._addresses[name]

    def bundled(self, names: Sequence[str]) -> Sequence[str]:
        """What to load for these files: one; each by itself while they are worked on."""
        return names if settings.DEBUG else [bundle_name(names)]

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            for names in bundles():
                bundle = bundle_name(names)
                Path(self.path(bundle)).write_text(
                    JOINTS[PurePosixPath(bundle).suffix].join(Path(self.path(name)).read_text() for name in names)
                )
                paths[bundle] = (self, bundle)
        yield from super().post_process(paths, dry_run, **options)


def bundles() -> Iterator[list[str]]:
    """What templates load together, each as {% bundle %} names it."""
    for template in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        for names in BUNDLE.findall(template.read_text()):
            yield [name.strip('"') for name in names.split()]


def bundle_name(names: Sequence[str]) -> str:
    """Beside the first of them: an address in a style sheet starts from there."""
    first = PurePosixPath(names[0])
    digest = blake2b(" ".join(names).encode(), digest_size=4).hexdigest()
    return str(first.with_name(f"{first.stem}-and-more-{digest}{first.suffix}"))
