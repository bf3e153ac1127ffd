"""What a person is asked to agree to: purposes, the kinds of data that may be shared, and every version of each text.

A text that was read out to somebody never changes: other words are a new version, and a test pins the old ones.
"""

from dataclasses import dataclass
from datetime import date

from django.db import models


class Purpose(models.TextChoices):
    SHARE = "share", "Berbagi data dengan kantor mitra"
    GRANT = "grant", "Pengajuan hibah"
    PUBLISH = "publish", "Foto dan cerita dipublikasikan"


class Shared(models.TextChoices):
    """Kinds of data that a person may let a partner office see. NIK and KK are none of them: the office asks the person."""

    NAME = "name", "Nama lengkap"
    PHONE = "phone", "Nomor telepon"
    ADDRESS = "address", "Alamat"
    AGE = "age", "Umur dan jenis kelamin"
    DISABILITY = "disability", "Ragam disabilitas dan alat bantu"
    BUSINESS = "business", "Bidang usaha dan keadaannya"
    FIGURES = "figures", "Omzet dan jumlah tenaga kerja"


@dataclass(frozen=True, slots=True)
class Text:
    """What is read out or signed. `effects` says what happens when it is withdrawn."""

    version: int
    since: date
    title: str
    paragraphs: tuple[str, ...]
    effects: str


FIRST = date(2026, 1, 1)
TEXTS: dict[str, tuple[Text, ...]] = {
    Purpose.SHARE: (
        Text(
            1,
            FIRST,
            "Persetujuan berbagi data dengan kantor mitra",
            (
                "Dinas Sosial dapat meminta bantuan kantor lain untuk usaha saya, misalnya dinas koperasi dan UKM, dinas "
                "tenaga kerja, balai latihan kerja, bank, atau Baznas.",
                "Agar kantor itu dapat membantu, saya mengizinkan Dinas Sosial memperlihatkan kepadanya hanya data yang "
                "saya pilih di bawah ini. NIK dan nomor KK tidak ikut diperlihatkan.",
                "Kantor itu hanya boleh memakai data saya untuk menjawab permintaan Dinas Sosial.",
                "Saya tidak wajib setuju. Kalau tidak setuju, pelayanan Dinas Sosial kepada saya tidak berkurang.",
                "Saya boleh mencabut persetujuan ini kapan saja, lewat petugas atau kantor Dinas Sosial.",
            ),
            "Kantor mitra langsung tidak dapat melihat data orang ini lagi. Rujukan yang sudah terkirim tertutup baginya.",
        ),
    ),
    Purpose.GRANT: (
        Text(
            1,
            FIRST,
            "Persetujuan pengajuan hibah",
            (
                "Saya setuju diusulkan menerima hibah usaha dari Dinas Sosial Provinsi Jawa Timur.",
                "Untuk itu data diri, keluarga, dan usaha saya diperiksa oleh Dinas Sosial kabupaten/kota dan provinsi, "
                "dan nama saya dapat tercantum dalam keputusan penetapan penerima hibah.",
                "Saya tidak wajib setuju, dan tidak dipungut biaya apa pun.",
                "Saya boleh mencabut persetujuan ini kapan saja. Yang sudah ditetapkan dalam keputusan tetap tercatat.",
            ),
            "Usulan hibah yang belum ditetapkan tidak dapat dilanjutkan.",
        ),
    ),
    Purpose.PUBLISH: (
        Text(
            1,
            FIRST,
            "Persetujuan foto dan cerita dipublikasikan",
            (
                "Saya setuju foto saya, foto usaha saya, dan cerita usaha saya ditampilkan dalam laporan, pameran, "
                "laman, atau media sosial Dinas Sosial.",
                "Saya boleh meminta wajah dan nama saya tidak ditampilkan.",
                "Saya tidak wajib setuju. Kalau tidak setuju, pelayanan Dinas Sosial kepada saya tidak berkurang.",
                "Saya boleh mencabut persetujuan ini kapan saja. Yang sudah tercetak tidak dapat ditarik, tetapi tidak "
                "akan dipakai lagi.",
            ),
            "Foto dan cerita orang ini tidak boleh dipakai lagi.",
        ),
    ),
}


def current(purpose: str) -> Text:
    """The version that is read out today."""
    return TEXTS[purpose][-1]


def text_of(purpose: str, version: int) -> Text:
    """One version; KeyError for a purpose or a version that there never was."""
    try:
        return next(text for text in TEXTS[purpose] if text.version == version)
    except StopIteration:
        raise KeyError(version) from None
