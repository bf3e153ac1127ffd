"""Knows what a column is about from the words over it: "Thn Bantuan", "OMZET/BLN > AWAL", "L/P", "No. HP"."""

import re
from dataclasses import dataclass
from functools import lru_cache


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# field -> what its heading says: the words it must have, then those it may have besides.
_HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("nomor|urut", "nomor urut", "urut"),
    "name": ("nama|lengkap klien eks mantan warga binaan sosial wbs kpm pm ppks pmks ktp calon peserta orang alumni",
             "nama penerima|lengkap calon bantuan manfaat hibah bansos sosial ktp", "nama pemilik|usaha",
             "nama kelayan|eks", "penerima|bantuan manfaat"),
    "nik": ("nik|nomor ktp e el ktpel kependudukan induk", "ktp nomor|e el", "ktp|e el", "ktpel|nomor",
            "induk kependudukan|nomor"),
    "kk": ("kk nomor|kartu keluarga", "kk", "kartu keluarga|nomor", "nkk"),
    "sex": ("kelamin|jenis l p lk pr laki perempuan", "l p|lk pr", "lk pr", "laki perempuan", "jk|l p", "gender|l p",
            "sex", "pria wanita"),
    "birth": ("tempat tanggal lahir|ttl tahun", "ttl", "lahir", "kelahiran", "tempat lahir tahun", "tempat tanggal"),
    "birth_place": ("tempat lahir|kota", "kota lahir"),
    "birth_date": ("tanggal lahir|tahun", "tanggal kelahiran"),
    "address": ("alamat|lengkap rumah tinggal tempat domisili ktp jalan dusun rt rw asal sekarang klien penerima kk",
                "domisili|tempat", "tempat tinggal"),
    "hamlet": ("dusun|jalan lingkungan dukuh", "jalan", "lingkungan", "dukuh"),
    "rt": ("rt",), "rw": ("rw",), "rt_rw": ("rt rw",),
    "village": ("desa|kelurahan nama", "kelurahan|nama"),
    "district": ("kecamatan|nama",),
    "region": ("kabupaten|kota asal nama daerah", "kota|asal nama", "daerah asal", "kabkota|asal", "wilayah"),
    "phone": ("telepon|nomor aktif seluler kontak", "kontak|nomor person", "seluler|nomor"),
    "ppks": ("ppks|jenis kategori klaster kriteria pmks", "pmks|jenis kategori klaster kriteria", "jenis permasalahan"),
    "disability": ("disabilitas|jenis ragam kategori kecacatan", "kecacatan|jenis"),
    "institution": ("upt|asal nama eks alumni panti lembaga balai", "panti|asal nama eks", "lembaga|asal nama",
                    "balai|asal nama", "asal rehabilitasi"),
    "left_year": ("tahun keluar|upt panti klien dari", "keluar|upt panti", "tahun lulus|upt panti", "tahun terminasi",
                  "tahun alumni", "tahun purna|bina", "tanggal keluar|upt panti"),
    "trade": ("usaha jenis|bidang produk keterampilan rintisan sekarang dijalankan dimiliki dikelola",
              "bidang usaha", "usaha", "usaha produk"),
    "aid_year": ("tahun bantuan|anggaran penyaluran realisasi pemberian perolehan", "tahun anggaran|bantuan",
                 "tahun penerimaan|bantuan", "tahun penyaluran|bantuan", "tahun realisasi|bantuan", "ta", "t a"),
    "aid_form": ("bentuk bantuan|jenis penerimaan", "jenis bantuan|penerimaan"),
    "aid_value": ("nilai bantuan|uang penerimaan", "jumlah bantuan|uang nilai penerimaan", "besar bantuan",
                  "besaran bantuan|nilai penerimaan",
                  "nominal bantuan|nilai penerimaan"),
    "turnover_before": ("omzet awal|usaha kotor", "omzet sebelum|bantuan usaha"),
    "turnover_now": ("omzet|usaha kotor rata sekarang penjualan", "omzet setelah|bantuan", "omzet akhir|usaha",
                     "omzet terakhir"),
    "profit": ("laba|bersih rugi usaha sekarang rata", "keuntungan|bersih usaha sekarang rata", "pendapatan bersih|usaha",
               "penghasilan bersih|usaha"),
    "workers": ("tenaga kerja|jumlah terserap diserap", "karyawan|jumlah tenaga kerja", "pekerja|jumlah", "pegawai|jumlah"),
    "condition": ("kondisi usaha|sekarang perkembangan", "perkembangan usaha|status", "status usaha", "keadaan usaha",
                  "kondisi sekarang"),
    "note": ("keterangan|lain tambahan", "catatan|lain tambahan"),
    "age": ("umur|tahun", "usia|tahun"), "signature": ("tanda tangan", "ttd", "paraf", "foto"),
}  # fmt: skip

# A word that says enough only where no group stands over it.
_WEAK = {"tahun": "aid_year", "bentuk": "aid_form", "nilai": "aid_value", "nominal": "aid_value",
         "awal": "turnover_before", "sekarang": "turnover_now", "kondisi": "condition",
         "perkembangan": "condition", "permasalahan": "ppks", "tempat": "birth_place"}  # fmt: skip

# What a group is about -> the words that tell it, and what the columns under it are.
_GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "foreign": ("pendamping wali ayah ibu tua penanggung petugas ketua rekening bank saksi ahli", {}),
    "sex": ("kelamin", {"l": "sex_male", "laki": "sex_male", "lk": "sex_male", "pria": "sex_male",
                        "p": "sex_female", "perempuan": "sex_female", "pr": "sex_female", "wanita": "sex_female"}),
    "birth": ("lahir ttl kelahiran", {"tempat": "birth_place", "kota": "birth_place", "tanggal": "birth_date"}),
    "turnover": ("omzet", {"awal": "turnover_before", "sebelum": "turnover_before", "sekarang": "turnover_now",
                           "setelah": "turnover_now", "akhir": "turnover_now", "terakhir": "turnover_now"}),
    "profit": ("laba keuntungan", {"sekarang": "profit", "akhir": "profit", "setelah": "profit"}),
    "workers": ("kerja karyawan pekerja", {"jumlah": "workers", "total": "workers", "sekarang": "workers"}),
    "aid": ("bantuan bansos hibah stimulan", {
        "tahun": "aid_year", "bentuk": "aid_form", "jenis": "aid_form", "nilai": "aid_value", "jumlah": "aid_value",
        "besar": "aid_value", "besaran": "aid_value", "nominal": "aid_value", "uang": "aid_value"}),
    "left": ("upt panti keluar lulus rehabilitasi", {
        "nama": "institution", "asal": "institution", "upt": "institution", "panti": "institution",
        "tahun": "left_year", "lulus": "left_year", "keluar": "left_year"}),
    "business": ("usaha", {"jenis": "trade", "bidang": "trade", "kondisi": "condition", "perkembangan": "condition",
                           "status": "condition"}),
}  # fmt: skip
_THE_PERSON = _set("penerima klien identitas biodata pribadi diri warga kelayan kependudukan")
_TITLE_WORDS = 5
_PERSONAL = _set("name nik kk sex birth birth_place birth_date address hamlet rt rw rt_rw village district"
                 " region phone age ppks disability")  # fmt: skip

FIELDS = frozenset(_HEADINGS) | {"sex_male", "sex_female"}
# A sheet is a list of recipients when it has names and something that only such a list has.
TELLING = FIELDS - {"number", "name", "phone", "note", "age", "signature", "region"}

_WORDS = {
    "thn": "tahun", "th": "tahun", "tgl": "tanggal", "tglahir": "tanggal lahir", "tmp": "tempat", "tmpt": "tempat",
    "tpt": "tempat", "tmptgl": "tempat tanggal", "lhr": "lahir", "no": "nomor", "nomer": "nomor", "nmr": "nomor",
    "jml": "jumlah", "jmlh": "jumlah", "kec": "kecamatan", "kel": "kelurahan", "ds": "desa", "kab": "kabupaten",
    "kodya": "kota", "kotamadya": "kota", "bln": "bulan", "bl": "bulan", "omset": "omzet", "omzed": "omzet",
    "penjualan": "omzet", "jns": "jenis", "hp": "telepon", "wa": "telepon", "whatsapp": "telepon",
    "handphone": "telepon", "telp": "telepon", "tlp": "telepon", "tlpn": "telepon", "telpon": "telepon",
    "telephone": "telepon", "phone": "telepon", "ket": "keterangan", "skrg": "sekarang", "kini": "sekarang",
    "sesudah": "setelah", "naker": "tenaga kerja", "tk": "tenaga kerja", "almt": "alamat", "kelurahn": "kelurahan",
    "jalan": "jalan", "jl": "jalan", "dsn": "dusun", "bant": "bantuan", "nm": "nama", "terima": "penerimaan",
    "menerima": "penerimaan", "diterima": "penerimaan", "kluster": "klaster", "cluster": "klaster",
    "cacat": "kecacatan", "klmn": "kelamin", "klm": "kelamin", "mulai": "awal",
}  # fmt: skip
_DROPPED = _set("dan atau yang di dari per perbulan bulan setiap tiap rp rupiah idr data sesuai dalam"
                " ini pada saat ribu ribuan juta jutaan angka digit diisi wajib nya jiwa sebulan dengan")  # fmt: skip
_SENTENCES = ((re.compile(r"\bsaat ini\b"), "sekarang"), (re.compile(r"\blaki\W+laki\b"), "laki"))
_SPACED = re.compile(r"\s*[a-z](?:\s+[a-z]){2,12}\s*")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field a heading means; a weak one gives way to a column whose heading says more."""

    field: str
    is_weak: bool = False


def words(text: str) -> frozenset[str]:
    """The words of a heading that carry meaning, spelled out: "OMSET/BLN (Rp)" is {"omzet"}."""
    return frozenset(_spelled(_BRACKETS.sub(" ", text)) or _spelled(text))


def _spelled(text: str) -> set[str]:
    text = text.lower()
    if _SPACED.fullmatch(text):  # "N A M A"
        text = "".join(text.split())
    for pattern, plain in _SENTENCES:
        text = pattern.sub(plain, text)
    spelled = " ".join(_WORDS.get(word, word) for word in _WORD.findall(text)).split()
    return {word for word in spelled if word not in _DROPPED}


_PATTERNS = tuple(
    (field, _set(must), _set(f"{must} {may}"))
    for field, phrases in _HEADINGS.items()
    for must, _, may in (phrase.partition("|") for phrase in phrases)
)
_KNOWN = frozenset().union(*(allowed for _, _, allowed in _PATTERNS), *(under for _, under in _GROUPS.values()))


@lru_cache(maxsize=2048)
def meaning(labels: tuple[str, ...]) -> Meaning | None:
    """The field meant by a column's heading texts, group first: ("BANTUAN", "TAHUN"). None when it is unknown."""
    *over, leaf = labels
    meant = words(leaf)
    if not meant:  # "(Rp)", "1": what stands above says it
        return meaning(tuple(over)) if over else None
    groups = [group for text in reversed(over) if (group := _group(words(text)))]
    if groups:
        return _meaning_in(groups, meant, words(over[-1]))
    if field := _said(meant) if meant <= _KNOWN else None:
        return Meaning(field)
    if len(meant) == 1 and (field := _WEAK.get(next(iter(meant)))):
        return Meaning(field, is_weak=True)
    return meaning(tuple(over)) if over else None


def _meaning_in(groups: list[str], meant: frozenset[str], over: frozenset[str]) -> Meaning | None:
    """What a column means under a group: what such groups hold, else what its words say by themselves or with it."""
    for kind in groups:
        under = _GROUPS[kind][1]
        if len(found := {under[word] for word in meant if word in under}) == 1:
            return Meaning(found.pop())
    field = _said(meant) or _said(meant | over)
    is_of_others = field in _PERSONAL and not {"sex", "birth"}.issuperset(groups)
    return Meaning(field) if field and not is_of_others else None


def _said(meant: frozenset[str]) -> str | None:
    return next((field for field, must, allowed in _PATTERNS if must <= meant <= allowed), None)


def _group(meant: frozenset[str]) -> str | None:
    """What a heading over several others is about; a title, or "the person", narrows nothing down."""
    if len(meant) > _TITLE_WORDS or not meant.isdisjoint(_THE_PERSON):
        return None
    return next((kind for kind, (telling, _) in _GROUPS.items() if not meant.isdisjoint(_set(telling))), None)
