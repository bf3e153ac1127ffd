"""An officer's own word against the rule's: with a reason, counted, and over with the next visit."""

from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from monitoring.assessing import CURRENT_RULE, assessment, observations_of
from monitoring.holding import hold
from monitoring.models import Assessment, Business, Override
from monitoring.progress import Category
from ppks.kit.listing import Filter
from ppks.kit.prepared import prepared


def override(business: Business, *, category: str, reason: str, by: Any, on: date) -> Override:
    """From `on` the business counts as `category`, until it is visited; at most as long as a visit would hold."""
    hold(business)
    told = assessment(business, observations_of(business), on)
    made = Override.objects.create(
        business=business, computed=told.category, category=category, reason=reason.strip(), by=by
    )
    told.reasons = [f"Ditetapkan petugas; menurut hitungan {Category(told.category).label.lower()}.", *told.reasons]
    told.category, told.override = category, made
    told.valid_until = on + timedelta(days=CURRENT_RULE.valid_days)
    told.save()
    return made


def in_force(business: Business, user: Any, day: date) -> Override | None:
    """After `as_of(day)`: the override that the business's state comes from."""
    last = next(iter(_last_override(user, business.pk, day)), None)
    if last is None:
        return None
    found = Override.objects.visible_to(user).filter(pk=last).first()
    return found if found and found.category == business.state else None


@prepared
def _last_override(user, business, day):
    """The key of the override that the last assessment until that day stands on, if any."""
    until = Assessment.objects.visible_to(user).filter(business=business, on__lte=day)
    return until.order_by("-on", "-pk").values_list("override", flat=True)[:1]


def overridden(businesses: QuerySet, day: date) -> QuerySet:
    """Those whose category on `day` is an officer's own word."""
    then = Assessment.objects.filter(business=OuterRef("pk"), on__lte=day).order_by("-on", "-pk")
    ever = businesses.filter(pk__in=Override.objects.values("business"))
    return ever.alias(told_override=Subquery(then.values("override")[:1])).filter(told_override__isnull=False)


OVERRIDDEN = Filter(
    "penetapan",
    "Keadaan",
    lambda user: [("petugas", "ditetapkan petugas")],
    lambda businesses, code, day: overridden(businesses, day),
    in_form=False,
)
