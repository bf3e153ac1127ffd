"""People at every stage of the way to independence: ready, nearly, proposed, verified, returned, independent, fallen back.

Needs a connection as the owner inside a transaction: only the owner dates steps back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from django.db import connection

from clients.models import Category, HouseholdFact, Person, PpksKind
from monitoring.independence.gathering import frozen, known_of
from monitoring.independence.models import Agreement, Graduation, GraduationStep, HomeVisit, Proposal, Relapse
from monitoring.independence.proposing import asked_for
from monitoring.independence.rule import RULES, findings
from monitoring.independence.workflow import GRADUATION
from monitoring.models import Business
from monitoring.progress import Category as State
from ppks.accounts.models import User

HEAD, VERIFIER = "kepala", "verifikator"
# What the evidence of today must bear, and what lies behind somebody whatever it bears.
OWN_STAGES = (("proposed", "ready", "no agreement", "verified", "returned"), ("since 14", "since 2", "back 20"))
OTHER_STAGES = (
    ("verified", "ready", "aid unknown", "proposed", "returned", "no agreement"),
    ("since 7", "since 13", "since 15", "since 26", "back 18"),
)
WAY = ("propose", "verify", "decide")
SEEN = "Rumah dihuni sendiri dan terawat. Usaha berjalan, catatan penjualan ada, keluarga membenarkan penghasilannya."
MONTH = timedelta(days=30)


def make_independence(officers: dict[int, User], *, day: date, own_region: int, model_case: set[int]) -> int:
    """Everybody whose business bears it, in the order of keys, takes the next stage; returns how many people."""
    users = {name: User.objects.get(username=name) for name in (HEAD, VERIFIER)}
    made = 0
    for (now, behind), region in ((OWN_STAGES, own_region), (OTHER_STAGES, None)):
        people = _sound(day, model_case, region=region, without=None if region else own_region)
        fitting = _fitting(now, people, day)
        rest = [person for person in reversed(people) if person not in {found for _, found in fitting}]
        earlier = zip(behind, _spread(rest, each=len(rest) if region else 1), strict=False)
        taken = [*fitting, *earlier]
        for stage, person in taken:
            _Way(person, officers[person.region_id], users, day).go(stage)
            made += 1
    return made


def _sound(day: date, kept: set[int], *, region: int | None, without: int | None) -> list[Person]:
    """Former clients whose business does well, in the order of keys; the model case stays as the list tells it."""
    sound = Business.objects.as_of(day).filter(state__in=[State.GROWING, State.STEADY]).exclude(pk__in=kept)
    owners = sound.exclude(state_trend="falling").values("person")
    people = Person.objects.filter(status="former_client", pk__in=owners).order_by("pk").select_related("region")
    return list(people.filter(region=region) if region else people.exclude(region=without))


def _fitting(stages: tuple[str, ...], people: list[Person], day: date) -> list[tuple[str, Person]]:
    """Each stage with somebody whose last visits would bear it."""
    found = (person for person in _spread(people, each=len(people)) if _has_figures(person, day))
    return list(zip(stages, found, strict=False))


def _has_figures(person: Person, day: date) -> bool:
    figures = known_of([person], on=day)[person.pk].evidence.figures
    days = [figure.on for figure in figures]
    known = all(figure.profit is not None and figure.wage for figure in figures)
    return len(days) > 1 and known and (days[-1] - days[0]).days >= RULES[1].apart_days


def _spread(people: Iterable[Person], *, each: int) -> Iterator[Person]:
    """At most so many of a kab/kota, and nobody who has begun the way already."""
    taken: Counter[int] = Counter()
    for person in people:
        if taken[person.region_id] < each and not Graduation.objects.filter(person=person).exists():
            taken[person.region_id] += 1
            yield person


class _Way:
    """One person's way, made in the names of those who walk it with them."""

    def __init__(self, person: Person, officer: User, users: dict[str, User], day: date):
        self.person, self.officer, self.users, self.day = person, officer, users, day

    def go(self, stage: str) -> None:
        """From the household's word to the stage; `since 14` is independent for so many months, `back 20` fell back since."""
        name, _, months = stage.partition(" ")
        self._tell(aid="unknown" if stage == "aid unknown" else "none", agrees=stage != "no agreement")
        if name in {"since", "back"}:
            began = self.day - int(months) * MONTH
            spell = self._walk(began, began, began)
            if name == "back":
                self._fall_back(spell, self.day - 4 * MONTH)
        elif name in {"proposed", "returned"}:
            spell = self._walk(self.day - timedelta(days=6))
            if name == "returned":
                note = "Penghasilan lain belum jelas dari siapa. Mohon dilengkapi."
                self._step(spell, "return", self.users[VERIFIER], self.day, note=note)
        elif name == "verified":
            self._walk(self.day - timedelta(days=12), self.day - timedelta(days=4))

    def _tell(self, *, aid: str, agrees: bool) -> None:
        figures = known_of([self.person], on=self.day)[self.person.pk].evidence.figures
        lacking = max(
            (figure.wage.amount - figure.profit for figure in figures if figure.wage and figure.profit), default=0
        )
        told = {"size": 4, "other_income": max(0, -(-lacking // 50_000) * 50_000), "aid": aid}
        self._act(self.officer)
        when = self.day - timedelta(days=20)
        HouseholdFact.objects.create(person=self.person, as_of=when, by=self.officer, **told)
        if agrees:
            Agreement.objects.create(person=self.person, said_on=when, agrees=True, way="written", by=self.officer)

    def _walk(self, *days: date) -> Graduation:
        """As many moves of the way as there are days."""
        spell = Graduation.objects.create(person=self.person)
        people = (self.officer, self.users[VERIFIER], self.users[HEAD])
        for move, user, on in islice(zip(WAY, people, days, strict=False), len(days)):
            self._act(user)
            if move == "propose":
                self._propose(spell, on)
            if move == "verify":
                HomeVisit.objects.create(
                    graduation=spell, visited_on=on, met="Orangnya dan keluarga", findings=SEEN, by=user
                )
            self._step(spell, move, user, on)
        return spell

    def _propose(self, spell: Graduation, on: date) -> None:
        evidence = known_of([self.person], on=self.day)[self.person.pk].evidence
        told = asked_for(findings(evidence, on=self.day, rule=RULES[1]))
        oldest = min([one.since for one in told if one.since], default=on)
        Proposal.objects.create(
            graduation=spell,
            on=on,
            rule=1,
            inputs=frozen(evidence),
            reasons=[one.sentence for one in told],
            evidence_on=min(oldest, on),
            by=self.officer,
        )

    def _fall_back(self, spell: Graduation, on: date) -> None:
        self._act(self.officer)
        kinds = Category.objects.filter(person=self.person).order_by("pk").values_list("kind", flat=True)
        kind = PpksKind.objects.filter(pk__in=kinds).first() or PpksKind.objects.order_by("pk").first()
        Relapse.objects.create(graduation=spell, kind=kind, on=on, by=self.officer)
        note = "Suami sakit lama, modal habis untuk berobat."
        self._step(spell, "relapse", self.officer, on, note=note)

    def _step(self, spell: Graduation, move: str, user: User, on: date, *, note: str = "") -> None:
        self._act(user)
        spell.refresh_from_db()
        told = {"move": move, "source": spell.status, "target": GRADUATION.moves[move].target, "note": note}
        GraduationStep.objects.create(graduation=spell, version=spell.version + 1, effective_on=on, by=user, **told)

    @staticmethod
    def _act(user: User) -> None:
        """From here on this transaction acts in that user's name."""
        with connection.cursor() as cursor:
            cursor.execute("select set_config('ppks.user', %s, true)", [str(user.pk)])
