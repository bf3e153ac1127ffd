"""Rows for tests, written as the owner of the tables; statuses change only by moves, as everywhere else."""

from datetime import date, timedelta
from typing import Any

import factory
from django.db.models import Model, QuerySet
from factory.django import DjangoModelFactory

from clients.consent_texts import Purpose, Shared
from clients.consents import Way
from clients.lifecycle import LIFECYCLE
from clients.models import Consent, Person, Stay
from grants.models import PastGrant
from monitoring.assessing import assess_from
from monitoring.models import Assessment, Business, ListedFigure, Visit
from ppks.accounts.models import User
from ppks.audit.models import Source
from ppks.documents.files import sha256
from ppks.documents.models import Attachment, Paper
from ppks.kit import dates
from ppks.kit.prepared import NOBODY, Reader, prepared
from ppks.kit.sealed import Sealed
from ppks.regions.models import Institution
from tests.office import door
from tests.people import BOJONEGORO, OWN_UPT

LIST_DATE = date(2020, 8, 26)


class AsStored(DjangoModelFactory):
    """What the factory answers is read back, so that it holds what triggers wrote."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = super()._create(model_class, *args, **kwargs)
        return stored(row)


def stored(row: Any) -> Any:
    """The row as it is in its table now."""
    return _stored(NOBODY, type(row), row.pk)[0]


@prepared
def _stored(nobody: Reader, model: type[Model], key: int) -> QuerySet:
    return model.objects.filter(pk=key)


class SourceFactory(AsStored):
    class Meta:
        model = Source

    name = "penerima-2020.xlsx"
    sha256 = "0" * 64
    list_date = LIST_DATE
    by = factory.LazyFunction(User.objects.system)


class PersonFactory(AsStored):
    """Somebody of Bojonegoro, unless `region_id` says otherwise; `nik` and `kk` are given as plain digits."""

    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Orang Ke{n:04d}")
    region_id = BOJONEGORO
    sex = Person.Sex.FEMALE

    @classmethod
    def _create(cls, model_class, *args, nik=None, kk=None, **kwargs):
        if nik:
            kwargs |= {"nik": Sealed(nik), "nik_status": Person.NikStatus.PRESENT}
        if kk:
            kwargs |= {"kk": Sealed(kk)}
        return super()._create(model_class, *args, **kwargs)


class StayFactory(AsStored):
    class Meta:
        model = Stay

    person = factory.SubFactory(PersonFactory)
    institution = factory.LazyFunction(lambda: Institution.objects.get(code=OWN_UPT))
    admitted_on = factory.LazyFunction(lambda: dates.today() - timedelta(days=300))


class ConsentFactory(AsStored):
    """To share all kinds of data with partner offices, given in writing today, unless told otherwise."""

    class Meta:
        model = Consent

    person = factory.SubFactory(PersonFactory)
    purpose = Purpose.SHARE
    text_version = 1
    shared = factory.LazyAttribute(lambda made: [*Shared.values] if made.purpose == Purpose.SHARE else [])
    way = Way.WRITTEN
    given_on = factory.LazyFunction(dates.today)
    by = factory.LazyFunction(User.objects.system)


class PastGrantFactory(AsStored):
    class Meta:
        model = PastGrant

    person = factory.SubFactory(PersonFactory)
    source = factory.SubFactory(SourceFactory)
    year = 2009
    form = PastGrant.Form.GOODS
    cell = "BOJONEGORO!B7"
    list_date = LIST_DATE


class BusinessFactory(AsStored):
    class Meta:
        model = Business

    person = factory.SubFactory(PersonFactory)
    trade_as_written = "Penjahit"


class ListedFigureFactory(AsStored):
    class Meta:
        model = ListedFigure

    business = factory.SubFactory(BusinessFactory)
    source = factory.SubFactory(SourceFactory)
    observed_on = LIST_DATE
    turnover = 1_000_000
    cell = "BOJONEGORO!H7"


class VisitFactory(AsStored):
    """A visit of today to a business that runs, recorded by the system user unless `by` says otherwise."""

    class Meta:
        model = Visit

    business = factory.SubFactory(BusinessFactory)
    visited_on = factory.LazyFunction(dates.today)
    met = Visit.Met.OWNER
    operating = True
    turnover = 1_500_000
    by = factory.LazyFunction(User.objects.system)


class AttachmentFactory(AsStored):
    """A photo of Bojonegoro's, which no picture viewer would open."""

    class Meta:
        model = Attachment

    class Params:
        content = b"a picture"

    file = factory.LazyAttribute(lambda made: Attachment.FILES.write(made.content))
    name = "nota.jpg"
    media_type = Attachment.MediaType.JPEG
    size = factory.LazyAttribute(lambda made: len(made.content))
    sha256 = factory.LazyAttribute(lambda made: sha256(made.content))
    region_id = BOJONEGORO
    by = factory.LazyFunction(User.objects.system)


class PaperFactory(AsStored):
    """A receipt of Bojonegoro's, which no reader would open."""

    class Meta:
        model = Paper

    class Params:
        content = b"a paper"

    kind = "receipt"
    day = LIST_DATE
    office = "Dinas Sosial Kabupaten Bojonegoro"
    file = factory.LazyAttribute(lambda made: Paper.FILES.write(made.content))
    size = factory.LazyAttribute(lambda made: len(made.content))
    sha256 = factory.LazyAttribute(lambda made: sha256(made.content))
    region_id = BOJONEGORO
    by = factory.LazyFunction(User.objects.system)


class AssessmentFactory(AsStored):
    class Meta:
        model = Assessment

    business = factory.SubFactory(BusinessFactory)
    on = factory.LazyFunction(dates.today)
    category = Business._meta.get_field("category").default
    trend = ""
    reasons = ["Belum ada angka."]
    rule = 1


def moved(person: Person, *names: str, by: User | None = None, note: str = "Menurut surat keterangan.") -> Person:
    """The person after these moves, made one after the other behind a door."""
    by = by or User.objects.system()
    with door(by, write=True):
        for name in names:
            LIFECYCLE.make(name, person, by=by, note=note)
    return stored(person)


def visited(business: Business, *turnovers: int | None, until: date | None = None, **fields: Any) -> Business:
    """The business after visits every 40 days, the last one `until` (today), assessed after each; None found it shut."""
    first = (until or dates.today()) - timedelta(days=40 * (len(turnovers) - 1))
    for number, turnover in enumerate(turnovers):
        day = first + timedelta(days=40 * number)
        shut = turnover is None
        VisitFactory(business=business, visited_on=day, turnover=turnover, operating=not shut, **fields)
    assess_from(business, first)
    return Business.objects.as_of(dates.today()).get(pk=business.pk)
