"""A version of the rules as sentences."""

from collections.abc import Iterator

from grants.programmes.models import RuleSet


def rules_in_words(rule_set: RuleSet) -> list[str]:
    """What it asks, one sentence each; what it does not ask is left out."""
    return list(_sentences(rule_set))


def _sentences(rule_set: RuleSet) -> Iterator[str]:
    yield "Eks klien, dan setuju untuk diusulkan."
    if rule_set.youngest is not None:
        yield f"Paling muda {rule_set.youngest} tahun."
    if rule_set.oldest is not None:
        yield f"Paling tua {rule_set.oldest} tahun."
    if rule_set.highest_decile is not None:
        yield f"Paling tinggi desil {rule_set.highest_decile}."
    if rule_set.months_at_home:
        yield f"Sudah {rule_set.months_at_home} bulan keluar dari UPT."
    if rule_set.kinds:
        yield f"Jenis PPKS: {', '.join(rule_set.kinds)}."
    if rule_set.needs_business:
        yield "Usahanya sudah ada."
    if rule_set.excludes_civil_servants:
        yield "Bukan ASN, anggota TNI, atau Polri."
    if rule_set.excluded_trades:
        yield f"Bidang usaha bukan {', '.join(rule_set.excluded_trades)}."
    yield "Tidak ada SPJ hibah sebelumnya yang lewat waktu."
