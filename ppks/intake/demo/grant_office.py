"""Who acts in the demo's grants, and how its papers look."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from io import BytesIO
from itertools import count
from typing import Any

from PIL import Image, ImageDraw

from grants.applications.documents import add_document, missing_documents
from grants.applications.models import Application
from grants.applications.workflow import APPLICATION
from ppks.accounts.models import User
from ppks.documents.attachments import Checked
from ppks.kit import rupiah
from ppks.kit.doors import entered

AMOUNT = 3_000_000


@dataclass
class Office:
    """Who does what, and how a picture of a paper looks."""

    day: date
    users: dict[str, User] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def user(self, name: str) -> User:
        if name not in self.users:
            self.users[name] = User.objects.with_reach().get(username=name)
        return self.users[name]

    def acting(self, name: str):
        """The door of one of the demo's log-ins."""
        return entered(self.user(name), write=True, command="demo")

    @cached_property
    def picture(self) -> Checked:
        return _drawn("DATA CONTOH")

    def receipt(self, number: str, amount: int) -> Checked:
        """A photo of its own, since one is taken for one receipt only."""
        return _drawn(f"DATA CONTOH\nNota {number}\n{rupiah.format(amount)}")


def _drawn(words: str) -> Checked:
    paper = Image.new("RGB", (480, 320), "white")
    ImageDraw.Draw(paper).text((150, 130), words, fill="black")
    kept = BytesIO()
    paper.save(kept, "JPEG")
    return Checked("contoh.jpg", "image/jpeg", kept.getvalue())


def lay_papers(office: Office, application: Application, stage: str, by: User) -> None:
    for kind in missing_documents(application, stage):
        add_document(application, kind, office.picture, by=by)


def move(office: Office, who: str, application: Application, name: str, **more: Any) -> None:
    with office.acting(who):
        APPLICATION.make(name, again(application), by=office.user(who), **more)


def again(application: Application) -> Application:
    return Application.objects.select_related("balance", "allocation__balance").get(pk=application.pk)
