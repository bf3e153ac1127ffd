"""Whether a plan fits what a person has learned: one rule, answered with a sentence that can be checked by hand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from clients.models import Person, Stay
from grants.applications.models import Application
from grants.applications.plan import BusinessPlan

FIT_RULE = 1
PREFIXES = ("", "me", "men", "mem", "meng", "pe", "pen", "pem", "peng", "ber", "be")
WHOLE = 4  # a stem as short as this must be the whole word: "tahu" is not "tahun"
# A family of skills by stems of words that name it, with the usual prefixes before them; phrases as they stand.
FAMILIES = {
    "menjahit": ("jahit", "konveksi", "permak", "vermak", "bordir", "sulam", "busana", "modiste", "tailor", "payet"),
    "membatik": ("batik", "ecoprint", "jumputan", "tenun"),
    "memasak dan mengolah makanan": (
        "masak", "boga", "kuliner", "kue", "roti", "katering", "makanan", "minuman", "keripik", "kerupuk", "tempe", "tahu",
        "telur asin", "bumbu", "sambal", "bakso", "gorengan", "warung makan", "nasi", "kopi", "jajan",
    ),
    "memijat": ("pijat", "mijat", "refleksi", "massage", "bekam"),
    "tata rias dan rambut": ("salon", "rias", "pangkas", "potong rambut", "barber", "kecantikan"),
    "bengkel": ("bengkel", "otomotif", "sepeda motor", "tambal ban", "montir"),
    "las dan logam": ("las", "elas", "teralis", "logam"),
    "servis elektronik": ("elektronik", "servis hp", "komputer", "handphone"),
    "pertukangan kayu": ("mebel", "meubel", "kayu", "tukang"),
    "kerajinan": ("kerajinan", "anyam", "keset", "sapu", "souvenir", "handycraft", "handicraft", "sablon", "sepatu"),
    "bertani dan beternak": ("tani", "ternak", "kambing", "sapi", "ayam", "bebek", "lele", "sayur", "hidroponik"),
    "berdagang": ("dagang", "kelontong", "pracangan", "toko", "jual", "jualan", "pulsa"),
    "mencuci": ("laundry", "cuci", "penatu"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fit:
    """`is_fit` is None when too little is known to say."""

    is_fit: bool | None
    sentence: str

    @property
    def label(self) -> str:
        return {True: "Sesuai keterampilan", False: "Tidak sesuai keterampilan", None: "Belum dapat dinilai"}[
            self.is_fit
        ]

    @property
    def tone(self) -> str:
        return {True: "ok", False: "warn", None: "plain"}[self.is_fit]


def families_in(text: str) -> set[str]:
    """The skills that a few words name."""
    words = re.findall(r"[a-z]+", text.casefold())
    padded = f" {' '.join(words)} "
    stripped = {word.removeprefix(prefix) for word in words for prefix in PREFIXES}
    return {family for family, stems in FAMILIES.items() if any(_names(stem, padded, stripped) for stem in stems)}


def _names(stem: str, padded: str, stripped: set[str]) -> bool:
    if " " in stem:
        return f" {stem} " in padded
    return stem in stripped if len(stem) <= WHOLE else any(word.startswith(stem) for word in stripped)


def fit(*, trade: str, trainings: Iterable[str], experience: str) -> Fit:
    """Rule 1: a plan fits when training in a UPT, or else experience, names a skill of the same family as the trade."""
    learned = [training for training in trainings if training.strip()]
    needed = families_in(trade)
    if not trade.strip():
        return Fit(None, "Usahanya belum ditulis di rencana usaha.")
    for training in learned:
        if shared := sorted(needed & families_in(training)):
            return Fit(True, f"Sesuai keterampilan, karena dilatih di UPT: {training} ({shared[0]}).")
    if shared := sorted(needed & families_in(experience)):
        return Fit(True, f"Sesuai keterampilan, karena pengalamannya dalam {shared[0]}.")
    if not needed:
        return Fit(None, f"Usaha “{trade}” tidak dikenali aturan ini; nilai sendiri dari pelatihan dan pengalamannya.")
    if not learned and not experience.strip():
        return Fit(None, "Pelatihan di UPT dan pengalaman belum dicatat.")
    known = f"pelatihan di UPT {', '.join(learned)}" if learned else "pengalaman yang ditulis"
    return Fit(False, f"Tidak sesuai keterampilan, karena {known} bukan {sorted(needed)[0]}.")


def fit_of(application: Application) -> Fit | None:
    """The rule on an application's plan; None where the role may not read what it asks."""
    if application.person.is_masked:
        return None
    plan = BusinessPlan.objects.filter(application=application.pk).first()
    trainings = Stay.objects.filter(person=application.person_id).exclude(training="")
    return fit(
        trade=plan.trade if plan else "",
        trainings=trainings.values_list("training", flat=True),
        experience=plan.experience if plan else "",
    )


def fit_of_newest(person: Person, applications: list[Application]) -> Fit | None:
    """The rule on what a person was last proposed for; None without an application."""
    if not applications:
        return None
    applications[0].person = person
    return fit_of(applications[0])
