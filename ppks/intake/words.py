"""What a list may name, read from the reference tables."""

from clients.reference import DisabilityKind, PpksKind, PpksSynonym
from monitoring.reference import Trade
from ppks.intake.vocabulary import Places, Region, Vocabulary
from ppks.regions import models


def vocabulary() -> Vocabulary:
    """Everything current in the reference tables: seven queries, for one import."""
    regions = {r.code: Region(r.code, r.kind, r.name) for r in models.Region.objects.current()}
    districts = models.District.objects.current().values_list("code", "region__code", "name")
    villages = models.Village.objects.current().values_list("code", "district__code", "name")
    synonyms = PpksSynonym.objects.current().values_list("code", "kind_codes", "disability_code")
    return Vocabulary(
        places=Places(
            regions=regions,
            districts={code: (region, name) for code, region, name in districts},
            villages={code: (district, name) for code, district, name in villages},
        ),
        ppks_kinds=dict(PpksKind.objects.current().values_list("code", "name")),
        ppks_synonyms={text: (tuple(kinds.split(";")), disability or None) for text, kinds, disability in synonyms},
        disabilities=dict(DisabilityKind.objects.current().values_list("code", "name")),
        institutions={i.pk: (i.code, i.name) for i in models.Institution.objects.current()},
        trades=dict(Trade.objects.current().values_list("code", "name")),
    )
