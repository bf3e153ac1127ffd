"""The annex of a decree as a paper: who receives how much, by name and address."""

from dataclasses import dataclass
from typing import Any

from clients.models import Person
from grants.decrees.models import Decree, DecreeLine
from ppks.documents import papers
from ppks.documents.models import Attachment, Paper
from ppks.kit import dates

FILES = "documents.view"
HEAD = "Kepala Dinas Sosial Provinsi Jawa Timur"


@dataclass(frozen=True, slots=True)
class Files:
    """Which files of a decree are within somebody's reach: they name people of every kab/kota, so they are the province's."""

    annex: bool
    scan: bool


def files_of(decree: Decree, user: Any) -> Files | None:
    """None for who may not look into files at all."""
    if not user.has_perm(FILES):
        return None
    return Files(
        annex=Paper.objects.visible_to(user).filter(pk=decree.annex_id).exists(),
        scan=Attachment.objects.visible_to(user).filter(pk=decree.scan_id).exists(),
    )


def annex_data(decree: Decree, user: Any) -> tuple[dict[str, Any], list[int]]:
    """What the paper says, and the identities of everybody in it. Lines that take a grant away have no amount in it."""
    lines = list(
        DecreeLine.objects.visible_to(user)
        .filter(decree=decree)
        .select_related("application__region")
        .order_by("application__region__code", "application")
    )
    people = (
        Person.objects.visible_to(user).select_related("district", "village").in_bulk({one.person_id for one in lines})
    )
    data = {
        "day": decree.signed_on or dates.today(),
        "decree_number": decree.number or "(belum bernomor)",
        "decree_day": decree.signed_on or dates.today(),
        "about": decree.subject,
        "lines": [
            {
                "name": people[one.person_id].shown_name,
                "address": address(people[one.person_id]),
                "region": str(one.application.region),
                "amount": one.amount,
            }
            for one in lines
        ],
        "signers": [{"role": HEAD}],
    }
    return data, sorted({one.identity_id for one in people.values()})


def address(person: Person) -> str:
    """Street, village and district, as far as they are known."""
    parts = (person.address, person.village and str(person.village), person.district and f"Kec. {person.district}")
    return ", ".join(part for part in parts if part) or "–"


def preview(decree: Decree, user: Any) -> tuple[bytes, list[int]]:
    """The annex as PDF, marked as a preview, for signing on paper."""
    data, subjects = annex_data(decree, user)
    return papers.render("decree_annex", data, number=decree.number), subjects
