"""Photos: what is kept is our own small JPEG without a position, and only who reaches the visit gets it."""

import os
import zlib
from io import BytesIO

import pytest
from django.db import transaction
from PIL import Image

from monitoring import photos
from monitoring.models import Upload, Visit, VisitPhoto
from ppks.audit.models import Look
from ppks.documents import pictures
from tests.monitoring.typing import key, photo, picture, typed
from tests.people import member

pytestmark = pytest.mark.django_db

ORIENTATION, GPS = 0x0112, 0x8825


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "foto"


def send(browser, business, *files, step="store", **changes):
    return browser.post(f"/usaha/{business.pk}/kunjungan/", typed(**changes) | {"step": step, "photos": list(files)})


@pytest.fixture
def sent(browse, officer, tailoring):
    """What sends a visit with these files."""
    return lambda *files: send(browse(officer), tailoring, *files)


def from_a_phone() -> bytes:
    """Taken upside down in Bojonegoro."""
    exif = Image.Exif()
    exif[ORIENTATION] = 3
    exif.get_ifd(GPS)[2] = (7.0, 9.0, 1.0)
    return picture(3200, 2000, exif=exif)


def bomb(side: int) -> bytes:
    """A PNG whose header alone says how large it would be."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    header = side.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    )


def test_a_photo_is_made_small_upright_and_nameless(browse, officer, tailoring):
    assert send(browse(officer), tailoring, photo(from_a_phone(), "Rumah Bu Ngatini.jpg")).status_code == 302
    kept = VisitPhoto.objects.get()
    answer = browse(officer).get(f"/foto/{kept.name}/")
    image = Image.open(BytesIO(answer.getvalue()))
    assert (image.format, image.size, (kept.width, kept.height)) == ("JPEG", (1600, 1000), (1600, 1000))
    assert dict(image.getexif()) == {}
    left, right = image.getpixel((100, 500)), image.getpixel((1500, 500))
    assert (left[2] > 200, left[0] < 50) == (right[0] > 200, right[2] < 50) == (True, True)
    assert b"Ngatini" not in answer.getvalue()


def test_a_photo_is_answered_with_headers_that_keep_it_harmless(browse, officer, tailoring):
    send(browse(officer), tailoring, photo())
    name = VisitPhoto.objects.get().name
    headers = browse(officer).get(f"/foto/{name}/").headers
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Content-Disposition"] == f'inline; filename="foto-{name[:8]}.jpg"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_other_pictures_become_jpeg_too(browse, officer, tailoring, form):
    assert send(browse(officer), tailoring, photo(form=form)).status_code == 302
    assert VisitPhoto.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", pictures.NO_PHOTO),
        (b"<!doctype html><script>alert(1)</script>", pictures.NO_PHOTO),
        (picture(form="GIF"), pictures.NO_PHOTO),
        (picture(form="BMP"), pictures.NO_PHOTO),
        (picture(600, 400)[:900], pictures.NO_PHOTO),
        (b"\xff\xd8\xff\xe0" + b"x" * 400, pictures.NO_PHOTO),
        (bomb(30_000), pictures.TOO_MANY_PIXELS),
        (bomb(7_000), pictures.TOO_MANY_PIXELS),
        (bomb(100), pictures.NO_PHOTO),
        (bytes(pictures.LARGEST_FILE + 1), pictures.TOO_LARGE),
    ],
    ids=["svg", "html", "gif", "bmp", "cut off", "only a beginning", "bomb", "49 megapixels", "broken", "too large"],
)
def test_what_is_no_photo_is_refused_by_its_content(sent, own_folder, content, sentence):
    answer = sent(photo(content))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Visit.objects.exists()
    assert not list(own_folder.glob("*/*"))


def test_what_follows_a_picture_in_its_file_is_not_kept(browse, officer, tailoring):
    send(browse(officer), tailoring, photo(picture() + b"<script>alert(1)</script>"))
    assert b"script" not in browse(officer).get(f"/foto/{VisitPhoto.objects.get().name}/").getvalue()


def test_an_empty_file_is_refused(browse, officer, tailoring):
    assert send(browse(officer), tailoring, photo(b"")).status_code == 422


def test_more_than_five_are_refused(browse, officer, tailoring):
    answer = send(browse(officer), tailoring, *(photo() for _ in range(6)))
    assert "Paling banyak 5 foto" in answer.content.decode()
    send(browse(officer), tailoring, *(photo() for _ in range(3)), step="check")
    assert send(browse(officer), tailoring, *(photo() for _ in range(3))).status_code == 422


def test_photos_wait_while_the_form_is_put_right_and_checked(browse, officer, tailoring):
    browser = browse(officer)
    send(browser, tailoring, photo(), photo(), met=None, step="check")
    first, second = Upload.objects.all()
    page = send(browser, tailoring, step="check").content.decode()
    assert f"/foto/{first.name}/" in page
    assert f"/foto/{second.name}/" in page
    assert browser.get(f"/foto/{first.name}/").status_code == 200
    send(browser, tailoring, drop_photos=[second.name])
    assert list(VisitPhoto.objects.values_list("name", flat=True)) == [first.name]
    assert not Upload.objects.exists()


def test_a_waiting_photo_is_for_its_own_eyes(browse, officer, province, stranger, tailoring):
    send(browse(officer), tailoring, photo(), step="draft")
    name = Upload.objects.get().name
    assert browse(province).get(f"/foto/{name}/").status_code == 404
    assert browse(stranger).get(f"/foto/{name}/").status_code == 404


def test_reach_is_asked_at_every_download_and_the_look_written_down(browse, sent, ngatini):
    sent(photo())
    name = VisitPhoto.objects.get().name
    answers = {
        who: browse(member(who)).get(f"/foto/{name}/").status_code for who in ("provinsi", "tuban", "auditor", "upt")
    }
    assert answers == {"provinsi": 200, "tuban": 404, "auditor": 404, "upt": 403}
    assert browse().get(f"/foto/{name}/").status_code == 302
    looks = Look.objects.filter(subject=ngatini.identity_id, page="visit_photo")
    assert [look.user.username for look in looks] == ["provinsi"]


@pytest.mark.parametrize("name", ["0" * 32, "..%2f..%2fmanage.py", "%2e%2e", "etc%00passwd", "CON", "x" * 3000])
def test_a_name_that_no_row_has_is_not_there(browse, officer, name):
    assert browse(officer).get(f"/foto/{name}/").status_code == 404


def test_a_correction_takes_the_photos_along(browse, officer, tailoring):
    send(browse(officer), tailoring, photo(), photo())
    visit = Visit.objects.get()
    first, second = visit.photos.all()
    browse(officer).post(f"/kunjungan/{visit.key}/perbaiki/", typed(key=key(2)) | {"drop_photos": [first.name]})
    assert list(Visit.objects.get(replaces=visit).photos.values_list("name", flat=True)) == [second.name]
    assert visit.photos.count() == 2
    assert browse(officer).get(f"/foto/{second.name}/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_file_gets_its_name_with_the_commit_alone(own_folder):
    kept = pictures.read(BytesIO(picture()), 1)
    with transaction.atomic():
        photos.FILES.write(kept.content)
        transaction.set_rollback(True)
    with transaction.atomic():
        name = photos.FILES.write(kept.content)
        assert photos.FILES.opened(name).read() == kept.content
    assert [file.name for file in own_folder.glob("*/*.jpg")] == [f"{name}.jpg"]
    assert len(list(own_folder.glob("*/*.part"))) == 1


def test_tidying_removes_only_old_files_without_a_row(own_folder):
    kept = pictures.read(BytesIO(picture()), 1)
    wanted, young, old = (photos.FILES.write(kept.content) for _ in range(3))
    for name in (wanted, old):
        os.utime(own_folder / name[:2] / f"{name}.part", (0, 0))
    assert photos.FILES.tidy([wanted]) == 1
    assert {file.name for file in own_folder.glob("*/*")} == {f"{wanted}.jpg", f"{young}.part"}
