"""What people upload: pictures are checked and drawn anew, without what they told of their owner; names are random."""

import secrets
import struct
from io import BytesIO
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadhandler import FileUploadHandler
from PIL import Image, ImageOps

PICTURE_BYTES = 5_000_000
PICTURE_PIXELS = 25_000_000
LONGEST = 1080
QUALITY = 82
FORMATS = ["JPEG", "PNG", "WEBP"]
UNREADABLE = "This is not a picture we can read: send a JPEG, PNG or WebP."
# What Pillow raises for a file that is no picture, is cut off, lies about its size, or was made to harm.
BROKEN = (OSError, SyntaxError, ValueError, TypeError, EOFError, struct.error, Image.DecompressionBombError)


class RandomNames(FileSystemStorage):
    """Keeps nothing of the name a file came with but its ending: it is told nowhere and cannot be guessed."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        path = PurePosixPath(name)
        return super().get_available_name(
            str(path.with_name(secrets.token_urlsafe(12) + path.suffix.lower())), max_length
        )


class UploadLimit(FileUploadHandler):
    """Refuses what is too long before anything of it is read."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None) -> None:  # noqa: N803
        if content_length > settings.UPLOAD_MAX_BYTES:
            raise RequestDataTooBig(f"More than {settings.UPLOAD_MAX_BYTES} bytes were sent.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def checked_picture(file: File, longest: int = LONGEST) -> ContentFile:
    """The picture as a WebP whose longer side is `longest` at most.

    Raises ValidationError with a sentence for whoever sent it.
    """
    if file.size > PICTURE_BYTES:
        raise ValidationError(f"This picture is larger than {PICTURE_BYTES // 1_000_000} MB: send a smaller one.")
    try:
        image = Image.open(file, formats=FORMATS)
        if image.width * image.height > PICTURE_PIXELS:
            raise ValidationError(f"This picture has more than {PICTURE_PIXELS // 1_000_000} million pixels.")
        return ContentFile(webp(image, longest), name="picture.webp")
    except BROKEN:
        raise ValidationError(UNREADABLE) from None


def webp(image: Image.Image, longest: int = LONGEST) -> bytes:
    """Turned the way it was held, made smaller where it is too large; EXIF and colour profile are not copied."""
    image.draft("RGB", (longest, longest))
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    colours = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    buffer = BytesIO()
    colours.save(buffer, "WEBP", quality=QUALITY, exif=b"", icc_profile=b"", xmp=b"")
    return buffer.getvalue()
