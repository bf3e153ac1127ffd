"""What the clock says of referrals: that one was silent too long. Lists know it without the clock."""

from datetime import date

from monitoring.referrals.models import Referral
from monitoring.referrals.moves import SILENT_AFTER
from ppks.inbox.sending import Everybody, notify
from ppks.kit.contributions import contribute
from ppks.kit.periodic import Work


def escalate(day: date) -> str:
    """To who sent it and to the head of that kab/kota, once a referral however often the clock comes."""
    sent = 0
    for referral in Referral.objects.as_of(day).late(day).select_related("office"):
        sent += notify(
            key=f"referral:{referral.pk}:silent",
            to=[referral.by, Everybody("regional_head", referral.region_id)],
            text=f"{referral} ke {referral.office} sudah {SILENT_AFTER} hari atau lebih tidak dijawab.",
            url="referral_detail",
            args=[referral.pk],
        )
    return f"{sent} pengingat tentang rujukan yang lama tidak dijawab."


contribute("tick", Work("rujukan", escalate))
