"""The pages that are measured, each with who asks for it."""

from benchmarks.measuring import Page
from benchmarks.serving import Visitor
from clients.models import Person
from monitoring.models import Business, DueVisit
from monitoring.reports.periods import Period
from monitoring.schedule import add_months
from ppks.intake.demo.users import BOJONEGORO, PASSWORD
from ppks.kit import dates
from ppks.kit.owner import as_owner

LAST_MONTH = Period(add_months(dates.today().replace(day=1), -1), 1).code


def pages(port: int, people: int) -> list[Page]:
    """The floor first."""
    province, officer = Visitor(port), Visitor(port)
    province.log_in("provinsi", PASSWORD)
    officer.log_in("bojonegoro", PASSWORD)
    with as_owner():
        own = Person.objects.filter(region_id=BOJONEGORO).order_by("name_key", "pk")
        somebody = own.filter(nik_status="ada")[own.count() // 2]
        business = Business.objects.filter(person__in=own, last_visit_on__isnull=False).order_by("pk")[0]
        deep = Person.objects.order_by("name_key", "pk").values_list("pk", flat=True)[people // 2]
        hers = DueVisit.objects.filter(region_id=BOJONEGORO).values_list("officer", flat=True)[0]
        word, nik = somebody.name.split()[-1], somebody.nik.reveal()
    return [
        Page("floor: 25 rows, one query", province.get("/lantai/")),
        Page("people, province", province.get("/klien/")),
        Page("people, officer", officer.get("/klien/")),
        Page("people, one kab/kota", province.get("/klien/?kab=35.22")),
        Page("people, by state of business", province.get("/klien/?keadaan=declining")),
        Page("people, deep page by key", province.get(f"/klien/?after={deep}")),
        Page("businesses, needing help", province.get("/usaha/?bantuan=perlu")),
        Page("search by name", province.post("/cari/", q=word)),
        Page("search by NIK", province.post("/cari/", q=nik)),
        Page("person", officer.get(f"/klien/{somebody.pk}/")),
        Page("business", officer.get(f"/usaha/{business.pk}/")),
        Page("front page, province", province.get("/")),
        Page("front page, officer", officer.get("/")),
        Page("worklist, officer", officer.get("/pantau/")),
        Page("worklist, province", province.get("/pantau/")),
        Page("worklist, one kab/kota", province.get("/pantau/?kab=35.22")),
        Page("worklist, one officer", province.get(f"/pantau/?petugas={hers}")),
        Page("who has how many visits", province.get("/pantau/petugas/")),
        Page("late visits, province", province.get("/pantau/?jadwal=terlambat")),
        Page("front page, map of late visits", province.get("/?ukuran=terlambat")),
        Page("ready for independence, province", province.get("/mandiri/")),
        Page("ready for independence, officer", officer.get("/mandiri/?bagian=belum")),
        Page("lack nothing, officer", officer.get("/mandiri/?bagian=siap")),
        Page("lack one thing, province", province.get("/mandiri/?bagian=kurang-satu")),
        Page("still independent, province", province.get("/mandiri/pantauan/")),
        Page("who needs a plan, province", province.get("/rencana/perlu/")),
        Page("who needs a plan, officer", officer.get("/rencana/perlu/")),
        Page("plans, province", province.get("/rencana/")),
        Page("plans that are late, province", province.get("/rencana/?tahap=terlambat")),
        Page("dashboard, province", province.get("/dasbor/")),
        Page("dashboard of one kab/kota", province.get("/dasbor/35.22/")),
        Page("kab/kota side by side", province.get("/kab-kota/")),
        Page("outcomes, province", province.get("/dasbor/hasil/")),
        Page("outcomes, officer", officer.get("/dasbor/hasil/")),
        Page("cost per independent person", province.get("/dasbor/biaya/")),
        Page("report of a month, officer", officer.get(f"/laporan/{LAST_MONTH}/")),
        Page("what helped, province", province.get("/rencana/yang-membantu/")),
        Page("referrals, province", province.get("/rujukan/")),
        Page("referrals, officer", officer.get("/rujukan/")),
        Page("answers by partner office", province.get("/rujukan/kantor/")),
        Page("reports of the public, province", province.get("/pengaduan/masuk/")),
    ]
