"""What recipients learned in their UPT, which the list does not tell: mostly what they do now, sometimes something else.

Needs a connection as the owner: stays are only added to.
"""

import random

from clients.models import Stay
from grants.applications.skills import families_in
from monitoring.models import Business

TAUGHT = {  # by family of skills
    "menjahit": "Menjahit tingkat dasar",
    "memasak dan mengolah makanan": "Tata boga",
    "memijat": "Pijat refleksi",
    "tata rias dan rambut": "Tata rias dan pangkas rambut",
    "bengkel": "Otomotif sepeda motor",
    "kerajinan": "Kerajinan tangan",
    "servis elektronik": "Elektronik dasar",
}
OWN, OTHER = 55, 25  # percent: taught what they do now, taught something else; the rest is not known


def make_training(*, seed: int) -> int:
    """Returns how many stays got a training."""
    chance, made = random.Random(seed), 0
    trades = {business.person_id: str(business) for business in Business.objects.select_related("trade")}
    stays = []
    for stay in Stay.objects.filter(person__in=trades, training="").order_by("pk"):
        drawn = chance.randrange(100)
        known = sorted(families_in(trades[stay.person_id]) & TAUGHT.keys())
        others = sorted(TAUGHT.keys() - set(known))
        if known and drawn < OWN:
            stay.training = TAUGHT[known[0]]
        elif drawn < OWN + OTHER:
            stay.training = TAUGHT[chance.choice(others)]
        else:
            continue
        stays.append(stay)
        made += 1
    Stay.objects.bulk_update(stays, ["training"], batch_size=500)
    return made
