"""Uploads that everyone may see, byte for byte: a clip is fetched in the ranges a player asks for."""

import re
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

PUBLIC = {"videos": {".mp4", ".webp"}, "pictures": {".webp"}, "reviews": {".webp"}}
TYPES = {".mp4": "video/mp4", ".webp": "image/webp"}
# An answer is handed over in one piece: the one thread of a web worker waits for a slow phone while it streams.
# A player that gets less than it asked for asks for the rest.
PIECE = 2 * 1024 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class NoSuchRange(Exception):
    """The range begins behind the end of the file."""


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse:
    file = public_file(path)
    about = file.stat()
    etag = quote_etag(f"{about.st_mtime_ns:x}-{about.st_size:x}")
    answer = get_conditional_response(request, etag, int(about.st_mtime)) or ranged(request, file, about, etag)
    answer["ETag"], answer["Last-Modified"] = etag, http_date(about.st_mtime)
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "public, max-age=31536000, immutable"  # another file would have another name
    return answer


def public_file(path: str) -> Path:
    """The file of an address, if it is one that everyone may fetch."""
    try:
        file = Path(default_storage.path(path))
        is_there = file.is_file()
    except (SuspiciousFileOperation, ValueError, OSError):  # the last for a name longer than any file's
        raise Http404 from None
    kind = file.relative_to(default_storage.path("")).parts[:1]
    if not is_there or file.suffix not in PUBLIC.get("".join(kind), ()):
        raise Http404
    return file


def private_file(file: FieldFile, **how: object) -> FileResponse:
    """A file of somebody's, for a view that knows who asks. One that got lost is not there."""
    try:
        return FileResponse(file.open(), **how)
    except FileNotFoundError:
        raise Http404 from None


def ranged(request: HttpRequest, file: Path, about, etag: str) -> HttpResponse:
    size = about.st_size
    try:
        wanted = wanted_range(request, size, etag, http_date(about.st_mtime))
    except NoSuchRange:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, end = wanted or (0, size)
    headers = {"Content-Length": str(end - first)}
    if wanted:
        headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    return HttpResponse(
        b"" if request.method == "HEAD" else read(file, first, end),
        status=206 if wanted else 200,
        content_type=TYPES[file.suffix],
        headers=headers,
    )


def wanted_range(request: HttpRequest, size: int, etag: str, changed: str) -> tuple[int, int] | None:
    """(first byte, byte behind the last); None for the whole file. What is no single range is no range."""
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    still = request.headers.get("If-Range", etag) in (etag, changed)
    if not found or not any(found.groups()) or not still or request.method == "HEAD":
        return None
    first, last = found.groups()
    if not first:
        return suffix(int(last), size)
    begin, end = int(first), int(last) + 1 if last else size
    if last and end <= begin:
        return None
    if begin >= size:
        raise NoSuchRange
    return begin, min(end, size, begin + PIECE)


def suffix(length: int, size: int) -> tuple[int, int]:
    if not length or not size:
        raise NoSuchRange
    first = max(0, size - length)
    return first, min(size, first + PIECE)


def read(file: Path, first: int, end: int) -> bytes:
    with file.open("rb") as opened:
        opened.seek(first)
        return opened.read(end - first)
