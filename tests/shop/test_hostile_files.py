"""Files made to harm: bombs, gaps, names and second natures; and players that ask for nonsense."""

import struct
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from shop import transcoding
from shop.models import Attachment, Product, Upload
from shop.services.attachments import checked
from shop.uploads import checked_picture
from tests.films import film
from tests.shop.lived import PDF

pytestmark = pytest.mark.django_db


def picture(size=(60, 40), kind="PNG", **how) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size).save(buffer, kind, **how)
    return buffer.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be that large."""
    content = bytearray(picture())
    content[16:24] = struct.pack(">II", width, height)
    return bytes(content)


def film_with_a_gap() -> bytes:
    """Two seconds by what its container says, 48 pictures a year apart by what its track says."""
    content = bytearray(film(sound=False).replace(b"edts", b"free"))
    deltas = content.index(b"stts") + 16
    content[deltas : deltas + 4] = struct.pack(">I", 2**31 - 1)
    return bytes(content)


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        checked_picture(ContentFile(content))
    return refused.value.message


@pytest.mark.parametrize(
    "content",
    [
        picture((6_000, 5_000)),
        png_that_says(100_000, 100_000),
        png_that_says(2**31 - 1, 2**31 - 1),
        picture()[:60],
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + bytes(40),
    ],
)
def test_a_picture_made_to_harm_is_refused_in_a_sentence(content):
    assert refusal(content).endswith(".")


def test_what_hides_behind_a_picture_is_gone():
    hidden = picture(kind="JPEG", comment=b"<script>") + b"<script>alert(1)</script>PK\x03\x04"
    assert b"<script" not in checked_picture(ContentFile(hidden)).read()


def test_a_film_with_a_gap_of_years_does_not_hold_up_the_worker():
    upload = transcoding.receive(SimpleUploadedFile("a.mp4", film_with_a_gap()))
    transcoding.transcode_next()
    upload.refresh_from_db()
    assert (upload.state, upload.reason) == (
        "failed",
        "The file is damaged, after 0 % of it: export it again and send that.",
    )


def test_a_film_that_nothing_can_decode_is_refused_in_a_sentence():
    with pytest.raises(ValidationError, match="not a video we can read"):
        transcoding.receive(SimpleUploadedFile("a.mp4", film().replace(b"avc1", b"zzzz")))


@pytest.mark.parametrize("name", ["../../etc/x.mp4", "a\u202e4pm.exe.mp4", "x" * 300 + ".mp4", "a\r\nX-Evil: 1.mp4"])
def test_a_file_lies_under_a_name_of_ours_whatever_it_was_called(name):
    upload = transcoding.receive(SimpleUploadedFile(name, film()))
    assert upload.original.name.startswith("originals/")
    assert len(upload.original.name) < 40
    assert Upload.objects.get().name.endswith(".mp4")


@pytest.mark.parametrize("spelled", ["/JavaScript", "/J#61vaScript", "/#4aavaScript", "/Launc#68", "/#45mbeddedFile"])
def test_a_paper_that_runs_something_is_refused_however_it_spells_it(spelled):
    paper = PDF.replace(b"<< >>\nendobj", f"<< {spelled} (app.alert(1)) >>\nendobj".encode())
    with pytest.raises(ValidationError, match="holds a program"):
        checked(SimpleUploadedFile("a.pdf", paper, "application/pdf"))


@pytest.mark.parametrize("name", ["a\u202efdp.exe.pdf", "..\\..\\a.pdf", 'a"\r\nX-Evil: 1.pdf', "a\0.pdf"])
def test_the_name_of_an_attachment_is_harmless(name):
    try:
        kept = checked(SimpleUploadedFile(name, PDF, "application/pdf")).name
    except ValidationError:
        return
    assert set(kept).isdisjoint('\u202e\0\r\n"\\/')


RANGES = ["bytes=--", "bytes=-", "bytes=9-2", "bytes=0-0,2-3", "bytes=0-99,50-150", f"bytes={'9' * 18}-", "bytes=-0",
          f"bytes=-{'9' * 18}", f"bytes={'9' * 400}-", "bits=0-1", "bytes=٣-٤", "bytes=0-" + "0," * 4_000]  # fmt: skip


@pytest.mark.parametrize("asked", RANGES, ids=range(len(RANGES)))
def test_a_range_that_makes_no_sense_is_the_whole_file_or_none(client, asked):
    name = default_storage.save("videos/a.mp4", ContentFile(b"0123456789"))
    answer = client.get(f"/media/{name}", headers={"Range": asked})
    assert (answer.status_code, answer.content) in [(200, b"0123456789"), (206, b"0123456789"), (416, b"")]


PATHS = ["../db.sqlite3", "videos/../../db.sqlite3", "..%2f..%2fetc/passwd", "videos/%00.mp4", "videos/%ed%a0%80.mp4",
         "/etc/passwd", "videos", "videos/", "imports/products.csv", "tickets/a.webp", "Videos/a.mp4", "videos/a.mp4/",
         ".", f"videos/{'a' * 300}.mp4", f"videos/{'a/' * 3_000}b.mp4"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
def test_no_address_leads_out_of_what_everyone_may_see(client, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_sixty_one_megabytes_and_a_hundred_files_are_refused(walker):
    at = {"CONTENT_LENGTH": 61_000_000}
    form = "multipart/form-data; boundary=x"
    large = walker.client.post("/support/new", data=b"--x--", content_type=form, **at)
    many = walker.post("shop:open-ticket", key="k", text="x", topic="where", files=[ContentFile(PDF, "a.pdf")] * 101)
    assert (large.status_code, many.status_code, Attachment.objects.count()) == (400, 400, 0)
    assert Product.objects.count() == 0
