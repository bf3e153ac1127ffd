"""A visit with everything it found, stored or not yet: what the form makes, the pages tell and the next visit compares with."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from monitoring.findings import VisitAid, VisitObstacle, VisitPermit, VisitPhoto
from monitoring.visits import Visit
from ppks.kit.prepared import prepared


@dataclass(slots=True)
class Found:
    visit: Visit
    obstacles: list[VisitObstacle] = field(default_factory=list)
    aids: list[VisitAid] = field(default_factory=list)
    permits: list[VisitPermit] = field(default_factory=list)

    def store(self) -> None:
        """Insert the visit and what hangs on it; needs an open door."""
        self.visit.save(force_insert=True)
        for rows in (self.obstacles, self.aids, self.permits):
            for row in rows:
                row.visit = self.visit
            if rows:
                type(rows[0]).objects.bulk_create(rows)


def found_on(visits: QuerySet | list[Visit], user: Any) -> list[Found]:
    """Each of these visits with its findings, in the same order, as far as the user may read them: three queries in all."""
    by_visit = {visit.pk: Found(visit) for visit in visits}
    for obstacle in _obstacles(user, tuple(by_visit)):
        by_visit[obstacle.visit_id].obstacles.append(obstacle)
    for aid in _aids(user, tuple(by_visit)):
        by_visit[aid.visit_id].aids.append(aid)
    for permit in _permits(user, tuple(by_visit)):
        by_visit[permit.visit_id].permits.append(permit)
    return list(by_visit.values())


@prepared
def _obstacles(user, visits):
    return VisitObstacle.objects.visible_to(user).filter(visit__in=visits).select_related("obstacle")


@prepared
def _aids(user, visits):
    return VisitAid.objects.visible_to(user).filter(visit__in=visits)


@prepared
def _permits(user, visits):
    return VisitPermit.objects.visible_to(user).filter(visit__in=visits)


def photos_of(visit: Visit, user: Any) -> list[VisitPhoto]:
    return list(VisitPhoto.objects.visible_to(user).filter(visit=visit))


def earlier(business: Any, user: Any, *, most: int, before: Visit | None = None) -> list[Found]:
    """The latest visits to a business that stand, newest first, with what they found; before a visit, if named."""
    visits = visits_to(user, business.pk)
    if before is not None:
        visits = [visit for visit in visits if (visit.visited_on, visit.pk) < (before.visited_on, before.pk)]
    return found_on(visits[:most], user)


@prepared
def visits_to(user, business):
    """The visits to a business that no later one replaced, newest first."""
    return Visit.objects.visible_to(user).filter(business=business, replaced_by=None).newest_first()
