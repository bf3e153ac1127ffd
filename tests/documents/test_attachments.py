"""Attachments: known by their content, kept as ours, given only to who reaches them, and never once they were altered."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ppks.audit.models import Look
from ppks.documents import attachments, pictures, scans
from ppks.documents.attachments import check, keep
from ppks.documents.forms import AttachmentField
from ppks.documents.models import Attachment
from tests.documents.scanned import bomb, hidden, pdf, stream
from tests.factories import AttachmentFactory
from tests.monitoring.typing import photo, picture
from tests.office import door, refused, sql
from tests.people import BOJONEGORO, TUBAN, member

pytestmark = pytest.mark.django_db
SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "lampiran"


def upload(content: bytes, name: str = "nota.pdf", claimed: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, claimed)


def kept(officer, content: bytes, **of) -> Attachment:
    with door(officer, write=True):
        return keep(upload(content, **of), region_id=BOJONEGORO, by=officer)


def said_of(content: bytes) -> str | None:
    """The sentence by which it is refused, or None when it is kept."""
    try:
        check(upload(content))
    except ValidationError as error:
        return error.message
    return None


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_as_a_small_jpeg_of_our_own(officer, form):
    attachment = kept(officer, picture(5000, 2500, form=form) + b"<script>", name="Nota Bu Ngatini.png")

    content = Attachment.FILES.opened(attachment.file).read()
    image = Image.open(BytesIO(content))
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (2400, 1200), {})
    assert (attachment.media_type, attachment.name, attachment.size) == (
        "image/jpeg",
        "Nota Bu Ngatini.jpg",
        len(content),
    )
    assert b"script" not in content


def test_a_scan_is_kept_as_it_is(officer):
    content = pdf()

    attachment = kept(officer, content)

    assert Attachment.FILES.opened(attachment.file).read() == content
    assert (attachment.media_type, attachment.name, attachment.by) == ("application/pdf", "nota.pdf", officer)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", attachments.EMPTY),
        (bytes(20 * 2**20), attachments.TOO_LARGE),
        (b"%PDF-1.7\n" + bytes(20 * 2**20), attachments.TOO_LARGE),
        (b"halo", attachments.OTHER),
        (b"<html><script>alert(1)</script>", attachments.OTHER),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", attachments.OTHER),
        (b"GIF89a" + bytes(100), attachments.OTHER),
        (b"PK\x03\x04" + bytes(100), attachments.OTHER),
        (b"MZ" + pdf(), attachments.OTHER),
        (b"\xff\xd8\xff\xe0" + b"x" * 400, pictures.NO_PHOTO),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 400, pictures.NO_PHOTO),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", pictures.NO_PHOTO),
        (picture(600, 400)[:900], pictures.NO_PHOTO),
        (b"%PDF-", scans.NO_PDF),
        (b"%PDF-1.7\n%%EOF", scans.NO_PDF),
        (b"%PDF-9.7" + pdf()[8:], scans.NO_PDF),
        (pdf()[:-7], scans.NO_PDF),
        (pdf() + b"<script>" + bytes(4096), scans.NO_PDF),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)
def test_what_is_neither_photo_nor_scan_is_refused_by_its_content(content, sentence):
    assert said_of(content) == sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (pdf(trailer=b"/Encrypt 5 0 R"), scans.LOCKED),
        (pdf(catalog=b"/OpenAction " + SCRIPT), scans.ACTIVE),
        (pdf(catalog=b"/OpenAction << /S /#4aava#53cript >>"), scans.ACTIVE),
        (pdf(hidden(SCRIPT)), scans.ACTIVE),
        (pdf(b"<< /S /Launch /F (cmd.exe) >>"), scans.ACTIVE),
        (pdf(hidden(b"<< /S /Launch /Win << /F (cmd.exe) >> >>")), scans.ACTIVE),
        (pdf(catalog=b"/AcroForm << /XFA 5 0 R >>"), scans.ACTIVE),
        (pdf(b"<< /Type /Annot /Subtype /RichMedia >>"), scans.ACTIVE),
        (pdf(catalog=b"/Names << /EmbeddedFiles 5 0 R >>"), scans.CARRIES),
        (pdf(stream(b"MZ", b"/Type /EmbeddedFile")), scans.CARRIES),
        (pdf(b"<< /Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode] >>\nstream\n00>\nendstream"), scans.UNREADABLE),
        (pdf(b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nnot packed\nendstream"), scans.UNREADABLE),
        (pdf(bomb(200)), scans.BOMB),
        (pdf(*(bomb(20) for _ in range(4))), scans.BOMB),
    ],
    ids=[
        "locked", "script", "escaped script", "hidden script", "launch", "hidden launch", "xfa", "rich media",
        "names files", "carries a file", "packed twice", "packed wrongly", "one bomb", "many small bombs",
    ],
)  # fmt: skip
def test_a_scan_that_is_locked_acts_carries_or_swells_is_refused(content, sentence):
    assert said_of(content) == sentence


def test_pictures_inside_a_scan_are_not_unpacked():
    check(upload(pdf(stream(bytes(100 * 2**20), b"/Type /XObject /Subtype /Image"))))


@given(st.binary(max_size=300), st.integers(5, 400))
def test_whatever_is_written_into_a_scan_gives_a_sentence_or_a_file(noise, at):
    content = pdf()

    known = {scans.NO_PDF, scans.UNREADABLE, scans.LOCKED, scans.ACTIVE, scans.CARRIES, scans.BOMB, attachments.OTHER}
    assert said_of(content[:at] + noise + content[at:]) in known | {None}


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\wahyu\\SPJ Ngatini.PDF", "SPJ Ngatini.pdf"),
        ("nota\x00\r\nSet-Cookie: x=1.pdf", "nota Set-Cookie: x=1.pdf"),
        ("\u202egnp.exe.pdf", "gnp.exe.pdf"),
        ("....", "lampiran.pdf"),
        ("x" * 3000 + ".pdf", "x" * 100 + ".pdf"),
        ("nota.jpg", "nota.pdf"),
        ("", "lampiran.pdf"),
    ],
)
def test_a_name_is_made_safe_to_show_and_to_save_under(given_name, shown):
    made = SimpleUploadedFile("berkas", pdf())
    made._name = given_name

    assert check(made).name == shown


def test_a_rolled_back_row_leaves_no_file_under_a_name(officer, own_folder):
    with door(officer, write=True), transaction.atomic():
        keep(upload(pdf()), region_id=BOJONEGORO, by=officer)
        transaction.set_rollback(True)

    assert (Attachment.objects.count(), list(own_folder.glob("*/*.bin"))) == (0, [])


def test_the_form_field_cleans_to_what_is_kept_and_says_what_is_wrong(officer):
    field, optional = AttachmentField(), AttachmentField(required=False)

    checked = field.clean(photo())

    with door(officer, write=True):
        assert keep(checked, region_id=BOJONEGORO, by=officer).name == "foto.jpg"
    assert optional.clean(None) is None
    for content, sentence in ((b"halo", attachments.OTHER), (b"", attachments.EMPTY)):
        with pytest.raises(ValidationError, match=re.escape(sentence)):
            field.clean(upload(content))


def test_reach_is_asked_at_every_download_and_the_look_written_down(browse, officer, ngatini):
    with door(officer, write=True):
        attachment = keep(upload(pdf()), region_id=BOJONEGORO, by=officer, subjects=[ngatini.identity_id])

    who = ("provinsi", "verifikator", "kadinsos.bojonegoro", "tuban", "auditor", "upt", "mitra", "admin")
    answers = {name: browse(member(name)).get(f"/berkas/{attachment.pk}/").status_code for name in who}

    assert answers == dict(zip(who, (200, 200, 200, 404, 403, 403, 403, 403), strict=True))
    looks = Look.objects.filter(subject=ngatini.identity_id, page="attachment_file").order_by("pk")
    assert [look.user.username for look in looks] == ["provinsi", "verifikator", "kadinsos.bojonegoro"]


def test_what_belongs_to_the_province_is_reached_by_no_kab_kota(browse, province, officer):
    with door(province, write=True):
        attachment = keep(upload(pdf()), region_id=None, by=province)

    assert browse(province).get(f"/berkas/{attachment.pk}/").status_code == 200
    assert browse(officer).get(f"/berkas/{attachment.pk}/").status_code == 404


@pytest.mark.parametrize("media_type", ["image/jpeg", "application/pdf"])
def test_a_file_is_answered_with_headers_that_keep_it_harmless(browse, officer, media_type):
    attachment = AttachmentFactory(media_type=media_type, name='"nota"\r\nx.pdf')

    headers = browse(officer).get(f"/berkas/{attachment.pk}/").headers

    assert headers["Content-Type"] == media_type
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("inline; filename")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize(
    "damage", [lambda file: file.write_bytes(b"other"), lambda file: file.unlink()], ids=["changed", "gone"]
)
def test_a_file_that_is_not_what_was_stored_is_not_given(browse, officer, own_folder, damage):
    attachment = AttachmentFactory()
    damage(next(own_folder.glob("*/*")))

    answer = browse(officer).get(f"/berkas/{attachment.pk}/")

    assert (answer.status_code, "tidak lagi sama dengan yang disimpan" in answer.content.decode()) == (409, True)


@pytest.mark.database_sensitive
def test_attachments_are_append_only_and_in_ones_own_name_and_region(officer, province, auditor):
    attachment = AttachmentFactory()

    for statement in ("update documents_attachment set name = 'x'", "delete from documents_attachment"):
        with door(officer, write=True), refused("permission denied"):
            sql(statement)
    with door(officer, write=True), refused("row-level security"):
        AttachmentFactory(region_id=TUBAN, by=officer)
    with door(officer, write=True), refused("Berkas hanya dapat disimpan atas nama sendiri"):
        AttachmentFactory(by=province)
    with door(auditor):
        assert Attachment.objects.visible_to(auditor).get().sha256 == attachment.sha256
    with door(auditor), refused("permission denied"):
        sql("select name from documents_attachment")
