"""Papers about money and goods: the decree's annex, handover, receipt, statements, account of what was bought."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ppks.documents.kinds.shared import Kind, Party, Rupiah, words
from ppks.kit.dates import with_weekday

NOTHING = Rupiah(0)


@dataclass(frozen=True, kw_only=True)
class AnnexLine:
    """One receiver; `region` is the kab/kota as it is to be printed."""

    name: str
    address: str
    region: str
    amount: Rupiah


@dataclass(frozen=True, kw_only=True)
class DecreeAnnex(Kind):
    """Lampiran SK: who receives how much. `about` is the decree's subject, as after "tentang"."""

    LABEL: ClassVar = "Lampiran keputusan"
    COMPUTED: ClassVar = ("total", "total_words")

    decree_number: str
    decree_day: date
    about: str
    lines: tuple[AnnexLine, ...]

    @property
    def total(self) -> Rupiah:
        return Rupiah(sum(line.amount for line in self.lines))

    @property
    def total_words(self) -> str:
        return words(self.total)


@dataclass(frozen=True, kw_only=True)
class Item:
    """Goods: `count` of a `unit` at a price each."""

    COMPUTED: ClassVar = ("amount",)

    name: str
    count: int
    unit: str
    price: Rupiah

    @property
    def amount(self) -> Rupiah:
        return Rupiah(self.count * self.price)


@dataclass(frozen=True, kw_only=True)
class HandoverMinutes(Kind):
    """BAST of goods (`items`) or cash (`cash`). `basis` names the decree. The first signer is who hands over."""

    LABEL: ClassVar = "Berita acara serah terima"
    COMPUTED: ClassVar = ("weekday", "total", "total_words")

    giver: Party
    receiver: Party
    basis: str
    items: tuple[Item, ...] = ()
    cash: Rupiah = NOTHING
    account: str = ""  # where cash went: bank and account, as it is to be printed

    @property
    def weekday(self) -> str:
        return with_weekday(self.day).partition(",")[0]

    @property
    def total(self) -> Rupiah:
        return Rupiah(self.cash + sum(item.amount for item in self.items))

    @property
    def total_words(self) -> str:
        return words(self.total)


@dataclass(frozen=True, kw_only=True)
class Receipt(Kind):
    """Kwitansi: `payer` pays `receiver` an amount for a purpose."""

    LABEL: ClassVar = "Kwitansi"
    COMPUTED: ClassVar = ("amount_words",)

    payer: str
    receiver: Party
    amount: Rupiah
    purpose: str

    @property
    def amount_words(self) -> str:
        return words(self.amount)


@dataclass(frozen=True, kw_only=True)
class ResponsibilityStatement(Kind):
    """SPTJM: what the receiver answers for. Empty `statements` print the usual ones."""

    LABEL: ClassVar = "Surat pernyataan tanggung jawab mutlak"
    COMPUTED: ClassVar = ("amount_words",)
    USUAL: ClassVar = (
        "Bertanggung jawab mutlak atas penggunaan bantuan sesuai rencana anggaran biaya yang disetujui.",
        "Menyerahkan laporan pertanggungjawaban beserta bukti pengeluaran paling lambat pada waktu yang ditentukan.",
        "Mengembalikan sisa dana yang tidak dipakai, dan dana yang dipakai di luar rencana, ke rekening kas daerah.",
        "Tidak memindahtangankan bantuan, seluruhnya atau sebagian, kepada siapa pun.",
        "Bersedia diperiksa oleh aparat pengawasan dan dituntut menurut hukum bila pernyataan ini tidak benar.",
    )

    party: Party
    basis: str
    amount: Rupiah
    purpose: str
    statements: tuple[str, ...] = USUAL

    @property
    def amount_words(self) -> str:
        return words(self.amount)


@dataclass(frozen=True, kw_only=True)
class IntegrityPact(Kind):
    """Pakta integritas of a receiver or an officer. Empty `statements` print the usual ones."""

    LABEL: ClassVar = "Pakta integritas"
    USUAL: ClassVar = (
        "Tidak memberi dan tidak menerima uang, barang, atau janji dalam bentuk apa pun terkait bantuan ini.",
        "Tidak dipotong dan tidak memotong bantuan dengan alasan apa pun.",
        "Memberi keterangan yang benar dan lengkap, dan bersedia bantuan dihentikan bila ternyata tidak benar.",
        "Melaporkan kepada Dinas Sosial Provinsi Jawa Timur bila ada yang meminta imbalan.",
    )

    party: Party
    programme: str
    statements: tuple[str, ...] = USUAL


@dataclass(frozen=True, kw_only=True)
class AccountLine:
    """One line of the RAB: what was planned, bought, and given back."""

    COMPUTED: ClassVar = ("left",)

    name: str
    planned: Rupiah
    bought: Rupiah
    returned: Rupiah = NOTHING

    @property
    def left(self) -> Rupiah:
        """What is neither bought nor given back; below zero, more was bought than planned."""
        return Rupiah(self.planned - self.bought - self.returned)


@dataclass(frozen=True, kw_only=True)
class AccountabilitySummary(Kind):
    """Ringkasan SPJ: plan against what was bought and returned, per RAB line."""

    LABEL: ClassVar = "Ringkasan pertanggungjawaban"
    COMPUTED: ClassVar = ("planned", "bought", "returned", "left", "bought_words")

    party: Party
    basis: str
    lines: tuple[AccountLine, ...]
    note: str = ""

    @property
    def planned(self) -> Rupiah:
        return Rupiah(sum(line.planned for line in self.lines))

    @property
    def bought(self) -> Rupiah:
        return Rupiah(sum(line.bought for line in self.lines))

    @property
    def returned(self) -> Rupiah:
        return Rupiah(sum(line.returned for line in self.lines))

    @property
    def left(self) -> Rupiah:
        return Rupiah(self.planned - self.bought - self.returned)

    @property
    def bought_words(self) -> str:
        return words(self.bought)
