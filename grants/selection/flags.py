"""Signs that somebody may be helped twice; each must be set aside by a named person before verification."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from clients.names import key as name_key
from grants.applications.models import Application
from grants.models import OtherAid, PastGrant
from grants.selection.models import FlagResolution
from ppks.kit import dates

RECENT_DAYS = 365  # in which aid of another programme is asked about


@dataclass(frozen=True, slots=True)
class Flag:
    """`key` stays the same as long as the same two things meet."""

    key: str
    sentence: str


def flags_of(application) -> list[Flag]:
    """Everything that speaks for double aid today; the same person twice in one year is not a flag but refused."""
    return [*_same_card(application), *_same_address(application), *_earlier(application), *_of_others(application)]


def open_flags(application) -> list[Flag]:
    """Those that nobody has set aside in this cycle."""
    resolved = FlagResolution.objects.filter(application=application.pk, cycle=application.cycle)
    settled = set(resolved.values_list("key", flat=True))
    return [flag for flag in flags_of(application) if flag.key not in settled]


def _others_this_year(application):
    return Application.objects.alive().filter(year=application.year).exclude(identity=application.identity_id)


def _same_card(application) -> Iterator[Flag]:
    """The same family card: one household twice."""
    if card := application.person.kk_index:
        for other in _others_this_year(application).filter(person__kk_index=card):
            yield Flag(f"kk:{other.pk}", f"Anggota lain dalam KK yang sama juga diusulkan tahun ini ({other}).")


def _same_address(application) -> Iterator[Flag]:
    """The same name at the same address: perhaps one person recorded twice."""
    person, address = application.person, name_key(application.person.address)
    if not address:
        return
    for other in _others_this_year(application).filter(person__name_key=person.name_key).select_related("person"):
        if name_key(other.person.address) == address:
            yield Flag(f"alamat:{other.pk}", f"Nama dan alamat yang sama juga diusulkan tahun ini ({other}).")


def _earlier(application) -> Iterator[Flag]:
    """An earlier grant for the same person, by list or through this system."""
    identity = application.identity_id
    for grant in PastGrant.objects.filter(person__identity=identity):
        year = grant.year or "tahun tidak tercatat"
        yield Flag(f"daftar:{grant.pk}", f"Sudah tercatat sebagai penerima bantuan menurut daftar ({year}).")
    earlier = Application.objects.alive().filter(identity=identity, year__lt=application.year)
    for other in earlier.filter(balance__disbursed__gt=0):
        yield Flag(f"hibah:{other.pk}", f"Sudah menerima hibah tahun {other.year} ({other}).")


def _of_others(application) -> Iterator[Flag]:
    """Aid of other programmes within a year."""
    since = dates.today() - timedelta(days=RECENT_DAYS)
    for aid in OtherAid.objects.filter(person__identity=application.identity_id):
        if (aid.given_on and aid.given_on >= since) or (aid.given_on is None and (aid.year or 0) >= since.year):
            yield Flag(
                f"bantuan:{aid.pk}", f"Menerima {aid.programme} {aid.given_on or aid.year}.".replace(" None", "")
            )
