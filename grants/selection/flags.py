"""Signs that somebody may be helped twice; each must be set aside by a named person before verification."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flag:
    """`key` stays the same as long as the same two things meet."""

    key: str
    sentence: str


def flags_of(application) -> list[Flag]:
    """Everything that speaks for double aid today."""
    from grants.applications.models import Application

    person = application.person
    same_card = Application.objects.alive().filter(year=application.year).exclude(identity=application.identity)
    if not person.kk_index:
        return []
    found = same_card.filter(person__kk_index=person.kk_index)
    return [
        Flag(f"kk:{other}", "Anggota lain dalam KK yang sama juga diusulkan atau menerima tahun ini.")
        for other in found.values_list("pk", flat=True)
    ]


def open_flags(application) -> list[Flag]:
    """Those that nobody has set aside in this cycle."""
    settled = set(application.resolutions.filter(cycle=application.cycle).values_list("key", flat=True))
    return [flag for flag in flags_of(application) if flag.key not in settled]
