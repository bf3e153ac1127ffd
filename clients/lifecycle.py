"""The stations of a person's way, and the moves between them."""

from django.db import models

from ppks.kit.workflow import Move, Workflow


class Status(models.TextChoices):
    NEW = "new", "Baru dicatat"
    CLIENT = "client", "Klien"
    FORMER_CLIENT = "former_client", "Eks klien"
    INDEPENDENT = "independent", "Mandiri"
    MOVED = "moved", "Pindah ke provinsi lain"
    DECEASED = "deceased", "Meninggal"
    LOST_CONTACT = "lost_contact", "Putus kontak"


GONE = frozenset({Status.MOVED, Status.DECEASED, Status.LOST_CONTACT})
PRESENT = frozenset({Status.CLIENT, Status.FORMER_CLIENT, Status.INDEPENDENT})
MAY = "clients.change_status"
BY_DECISION = "clients.graduate"  # no role has it: triggers make these moves when a graduation is decided or ends


def _came_from(status: Status):
    def guard(person) -> str | None:
        last = person.steps.order_by("-version").first()
        if last is not None and last.source == status:
            return None
        return f"Sebelumnya orang ini bukan {Status(status).label.lower()}."

    return guard


LIFECYCLE = Workflow(
    Move("admit", "Masuk UPT", frozenset({Status.NEW}), Status.CLIENT, MAY),
    Move("register_former", "Catat sebagai eks klien", frozenset({Status.NEW}), Status.FORMER_CLIENT, MAY),
    Move("discharge", "Selesai pelayanan", frozenset({Status.CLIENT}), Status.FORMER_CLIENT, MAY),
    Move("readmit", "Kembali ke UPT", frozenset({Status.FORMER_CLIENT}), Status.CLIENT, MAY, needs_note=True),
    Move("graduate", "Ditetapkan mandiri", frozenset({Status.FORMER_CLIENT}), Status.INDEPENDENT, BY_DECISION),
    Move(
        "relapse",
        "Kembali memerlukan pelayanan",
        frozenset({Status.INDEPENDENT}),
        Status.FORMER_CLIENT,
        BY_DECISION,
        needs_note=True,
    ),
    Move("move_away", "Pindah ke provinsi lain", PRESENT, Status.MOVED, MAY, needs_note=True),
    Move("die", "Meninggal", PRESENT, Status.DECEASED, MAY, needs_note=True),
    Move("lose_contact", "Putus kontak", PRESENT, Status.LOST_CONTACT, MAY, needs_note=True),
    Move(
        "return_as_client",
        "Batalkan: kembali menjadi klien",
        GONE,
        Status.CLIENT,
        MAY,
        guards=(_came_from(Status.CLIENT),),
        needs_note=True,
    ),
    Move(
        "return_as_former",
        "Batalkan: kembali menjadi eks klien",
        GONE,
        Status.FORMER_CLIENT,
        MAY,
        guards=(_came_from(Status.FORMER_CLIENT),),
        needs_note=True,
    ),
    Move(
        "return_as_independent",
        "Batalkan: kembali sebagai mandiri",
        GONE,
        Status.INDEPENDENT,
        MAY,
        guards=(_came_from(Status.INDEPENDENT),),
        needs_note=True,
    ),
    initial=Status.NEW,
)
