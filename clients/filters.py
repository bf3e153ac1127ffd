"""The filters that the list of people brings itself; other apps contribute theirs."""

from clients.lifecycle import Status
from ppks.kit.contributions import contribute
from ppks.kit.listing import Filter
from ppks.regions.models import Region

REGION = Filter(
    "kab",
    "Kab/kota",
    lambda user: [(region.code, str(region)) for region in Region.objects.visible_to(user)],
    lambda people, code, day: people.filter(region__code=code),
)
STATUS = Filter(
    "tahap", "Tahap", lambda user: Status.choices, lambda people, code, day: people.filter(status=code), in_form=False
)
NIK = Filter(
    "nik", "NIK", lambda user: [("tanpa", "belum ada")], lambda people, code, day: people.without_nik(), in_form=False
)

contribute("person_filter", REGION, STATUS, NIK)
