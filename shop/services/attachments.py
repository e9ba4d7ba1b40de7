"""Files that come with a message: told by their bytes, pictures drawn anew, and kept only with their message."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from shop.models import Attachment
from shop.uploads import checked_picture

BYTES = 5_000_000
LONGEST = 1600
PDF = "application/pdf"
STARTS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": PDF}
ENDINGS = {"image/jpeg": {".jpg", ".jpeg", ".jpe", ".jfif"}, "image/png": {".png"}, PDF: {".pdf"}}
UNDECLARED = {"", "application/octet-stream"}  # a browser that does not know
PROGRAMS = re.compile(r"\.(x?html?|svg|xml|m?js|php|exe|bat|cmd|com|scr|sh|jar|hta|lnk|msi|zip)\.")
MARKUP = re.compile(rb"<script|<!doctype|<iframe|<\?php", re.IGNORECASE)
PDF_ACTS = re.compile(rb"/(JavaScript|Launch|EmbeddedFile|RichMedia)\b")
PDF_SPELLED = re.compile(rb"#([0-9a-fA-F]{2})")  # a letter of a name, in another way
PDF_ENDS = re.compile(rb"%%EOF\s*\Z")


def checked(file: UploadedFile) -> Attachment:
    """An attachment that is not saved yet. Raises ValidationError with a sentence that names the file."""
    name = _name(file)
    kind = _kind(file, name)
    content = _checked_pdf(file, name) if kind == PDF else _checked_picture(file, name)
    kept_as = PDF if kind == PDF else "image/webp"
    return Attachment(file=content, name=name, kind=kept_as, size=content.size)


def _kind(file: UploadedFile, name: str) -> str:
    if not file.size:
        raise ValidationError(f"“{name}” is empty. Please choose it again.")
    if file.size > BYTES:
        raise ValidationError(f"“{name}” is larger than 5 MB. Please send a smaller one.")
    start = file.read(8)
    kind = next((kind for magic, kind in STARTS.items() if start.startswith(magic)), None)
    if not kind:
        raise ValidationError(f"“{name}” is not a JPEG, a PNG or a PDF. Please send one of those.")
    if not _is_honest(file, kind, name):
        raise ValidationError(f"“{name}” is something else than its name says. Please send the picture or PDF itself.")
    return kind


def _is_honest(file: UploadedFile, kind: str, name: str) -> bool:
    """Name, declared type and bytes agree, and the name hides no second ending that runs."""
    ending = PurePosixPath(name.lower()).suffix
    declared = (file.content_type or "").replace("image/jpg", "image/jpeg")
    return ending in ENDINGS[kind] and not PROGRAMS.search(name.lower()) and declared in {kind} | UNDECLARED


def _checked_picture(file: UploadedFile, name: str) -> ContentFile:
    if MARKUP.search(_content(file)):
        raise ValidationError(f"“{name}” is more than a picture. Please send a plain photo or a screenshot.")
    file.seek(0)
    try:
        return checked_picture(file, longest=LONGEST)
    except ValidationError:
        raise ValidationError(f"We cannot read the picture “{name}”. Please try another one.") from None


def _checked_pdf(file: UploadedFile, name: str) -> ContentFile:
    content = _content(file)
    if not PDF_ENDS.search(content) or MARKUP.search(content):
        raise ValidationError(f"We cannot read the PDF “{name}”. Please save it again, or send a picture of it.")
    if PDF_ACTS.search(PDF_SPELLED.sub(lambda letter: bytes.fromhex(letter[1].decode()), content)):
        raise ValidationError(f"“{name}” holds a program or other files. Please send a picture of it instead.")
    return ContentFile(content, name="document.pdf")


def _content(file: UploadedFile) -> bytes:
    file.seek(0)
    return file.read()


def _name(file: UploadedFile) -> str:
    """What it was called, without what no name needs."""
    return re.sub(r"[^\w .,()+-]", "", file.name or "")[-120:].strip() or "file"


@contextmanager
def stored(attachments: Iterable[Attachment]) -> Iterator[list[Attachment]]:
    """Write the files before the transaction begins; take those away again that no message kept."""
    kept = list(attachments)
    for attachment in kept:
        attachment.file.save(attachment.file.name, attachment.file.file, save=False)
    saved = False
    try:
        yield kept
        saved = True
    finally:
        for attachment in kept:
            if not (saved and attachment.pk):
                attachment.file.delete(save=False)
