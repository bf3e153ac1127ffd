"""A visit on its way: the form with what is known, its draft and its photos, and the moment it is stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from clients.care import why_not_home
from clients.lifecycle import Status
from clients.models import Person, Stay
from monitoring import photos
from monitoring.assessing import assess_from
from monitoring.forms import VisitForm
from monitoring.found import earlier, found_on, photos_of
from monitoring.holding import hold
from monitoring.models import Business, Draft, Upload, Visit, VisitPhoto
from ppks.kit.sealed import Sealed

LOOKED_BACK = 5  # visits whose aid items are asked about again


class Outcome(Enum):
    STORED = auto()
    ALREADY = auto()  # the same form came twice
    REPLACED = auto()  # somebody else corrected the same visit first


@dataclass(slots=True)
class Desk:
    """One person's form for one business; with `replaces`, the correction of that visit. Needs an open door."""

    user: Any
    business: Business
    person: Person
    replaces: Visit | None = None

    def form(self, typed: Mapping | None = None, files: Mapping | None = None) -> VisitForm:
        before = earlier(self.business, self.user, most=LOOKED_BACK, before=self.replaces)
        corrected = found_on([self.replaces], self.user)[0] if self.replaces else None
        stays = list(Stay.objects.visible_to(self.user).filter(person=self.person).select_related("institution"))
        form = VisitForm(
            typed,
            files,
            business=self.business,
            earlier=before,
            corrected=corrected,
            why_not=lambda day: why_not_home(stays, day, is_client=self.person.status == Status.CLIENT),
        )
        form.hold(self._held(typed.get("key") if typed else None))
        return form

    def _held(self, key: Any) -> list[VisitPhoto | Upload]:
        """Photos of the visit that is corrected, and those sent with this form before."""
        carried = photos_of(self.replaces, self.user) if self.replaces else []
        return [*carried, *self._uploads(key)]

    def _uploads(self, key: Any):
        try:
            return Upload.objects.visible_to(self.user).filter(business=self.business, key=UUID(str(key)))
        except ValueError:
            return Upload.objects.none()

    def take_photos(self, form: VisitForm) -> None:
        """Keep the photos that came with the form, whatever else is wrong with it: a browser does not send them again."""
        key, pictures = form.cleaned_data.get("key"), form.cleaned_data.get("photos", [])
        if key and pictures:
            Upload.objects.bulk_create(
                Upload(
                    user=self.user,
                    business=self.business,
                    key=key,
                    name=photos.FILES.write(picture.content),
                    width=picture.width,
                    height=picture.height,
                )
                for picture in pictures
            )
            form.hold(self._held(key))

    def draft(self) -> Draft | None:
        return Draft.objects.visible_to(self.user).filter(business=self.business, replaces=self.replaces).first()

    def save_draft(self, typed: dict[str, list[str]]) -> None:
        Draft.objects.update_or_create(
            user=self.user,
            business=self.business,
            replaces=self.replaces,
            defaults={"typed": Sealed(json.dumps(typed)), "saved_at": timezone.now()},
        )

    def restored(self, typed: dict[str, list[str]]) -> VisitForm:
        """The form as somebody left it, without complaints."""
        return self.form(MultiValueDict(typed)).quietly()

    def discard(self, key: Any) -> None:
        Draft.objects.visible_to(self.user).filter(business=self.business, replaces=self.replaces).delete()
        self._uploads(key).delete()

    def store(self, form: VisitForm) -> Outcome:
        """Store a valid form and assess anew. Visits to one business are stored one after the other."""
        hold(self.business)
        found = form.found(self.user)
        found.visit.replaces = self.replaces
        try:
            with transaction.atomic():
                found.store()
        except IntegrityError as error:
            return self._why_not(error, found.visit)
        self._attach(form, found.visit)
        self.discard(found.visit.key)
        replaced = [self.replaces.visited_on] if self.replaces else []
        assess_from(self.business, found.visit.visited_on, *replaced)
        return Outcome.STORED

    @staticmethod
    def _why_not(error: IntegrityError, visit: Visit) -> Outcome:
        constraint = error.__cause__.diag.constraint_name
        if constraint == "monitoring_visit_key_key" or Visit.objects.filter(key=visit.key).exists():
            return Outcome.ALREADY
        if constraint == "monitoring_visit_replaces_id_key":
            return Outcome.REPLACED
        raise error

    def _attach(self, form: VisitForm, visit: Visit) -> None:
        left_out = set(form.cleaned_data["drop_photos"])
        VisitPhoto.objects.bulk_create(
            VisitPhoto(visit=visit, name=one.name, width=one.width, height=one.height)
            for one in form.held
            if one.name not in left_out
        )
