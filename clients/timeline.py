"""What the registry itself tells on a person's timeline: the way through the service."""

from collections.abc import Iterator

from django.db.models import F

from clients.consent_texts import Purpose
from clients.models import Category, Consent, ConsentWithdrawal, Decile, HouseholdFact, Person, PersonStep, Stay
from clients.pages import BY_NAME, Event
from ppks.kit import rupiah
from ppks.kit.contributions import contributor


@contributor("timeline")
def steps(person: Person, user) -> Iterator[Event]:
    for row in PersonStep.objects.visible_to(user).filter(person=person).annotate(by_name=BY_NAME):
        note = "" if "note" in row.get_deferred_fields() else row.note
        yield Event(on=row.effective_on, title=f"Menjadi {row.get_target_display().lower()}", text=note, by=row.by_name)


@contributor("timeline")
def stays(person: Person, user) -> Iterator[Event]:
    for stay in Stay.objects.visible_to(user).filter(person=person).select_related("institution"):
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
    for told in Decile.objects.visible_to(user).filter(person=person).select_related("source"):
        yield Event(
            on=told.as_of, title=f"Desil {told.decile} menurut {told.dataset}", text=f"Diimpor dari {told.source}"
        )


@contributor("timeline")
def consents(person: Person, user) -> Iterator[Event]:
    """Of one day the withdrawal first: newest first means that it came after."""
    rows = ConsentWithdrawal.objects.visible_to(user).filter(consent__person=person).annotate(by_name=BY_NAME)
    for row in rows.annotate(purpose=F("consent__purpose")):
        reason = "" if "reason" in row.get_deferred_fields() else row.reason
        purpose = Purpose(row.purpose).label.lower()
        yield Event(on=row.withdrawn_on, title=f"Persetujuan dicabut: {purpose}", text=reason, by=row.by_name)
    for row in Consent.objects.visible_to(user).filter(person=person).annotate(by_name=BY_NAME):
        witness = "" if row.is_masked or not row.witness else f"Saksi {row.witness}"
        shared = f"Boleh diperlihatkan: {', '.join(row.shared_labels).lower()}" if row.shared else ""
        said = ". ".join(filter(None, [row.get_way_display(), witness, shared]))
        yield Event(on=row.given_on, title=f"Setuju: {row.get_purpose_display().lower()}", text=said, by=row.by_name)


@contributor("timeline")
def households(person: Person, user) -> Iterator[Event]:
    for fact in HouseholdFact.objects.visible_to(user).filter(person=person).annotate(by_name=BY_NAME):
        earned = f"penghasilan lain {rupiah.format(fact.other_income)} sebulan"
        text = f"{fact.size} anggota, {earned}; bansos: {fact.aid_words}"
        yield Event(on=fact.as_of, title="Keterangan rumah tangga", text=text, by=fact.by_name)


@contributor("timeline")
def kinds_that_ended(person: Person, user) -> Iterator[Event]:
    ended = Category.objects.visible_to(user).filter(person=person, until_on__isnull=False)
    for category in ended.select_related("kind"):
        yield Event(on=category.until_on, title=f"Tidak lagi tercatat sebagai {category.kind}")
