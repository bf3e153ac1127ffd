"""What reading a list gives: recipients with typed values, and problems named by cell, in Indonesian."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date

from clients import nik
from ppks.intake.headings import Heading, letters

ERROR, WARNING = "error", "warning"

_ERRORS = {code: sentence for code, sentence in nik.MESSAGES.items() if not code.endswith("_differs")} | {
    "duplicate_nik": "NIK ini sama dengan yang di {first}; satu orang ditulis satu kali saja.",
    "name_empty": "Nama belum diisi.",
    "text_long": "Isi sel ini terlalu panjang: paling banyak {most} huruf.",
    "sex_text": "Jenis kelamin tidak terbaca: {why}",
    "date_impossible": "{why}",
    "unknown_region": "“{text}” bukan nama kabupaten/kota di provinsi ini.{hint}",
    "ambiguous_region": "“{text}” bisa berarti kabupaten atau kota; tulis “Kab.” atau “Kota” di depannya.",
    "region_empty": "Kabupaten/kota belum diisi dan tidak dapat ditentukan dari judul kelompoknya.",
    "no_region": (
        "Daftar ini tidak punya kolom kabupaten/kota, dan judul serta nama lembarnya tidak menyebut satu daerah."
        " Tambahkan kolomnya, atau pilih daerahnya saat mengimpor."
    ),
    "district_not_in_region": "Kecamatan “{text}” tidak ada di {region}.{hint}",
    "amount_text": "{why}",
    "amount_unit": "Judul kolom ini menyebut satuan ribu atau juta; tulis rupiah penuh, misalnya 3.000.000.",
    "profit_over_turnover": "Laba bersih lebih besar daripada omzet sekarang.",
    "year_impossible": "{why}",
    "workers_text": "Jumlah tenaga kerja tidak terbaca: {why}",
    "more_problems": "Masalahnya terlalu banyak untuk disebut semua; perbaiki dulu yang tercantum, lalu coba lagi.",
    "no_people": "Tidak ada satu pun baris orang di bawah judul ini.",
}
_WARNINGS = {code: sentence for code, sentence in nik.MESSAGES.items() if code.endswith("_differs")} | {
    "formula_text": "Isi sel ini berawalan tanda rumus; disimpan sebagai teks biasa dan tidak dijalankan.",
    "no_list_date": (
        "Tanggal daftar tidak ditemukan pada tanda tangan atau judul; isi tanggal keadaan daftar saat mengimpor."
    ),
    "list_dates_differ": "Lembar ini bertanggal {day}, lain dari lembar “{sheet}”; tanggal lembar itu yang dipakai.",
    "phone_odd": "Nomor telepon tidak terbaca seluruhnya; periksa lagi.",
    "unknown_ppks": "“{text}” bukan jenis PPKS yang dikenal; disimpan seperti tertulis.",
    "unknown_upt": "“{text}” bukan UPT yang dikenal; disimpan seperti tertulis.",
    "unknown_condition": "“{text}” bukan kondisi usaha yang dikenal; disimpan seperti tertulis.",
    "unknown_aid_form": "“{text}” tidak jelas barang atau uang; disimpan seperti tertulis.",
    "village_not_in_district": "Desa/kelurahan “{text}” tidak ada di Kecamatan {district}; disimpan seperti tertulis.",
    "heading_repeated": "Judul kolom ini sama artinya dengan yang di {first}; kolom ini tidak dibaca.",
    "row_unclear": "Baris ini hanya berisi nama tanpa nomor urut, sehingga tidak dihitung sebagai orang.",
}
MESSAGES = {code: (ERROR, sentence) for code, sentence in _ERRORS.items()} | {
    code: (WARNING, sentence) for code, sentence in _WARNINGS.items()
}
_LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault at one cell: severity "error" (nothing may be written) or "warning", a code of `MESSAGES`, a sentence.

    Sentences quote no number of a person.
    """

    sheet: str
    cell: str
    severity: str
    code: str
    message: str


def problem(sheet: str, cell: str, code: str, /, **parts: object) -> Problem:
    """A problem in the words of its code; texts from the file are cut short."""
    severity, sentence = MESSAGES[code]
    if parts:
        sentence = sentence.format(**{key: _quoted(part) for key, part in parts.items()}).rstrip()
    return Problem(sheet, cell, severity, code, sentence)


def _quoted(part: object) -> str:
    text = str(part)
    return text if len(text) <= 3 * _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


@dataclass(slots=True)
class Recipient:
    """One row of a list. None and "" mean that the row does not say, or that what it says is a reported error."""

    sheet: str
    row: int
    columns: Mapping[str, int]  # field -> column from 0, the same object for all rows of a table
    name: str = ""
    nik: str | None = None  # 16 digits
    nik_status: str = "belum_ada"  # ada, belum_ada, sedang_diurus
    kk: str | None = None  # 16 digits
    sex: str | None = None  # L, P
    birth_place: str = ""
    birth_date: date | None = None
    address: str = ""
    village: str = ""
    village_code: str | None = None
    district: str = ""
    district_code: str | None = None
    region_code: str | None = None
    phone: str | None = None  # E.164
    phone_text: str = ""
    ppks: str = ""
    ppks_codes: tuple[str, ...] = ()
    disability_code: str | None = None
    institution: str = ""
    institution_key: Hashable | None = None
    left_year: int | None = None
    trade: str = ""
    trade_code: str | None = None
    aid_year: int | None = None
    aid_form: str | None = None  # barang, uang
    aid_form_text: str = ""
    aid_value: int | None = None  # rupiah
    turnover_before: int | None = None  # rupiah a month, at 31 December of the year before the aid
    turnover_now: int | None = None  # rupiah a month, at the list's date
    profit: int | None = None  # rupiah a month; a loss is negative
    workers: int | None = None
    reported_condition: str | None = None  # growing, steady, stagnant, declining
    condition_text: str = ""
    note: str = ""
    problems: tuple[Problem, ...] = ()

    def cell(self, name: str) -> str | None:
        """The address of a field's cell ("C12"), None when the list has no such column. Fields as in `fields.FIELDS`."""
        column = self.columns.get(name)
        return None if column is None else f"{letters(column)}{self.row}"

    @property
    def has_errors(self) -> bool:
        return any(each.severity == ERROR for each in self.problems)


@dataclass(frozen=True, slots=True)
class Reading:
    """A list as read. `people` of the import's answer is len(recipients); `regions` are the codes they live in.

    `sheet` and `heading_row` are those of the first table; `sheets` are all that were read, `passed_over` other
    sheets that look like lists (hidden, or examples). `unknown_headings` are columns that were not read.
    """

    sheet: str
    heading_row: int
    list_date: date | None
    recipients: tuple[Recipient, ...]
    problems: tuple[Problem, ...]
    unknown_headings: tuple[Heading, ...] = ()
    regions: tuple[str, ...] = ()
    sheets: tuple[str, ...] = field(default=())
    passed_over: tuple[str, ...] = field(default=())

    @property
    def has_errors(self) -> bool:
        return any(each.severity == ERROR for each in self.problems)
