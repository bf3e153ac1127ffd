"""What grants add to a person's page and to the list of people."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet

from clients.models import Person
from clients.pages import Event, Tab, about_person
from grants.applications.told import of_person as applications_of
from grants.models import FIRST_LIST_YEAR, OtherAid, PastGrant
from ppks.kit import rupiah
from ppks.kit.contributions import contribute, contributor
from ppks.kit.listing import Filter


@about_person
def _of_person(user, person):
    return PastGrant.objects.visible_to(user).filter(person=person).select_related("source")


@about_person
def _aid_of_person(user, person):
    return OtherAid.objects.visible_to(user).filter(person=person).select_related("source")


class _IsAmong(Func):
    """Whether a key is one of an array, which PostgreSQL reads first: these few, and not everybody of a kab/kota."""

    arity = 2
    template = "%(expressions)s)"
    arg_joiner = " = any ("
    output_field = BooleanField()


def _on_list(people: QuerySet, code: str, day: date) -> QuerySet:
    listed = PastGrant.objects.on_list_of(int(code)).filter(list_date__lte=day).order_by().values("person")
    return people.filter(_IsAmong(F("pk"), ArraySubquery(listed)))


LIST_YEAR = Filter(
    "daftar",
    "Penerima menurut daftar",
    lambda user: [(str(FIRST_LIST_YEAR), f"s.d. {FIRST_LIST_YEAR}")],
    _on_list,
    in_form=False,
)
contribute("person_filter", LIST_YEAR)
contribute(
    "person_tab",
    Tab(
        "Hibah",
        "person_grants",
        "clients.view_person",
        30,
        lambda person, user: len(_of_person(person, user)) + len(applications_of(person, user)),
    ),
)


@contributor("timeline")
def past_grants(person: Person, user: Any) -> Iterator[Event]:
    for grant in _of_person(person, user):
        year = f"tahun {grant.year}" if grant.year else "tahun tidak tercatat"
        what = ", ".join(
            filter(None, [grant.get_form_display().lower(), rupiah.format(grant.amount) if grant.amount else ""])
        )
        yield Event(
            on=grant.list_date,
            title=f"Tercatat sebagai penerima bantuan {year}",
            text=". ".join(filter(None, [what.capitalize(), f"Diimpor dari {grant.source}, sel {grant.cell}"])),
        )


@contributor("timeline")
def other_aid(person: Person, user: Any) -> Iterator[Event]:
    for aid in _aid_of_person(person, user):
        when = "" if aid.given_on else f"tahun {aid.year}" if aid.year else "tahun tidak tercatat"
        amount = rupiah.format(aid.amount) if aid.amount else ""
        yield Event(
            on=aid.given_on or aid.source.list_date,
            title=f"Menerima {aid.programme}",
            text=". ".join(
                filter(None, [", ".join(filter(None, [when, amount, aid.giver])), f"Diimpor dari {aid.source}"])
            ),
        )
