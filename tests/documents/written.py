"""One honest paper of each kind, with the data that an office would put into it."""

from datetime import date
from typing import Any

DAY = date(2026, 11, 26)
NIK = "3522********0001"


def signer(role: str, name: str, number: str = "NIP 19740512 199903 1 004") -> dict[str, str]:
    return {"role": role, "name": name, "number": number}


HEAD = signer("Kepala Dinas Sosial Provinsi Jawa Timur", "Hendro Gunawan, S.Sos., M.Si.")
RECEIVER = signer("Penerima", "Ngatini", "")
NGATINI = {
    "name": "Ngatini",
    "nik": NIK,
    "address": "Dusun Krajan RT 02 RW 01, Desa Ngujo, Kecamatan Kalitidu, Bojonegoro",
}
WAHYU = {"name": "Wahyu Pratomo", "position": "Petugas Dinas Sosial Kabupaten Bojonegoro"}
DECREE = "Keputusan Gubernur Jawa Timur Nomor 188/512/KPTS/013/2026"


def lines(count: int) -> list[dict[str, Any]]:
    """So many receivers of an annex, with names from short to very long."""
    names = (
        "Ngatini",
        "R.Ay. Siti Kusumaningtyas Prawirodirdjo binti Haji Abdurrahman Wahid Soerjodiningrat",
        "Tan Giok Lan",
    )
    where = (
        "Dusun Krajan RT 02 RW 01, Desa Ngujo",
        "Jalan Panglima Sudirman Gang Mawar Nomor 12A, Kelurahan Kepatihan",
    )
    return [
        {
            "name": names[n % 3],
            "address": where[n % 2],
            "region": ("Kab. Bojonegoro", "Kota Surabaya")[n % 2],
            "amount": 3_000_000 + n % 5 * 250_000,
        }
        for n in range(count)
    ]


SAMPLES: dict[str, dict[str, Any]] = {
    "decree_annex": {
        "decree_number": "188/512/KPTS/013/2026",
        "decree_day": DAY,
        "about": "Penerima Hibah Usaha Ekonomi Produktif bagi Eks Klien Tahun Anggaran 2026",
        "lines": lines(40),
        "signers": [HEAD],
    },
    "handover_minutes": {
        "giver": WAHYU,
        "receiver": NGATINI,
        "basis": DECREE,
        "items": [
            {"name": "Mesin jahit portabel", "count": 1, "unit": "unit", "price": 2_450_000},
            {"name": "Kain katun, lebar 150 cm", "count": 25, "unit": "meter", "price": 22_000},
        ],
        "signers": [signer("PIHAK PERTAMA", "Wahyu Pratomo"), signer("PIHAK KEDUA", "Ngatini", "")],
    },
    "receipt": {
        "payer": "Bendahara Pengeluaran Dinas Sosial Provinsi Jawa Timur",
        "receiver": NGATINI,
        "amount": 3_001_000,
        "purpose": f"Hibah Usaha Ekonomi Produktif Tahun Anggaran 2026 menurut {DECREE}",
        "signers": [signer("Bendahara Pengeluaran", "Sri Mulyani Astuti, S.E."), RECEIVER],
    },
    "responsibility_statement": {
        "party": NGATINI,
        "basis": DECREE,
        "amount": 3_000_000,
        "purpose": "usaha permak dan jahit",
        "signers": [signer("Yang menyatakan", "Ngatini", "")],
    },
    "integrity_pact": {
        "party": NGATINI,
        "programme": "penerimaan Hibah Usaha Ekonomi Produktif Tahun Anggaran 2026",
        "signers": [
            signer("Mengetahui, Kepala Dinas Sosial", "Arif Rahman Hakim"),
            signer("Yang menyatakan", "Ngatini", ""),
        ],
    },
    "accountability_summary": {
        "party": NGATINI,
        "basis": DECREE,
        "lines": [
            {"name": "Mesin jahit", "planned": 2_450_000, "bought": 2_300_000, "returned": 150_000},
            {"name": "Kain dan benang", "planned": 550_000, "bought": 575_000},
        ],
        "note": "Benang dibeli dari tabungan sendiri.\nNota nomor 3 hilang, diganti pernyataan toko.",
        "signers": [signer("Petugas pendamping", "Wahyu Pratomo"), RECEIVER],
    },
    "cover_letter": {
        "to": "Kepala Dinas Sosial Provinsi Jawa Timur\ndi Surabaya",
        "subject": "Usulan penerima hibah usaha ekonomi produktif tahun 2027",
        "enclosed": "1 (satu) berkas",
        "applicants": [
            {"name": one["name"], "address": one["address"], "business": "Permak dan jahit", "amount": one["amount"]}
            for one in lines(6)
        ],
        "signers": [signer("Kepala Dinas Sosial Kabupaten Bojonegoro", "Arif Rahman Hakim, S.STP.")],
    },
    "rejection_letter": {
        "party": NGATINI,
        "programme": "Hibah Usaha Ekonomi Produktif Tahun Anggaran 2026",
        "application_day": date(2026, 3, 2),
        "reasons": [
            "Masih tinggal di UPT; hanya eks klien yang dapat mengajukan.",
            "Laporan hibah tahun 2024 belum selesai.",
        ],
        "next_steps": "Selesaikan laporan hibah tahun 2024, lalu ajukan lagi pada pembukaan berikutnya.",
        "signers": [HEAD],
    },
    "ranking_reason": {
        "party": NGATINI,
        "programme": "Hibah Usaha Ekonomi Produktif Tahun Anggaran 2026",
        "rank": 14,
        "last_chosen": 12,
        "applications": 1_023,
        "total_score": "71,5",
        "scores": [
            {"criterion": "Keadaan sosial", "weight": 40, "points": 80, "reason": "Desil 2, tanggungan tiga anak."},
            {"criterion": "Kesiapan usaha", "weight": 60, "points": 66, "reason": "Belum ada pembukuan."},
        ],
        "explanation": "Dana Kabupaten Bojonegoro cukup untuk dua belas permohonan.",
        "next_steps": "Permohonan tetap berlaku sebagai cadangan sampai 31 Desember 2026.",
        "signers": [HEAD],
    },
    "meeting_minutes": {
        "title": "Koordinasi pendampingan usaha triwulan IV",
        "held_on": DAY,
        "time": "09.00–11.30 WIB",
        "venue": "Ruang rapat Dinas Sosial Kabupaten Bojonegoro",
        "chair": "Arif Rahman Hakim",
        "attendees": ["Wahyu Pratomo (Dinas Sosial)", "Koperasi dan UKM Bojonegoro", "Bank Jatim"],
        "agenda": ["Usaha yang tutup sejak September", "Pelatihan pembukuan"],
        "inputs": [{"by": "Koperasi dan UKM", "text": "Ada 12 tempat pelatihan bulan Desember."}],
        "decisions": [
            {"text": "Mendaftarkan delapan orang ke pelatihan.", "owner": "Wahyu Pratomo", "due": date(2026, 12, 4)},
            {"text": "Bertemu lagi triwulan depan.", "owner": "Dinas Sosial"},
        ],
        "signers": [signer("Pimpinan rapat", "Arif Rahman Hakim"), signer("Notulis", "Wahyu Pratomo")],
    },
    "independence_certificate": {
        "party": NGATINI,
        "business": "Permak dan jahit, Desa Ngujo",
        "since": date(2026, 10, 1),
        "grounds": ["Laba bersih di atas UMK Bojonegoro selama enam bulan.", "Tidak menerima bantuan lain sejak 2025."],
        "signers": [HEAD],
    },
}
for sample in SAMPLES.values():
    sample["day"] = DAY
