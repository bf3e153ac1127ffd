"""Whom an application's way concerns next, told in the inbox: by number, never by name."""

from grants.applications.models import Application, CoverLetter
from ppks.inbox.sending import Everybody, notify

TOLD = {  # moves that the kab/kota hears of
    "return": "dikembalikan untuk diperbaiki. Alasannya ada di riwayatnya.",
    "reject": "dinyatakan tidak memenuhi syarat. Alasannya ada di riwayatnya.",
    "cancel": "dibatalkan. Alasannya ada di riwayatnya.",
}


def tell_the_region(application: Application, move: str) -> None:
    """The officers and the head of the kab/kota hear what the province did, once a step."""
    if move in TOLD:
        notify(
            key=f"usulan:{application.pk}:{application.version}",
            to=[Everybody(role, application.region_id) for role in ("officer", "regional_head")],
            text=f"{application} {TOLD[move]}",
            url="application_detail",
            args=[application.pk],
        )


def tell_the_verifiers(letter: CoverLetter, applications: list[Application]) -> None:
    """Verifiers hear of what was sent with one letter."""
    first = applications[0]
    notify(
        key=f"surat-pengantar:{letter.pk}:{first.pk}:{first.version}",
        to=Everybody("verifier"),
        text=f"{len(applications)} usulan dari {first.region} menunggu verifikasi, dengan surat {letter.number}.",
        url="application_list",
    )
