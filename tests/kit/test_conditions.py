"""A condition asked through a relation keeps its shape."""

from django.db.models import Q

from ppks.kit.conditions import through


def test_every_part_of_a_condition_is_asked_of_the_row_behind_the_path():
    condition = ~Q(category="closed") & (Q(valid_until=None) | Q(valid_until__lt="2026-01-01"))

    assert through("business", condition) == ~Q(business__category="closed") & (
        Q(business__valid_until=None) | Q(business__valid_until__lt="2026-01-01")
    )
