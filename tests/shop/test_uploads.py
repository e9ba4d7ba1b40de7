"""Pictures that people send: what is taken, what it becomes, what is refused and in which words."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from shop.uploads import PICTURE_BYTES, checked_picture

RED = (200, 20, 40)


def picture(size=(40, 20), kind="JPEG", mode="RGB", colour=RED, **options) -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new(mode, size, colour).save(buffer, kind, **options)
    return SimpleUploadedFile(f"IMG_0042 Ada at home.{kind}", buffer.getvalue())


def drawn(file) -> Image.Image:
    return Image.open(checked_picture(file))


def refusal(file) -> str:
    with pytest.raises(ValidationError) as refused:
        checked_picture(file)
    return refused.value.message


def turned_with_a_place() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: held upright
    exif[0x010F] = "Ada's phone"
    exif.get_ifd(0x8825)[1] = "N"
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_a_webp_of_the_same_size(kind):
    image = drawn(picture(kind=kind))
    assert (image.format, image.size) == ("WEBP", (40, 20))


def test_a_large_picture_becomes_smaller_and_keeps_its_shape():
    assert drawn(picture((3000, 1500))).size == (1080, 540)
    assert Image.open(checked_picture(picture((3000, 1500)), longest=200)).size == (200, 100)


def test_nothing_of_the_camera_or_the_place_is_left_and_the_picture_stands_upright():
    exif = turned_with_a_place()
    image = drawn(picture(exif=exif))
    assert (image.size, dict(image.getexif()), set(image.info)) == ((20, 40), {}, {"background", "loop"})


def test_what_was_transparent_stays_transparent():
    assert drawn(picture(kind="PNG", mode="RGBA", colour=(0, 0, 0, 0))).mode == "RGBA"
    assert drawn(picture(kind="PNG", mode="P", colour=1)).mode == "RGB"


def test_the_colours_of_print_become_those_of_a_screen():
    assert drawn(picture(mode="CMYK", colour=(0, 255, 255, 0))).mode == "RGB"


def test_something_else_is_refused_whatever_it_is_called():
    sentence = "This is not a picture we can read: send a JPEG, PNG or WebP."
    page = SimpleUploadedFile("cat.jpg", b"<svg onload=alert(1)>")
    cut_off = SimpleUploadedFile("cat.jpg", picture((400, 400)).read()[:900])
    assert [refusal(page), refusal(cut_off), refusal(picture(kind="GIF"))] == [sentence] * 3


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded(monkeypatch):
    bomb = picture((6000, 5000), kind="PNG")
    monkeypatch.setattr(Image.Image, "load", lambda image: pytest.fail("decoded"))
    assert refusal(bomb) == "This picture has more than 25 million pixels."


def test_a_picture_of_hundreds_of_millions_of_pixels_is_refused_too():
    header = picture((1, 1), kind="PNG").read().replace(b"\0\0\0\1\0\0\0\1", b"\0\1\0\0\0\1\0\0", 1)
    assert refusal(SimpleUploadedFile("bomb.png", header)) == (
        "This is not a picture we can read: send a JPEG, PNG or WebP."
    )


def test_a_file_that_is_too_large_is_refused_unread():
    assert refusal(SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + bytes(PICTURE_BYTES))) == (
        "This picture is larger than 5 MB: send a smaller one."
    )


def test_what_is_kept_is_named_at_random():
    names = [default_storage.save("reviews/Ada at home.WEBP", ContentFile(b"x")) for _ in range(2)]
    assert names[0] != names[1]
    assert all(name.startswith("reviews/") and name.endswith(".webp") and "Ada" not in name for name in names)


def test_a_flood_is_refused_before_it_is_read(client, db, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    flood = SimpleUploadedFile("flood.mp4", bytes(2000))
    assert client.post(reverse("shop:open-ticket"), {"file": flood}).status_code == 400
