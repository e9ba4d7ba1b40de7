"""Files that come with a message: what is taken and becomes of it, who can fetch it, what is refused in which words."""

from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from shop.models import Attachment, Message
from shop.services.attachments import BYTES
from shop.uploads import RandomNames
from tests.shop.buying import said
from tests.shop.writing import opened, write
from tests.walker import Walker

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


@pytest.fixture(autouse=True)
def shelf(monkeypatch, tmp_path):
    monkeypatch.setattr(Attachment.file.field, "storage", RandomNames(location=tmp_path))


def photo(name="IMG_0042.jpg", declared="image/jpeg", kind="JPEG", more=b"") -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010F] = "Ada's phone"
    exif.get_ifd(0x8825)[1] = "N"
    buffer = BytesIO()
    Image.new("RGB", (40, 20), (200, 20, 40)).save(buffer, kind, exif=exif)
    return SimpleUploadedFile(name, buffer.getvalue() + more, declared)


def paper(content=PDF, name="receipt.pdf", declared="application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, declared)


def kept() -> list[str]:
    """The files on the shelf."""
    shelf = Attachment.file.field.storage
    return shelf.listdir("tickets")[1] if shelf.exists("tickets") else []


def test_a_photo_and_a_paper_come_with_a_ticket(walker):
    opened(walker, files=[photo(), paper()])
    rows = [(file.name, file.kind, file.message.text) for file in Attachment.objects.all()]
    assert rows == [("IMG_0042.jpg", "image/webp", "Where is it?"), ("receipt.pdf", "application/pdf", "Where is it?")]
    assert len(kept()) == 2
    assert not any("IMG" in name or "receipt" in name for name in kept())


def test_nothing_of_the_phone_or_the_place_is_left_in_a_photo(walker):
    opened(walker, files=[photo()])
    image = Image.open(Attachment.objects.get().file)
    assert (image.format, image.size, dict(image.getexif())) == ("WEBP", (40, 20), {})


def test_a_file_needs_no_words(walker):
    ticket = opened(walker)
    assert (
        walker.post(
            "shop:reply", ticket.code, key="r", text="", files=[photo(kind="PNG", name="a.png", declared="image/png")]
        ).status_code
        == 303
    )
    assert "Sent a file" in said(walker.get("shop:support"))


def test_its_buyer_fetches_it_as_something_to_keep_that_is_never_run(walker):
    opened(walker, files=[photo(), paper()])
    picture, pdf = Attachment.objects.all()
    answer = walker.get("shop:attachment", pdf.code)
    assert b"".join(answer.streaming_content) == PDF
    assert {name: answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="receipt.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    assert walker.get("shop:attachment", picture.code)["Content-Disposition"] == 'attachment; filename="IMG_0042.webp"'


def test_nobody_else_fetches_it_but_staff_who_may_read_tickets(walker, client, admin_client, django_user_model):
    opened(walker, files=[paper()])
    address = f"/support/files/{Attachment.objects.get().code}"
    client.force_login(django_user_model.objects.create_user("packer", is_staff=True))
    assert [who.get(address).status_code for who in (Walker().client, client, admin_client)] == [404, 404, 200]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (lambda: photo(name="photo.jpg.html"), "something else than its name says"),
        (lambda: photo(name="photo.php.jpg"), "something else than its name says"),
        (lambda: photo(name="photo.pdf"), "something else than its name says"),
        (lambda: photo(declared="text/html"), "something else than its name says"),
        (lambda: photo(declared="image/png"), "something else than its name says"),
        (lambda: photo(more=b"<script>alert(1)</script>"), "is more than a picture"),
        (lambda: SimpleUploadedFile("a.svg", b"<svg onload=alert(1)>", "image/svg+xml"), "not a JPEG, a PNG or a PDF"),
        (lambda: SimpleUploadedFile("a.jpg", b"<html>", "image/jpeg"), "not a JPEG, a PNG or a PDF"),
        (lambda: photo(kind="WEBP", name="a.webp", declared="image/webp"), "not a JPEG, a PNG or a PDF"),
        (lambda: SimpleUploadedFile("a.jpg", b"\xff\xd8\xff cut off", "image/jpeg"), "cannot read the picture"),
        (lambda: SimpleUploadedFile("a.jpg", b"", "image/jpeg"), "is empty"),
        (lambda: SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + bytes(BYTES), "image/jpeg"), "larger than 5 MB"),
        (lambda: paper(b"%PDF-1.7\n<< /S /JavaScript >>\n%%EOF"), "holds a program or other files"),
        (lambda: paper(PDF + b"<html><script>"), "cannot read the PDF"),
        (lambda: paper(b"%PDF-1.7 and nothing else"), "cannot read the PDF"),
        (lambda: paper(name="receipt.pdf.exe"), "something else than its name says"),
    ],
)
def test_what_is_no_plain_photo_or_paper_is_refused_in_a_sentence(walker, file, sentence):
    answer = write(walker, files=[photo(), file()])
    assert (answer.status_code, sentence in said(answer)) == (422, True)
    assert (Message.objects.count(), kept()) == (0, [])


def test_four_files_are_too_many(walker):
    answer = write(walker, files=[photo() for _ in range(4)])
    assert (answer.status_code, kept()) == (422, [])
    assert "Please choose at most 3 files: these are 4." in said(answer)


def test_a_form_sent_twice_keeps_its_files_once(walker):
    for _ in range(2):
        write(walker, files=[photo()])
    assert (Attachment.objects.count(), len(kept())) == (1, 1)


def test_no_file_is_kept_of_a_message_that_was_refused(walker):
    for n in range(5):
        opened(walker, key=f"k{n}")
    assert write(walker, key="k6", files=[photo()]).status_code == 429
    assert kept() == []


def test_a_name_is_told_without_what_no_name_needs(walker):
    opened(walker, files=[photo(name="x><b>&\u202ephoto 1.jpg")])
    assert Attachment.objects.get().name == "xbphoto 1.jpg"


def test_what_is_private_lies_where_no_address_leads(settings):
    shelf = storages["private"].path("")
    assert not any(shelf.startswith(str(root)) for root in (settings.MEDIA_ROOT, settings.STATIC_ROOT))
