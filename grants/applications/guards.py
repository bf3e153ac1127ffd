"""What must hold before an application takes a step; each answers with sentences, or None when it holds."""

from collections.abc import Callable
from typing import Any

from grants.applications.statuses import Link
from ppks.kit import dates
from ppks.kit.contributions import contributed

AGAINST = (  # what a visit may have found, in the order of its questions
    "Menurut kunjungan, orangnya tidak sesuai dengan datanya.",
    "Menurut kunjungan, usahanya tidak ada.",
    "Menurut kunjungan, orang ini belum mampu memakai bantuannya.",
)
SCORERS = 2  # different persons, each with a score for every criterion


def is_ready_to_submit(application) -> list[str]:
    from grants.applications.completeness import lacks  # it reads rupiah and statuses; the models import this module

    said = [lack.sentence for lack in lacks(application)]
    if not application.call.is_open():
        said.append(f"{application.call} sudah ditutup {dates.long(application.call.closes_on)}.")
    return said


def is_eligible_today(application) -> list[str]:
    from grants.applications.facts import why_not_eligible  # asks models, which import the workflow

    return why_not_eligible(application, dates.today())


def is_verified_with_visit(application) -> list[str]:
    from grants.applications.documents import Stage, missing_documents
    from grants.selection.flags import open_flags

    visits = application.verifications.filter(cycle=application.cycle)
    found = visits.values_list("is_same_person", "has_business", "can_use_it").first()
    said = [] if found else ["Belum ada hasil kunjungan verifikasi. Catat dulu kunjungannya."]
    said += [sentence for holds, sentence in zip(found or (), AGAINST, strict=False) if not holds]
    said += [f"{kind} belum diunggah." for kind in missing_documents(application, Stage.VERIFICATION)]
    said += [f"Tanda ganda belum diselesaikan: {flag.sentence}" for flag in open_flags(application)]
    return said


def has_two_scorers(application) -> str | None:
    from grants.selection.scoring import scorers

    number = len(scorers(application))
    return None if number >= SCORERS else f"Baru {number} dari {SCORERS} penilai yang selesai menilai."


def is_next_in_rank(application) -> list[str]:
    from grants.selection.ranking import why_not_next

    return why_not_next(application)


def is_ready_to_close(application) -> list[str]:
    said = [sentence for ask in contributed("application_close") if (sentence := ask(application))]
    if application.balance.open:
        said.append("Masih ada uang yang belum dipertanggungjawabkan.")
    return said


def has_payment_papers(application) -> list[str]:
    from grants.applications.documents import Stage, missing_documents

    return [f"{kind} belum diunggah." for kind in missing_documents(application, Stage.PAYMENT)]


def commits_nothing(application) -> str | None:
    if application.balance.committed:
        return "Sesudah ditetapkan SK, hibah hanya dibatalkan dengan SK perubahan."
    return None


def took_no_other_stage(link: Link) -> Callable[[Any, Any], str | None]:
    """The guard of one stage of the chain: who took another one may not take this."""

    def guard(application, by) -> str | None:
        return of_many([application], by).get(application.pk)

    def of_many(applications, by) -> dict[int, str]:
        from grants.applications.models import ChainLink  # which imports the workflow

        taken = ChainLink.objects.filter(application__in=applications, actor=by.pk).exclude(link=link)
        return {
            one.application_id: f"Anda sudah {one.get_link_display()} pada usulan ini; "
            "tahap ini harus dipegang orang lain."
            for one in taken
        }

    guard.of_many = of_many
    return guard
