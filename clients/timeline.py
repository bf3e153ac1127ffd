"""What the registry itself tells on a person's timeline: the way through the service."""

from collections.abc import Iterator

from django.db.models import F

from clients.consent_texts import Purpose
from clients.models import ConsentWithdrawal, Person, PersonStep, Stay
from clients.pages import BY_NAME, Event, about_person, consents_of, deciles_of, households_of, kinds_of
from ppks.kit import rupiah
from ppks.kit.contributions import contributor
from ppks.kit.prepared import prepared


@about_person
def _steps(user, person):
    return PersonStep.objects.visible_to(user).filter(person=person).annotate(by_name=BY_NAME)


@contributor("timeline")
def steps(person: Person, user) -> Iterator[Event]:
    for row in _steps(person, user):
        note = "" if "note" in row.get_deferred_fields() else row.note
        yield Event(on=row.effective_on, title=f"Menjadi {row.get_target_display().lower()}", text=note, by=row.by_name)


@about_person
def _stays(user, person):
    return Stay.objects.visible_to(user).filter(person=person).select_related("institution")


@contributor("timeline")
def stays(person: Person, user) -> Iterator[Event]:
    for stay in _stays(person, user):
        where = str(stay.institution or stay.institution_as_written)
        if stay.admitted_on:
            yield Event(on=stay.admitted_on, title=f"Masuk {where}")
        if stay.left_on:
            year_only = (
                f"Tahun {stay.left_on.year}; tanggal persisnya tidak dicatat."
                if stay.left_precision == Stay.Precision.YEAR
                else ""
            )
            yield Event(on=stay.left_on, title=f"Keluar dari {where}", text=year_only or stay.training)


@contributor("timeline")
def deciles(person: Person, user) -> Iterator[Event]:
    for told in deciles_of(person, user):
        yield Event(
            on=told.as_of, title=f"Desil {told.decile} menurut {told.dataset}", text=f"Diimpor dari {told.source}"
        )


@prepared
def _withdrawals(user, consents):
    rows = ConsentWithdrawal.objects.visible_to(user).filter(consent__in=consents)
    return rows.annotate(by_name=BY_NAME, purpose=F("consent__purpose"))


@contributor("timeline")
def consents(person: Person, user) -> Iterator[Event]:
    """Of one day the withdrawal first: newest first means that it came after."""
    given = consents_of(person, user)
    for row in _withdrawals(user, tuple(one.pk for one in given)):
        reason = "" if "reason" in row.get_deferred_fields() else row.reason
        purpose = Purpose(row.purpose).label.lower()
        yield Event(on=row.withdrawn_on, title=f"Persetujuan dicabut: {purpose}", text=reason, by=row.by_name)
    for row in given:
        witness = "" if row.is_masked or not row.witness else f"Saksi {row.witness}"
        shared = f"Boleh diperlihatkan: {', '.join(row.shared_labels).lower()}" if row.shared else ""
        said = ". ".join(filter(None, [row.get_way_display(), witness, shared]))
        yield Event(on=row.given_on, title=f"Setuju: {row.get_purpose_display().lower()}", text=said, by=row.by_name)


@contributor("timeline")
def households(person: Person, user) -> Iterator[Event]:
    for fact in households_of(person, user):
        earned = f"penghasilan lain {rupiah.format(fact.other_income)} sebulan"
        text = f"{fact.size} anggota, {earned}; bansos: {fact.aid_words}"
        yield Event(on=fact.as_of, title="Keterangan rumah tangga", text=text, by=fact.by_name)


@contributor("timeline")
def kinds_that_ended(person: Person, user) -> Iterator[Event]:
    for category in kinds_of(person, user):
        if category.until_on is not None:
            yield Event(on=category.until_on, title=f"Tidak lagi tercatat sebagai {category.kind}")
