"""The front page of each role: what needs it today, and the state of what it answers for."""

from django.shortcuts import redirect, render
from django.urls import reverse

from clients.lifecycle import Status
from clients.models import Person
from grants.applications.queues import standing
from monitoring.independence.waiting import waiting as graduations_waiting
from monitoring.plans.tasks import Task, tasks
from monitoring.referrals.models import Referral
from monitoring.worklist import NAMED, nearest
from ppks.dashboard.figures import Figure, Figures
from ppks.dashboard.measures import LIST, MEASURES, measure_asked, region_map
from ppks.dashboard.pictures import ages, business_states
from ppks.kit import dates
from ppks.kit.asof import asked_day
from ppks.kit.charts.tables import dotted
from ppks.kit.doors import page
from ppks.kit.listing import COUNTED_EXACTLY
from ppks.kit.prepared import counted
from ppks.kit.roles import ADMIN, PARTNER, REGION, UPT
from ppks.kit.sheets import table_downloads
from ppks.regions.models import Institution, region_choices

HELP = ("perlu bantuan", "tidak berkembang, stagnan, tutup, menurun")
LATE = ("kunjungan terlambat", "lewat lebih dari 7 hari")
LISTED = ("orang penerima", "menurut daftar s.d. 2020", LIST)
INDEPENDENT = ("mandiri, dalam pantauan", "dihitung terpisah dari keadaan usaha", {"tahap": Status.INDEPENDENT})
WITHOUT_NIK = ("Orang tanpa NIK", "NIK belum ada atau sedang diurus", {"nik": "tanpa"})


@page("dashboard.view")
def front(request):
    """Each role lands on what needs it today."""
    return FRONTS.get(request.user.role_entry.enters, _province)(request)


def frame(request, figures: Figures) -> dict:
    """What every page of figures needs: its day, and the files beneath its pictures."""
    query = figures.url("front").partition("?")[2]
    return {
        "day": figures.day,
        "is_today": figures.is_today,
        "here": request.path,
        "downloads": {
            name: table_downloads(request.user, "picture_file", name, query=f"?{query}" if query else "")
            for name in ("keadaan", "umur", "hibah", "alur", "banding")
        },
    }


def _province(request):
    figures = Figures(request.user, asked_day(request.GET))
    measure = measure_asked(request)
    recipients = figures.people_by_region(**LIST)
    picture = region_map(figures, measure, recipients if measure is MEASURES["penerima"] else None)
    states, waiting = figures.states, figures.waiting
    map_query = figures.url("front", ukuran=measure.code).partition("?")[2]
    missing = picture["all_regions"] - len(recipients)
    independent, without_nik = figures.people_figures(INDEPENDENT, WITHOUT_NIK)
    context = {
        "headline": _headline(states),
        "figures": [
            Figure(recipients.total(), "orang penerima", "menurut daftar s.d. 2020", figures.people_url(**LIST)),
            Figure(
                len(recipients),
                "kab/kota",
                f"dari {picture['all_regions']}; {missing} belum ada penerima",
                figures.url("region_list"),
            ),
            figures.business_figure(states["help"], *HELP, bantuan="perlu"),
            figures.due_figure(waiting["late"], *LATE, jadwal="terlambat"),
            independent,
        ],
        "waiting": _grants(figures) + _for_the_province(figures, without_nik),
        "map_downloads": table_downloads(request.user, "picture_file", "peta", query=f"?{map_query}"),
    }
    everything = frame(request, figures) | business_states(figures) | ages(figures) | picture | context
    return render(request, "dashboard/province.html", everything)


def _headline(states: dict[str, int]) -> str:
    if not states["all"]:
        return "Belum ada usaha yang dicatat."
    return (
        f"Dari {dotted(states['all'] - states['unknown'])} usaha yang keadaannya diketahui, {dotted(states['help'])} perlu "
        f"bantuan. Keadaan {dotted(states['unknown'])} usaha belum diketahui."
    )


def _for_the_province(figures: Figures, without_nik: Figure) -> list[Figure | Task]:
    """What waits for somebody, largest first; nothing that is zero."""
    states = figures.states
    found = [
        figures.due_figure(
            figures.late_alone,
            "Kunjungan terlambat tanpa petugas",
            "tugaskan di Pantau",
            jadwal="terlambat",
            petugas="tanpa",
        ),
        figures.business_figure(
            states["help"], "Usaha perlu bantuan", "tidak berkembang, stagnan, tutup, atau menurun", bantuan="perlu"
        ),
        figures.business_figure(
            states["unknown"],
            "Usaha belum diketahui keadaannya",
            "belum cukup angka atau lama tidak dikunjungi",
            keadaan="unknown",
        ),
        figures.business_figure(
            states["never"],
            "Usaha belum pernah dikunjungi",
            "keadaannya hanya diketahui dari daftar",
            kunjungan="belum",
        ),
        _silent(figures),
        without_nik,
    ]
    plans = tasks(figures.user, figures.day) if figures.is_today else []
    waits = [*plans, *(figure for figure in found if figure.value)]
    waits.sort(key=lambda one: -(one.value if one.value is not None else COUNTED_EXACTLY + 1))
    return _to_graduate(figures) + waits


@counted
def _late_referrals(user, day):
    return {"late": Referral.objects.visible_to(user).as_of(day).late(day)}


def _silent(figures: Figures) -> Figure:
    """Referrals that no partner office has answered for too long."""
    return Figure(
        _late_referrals(figures.user, figures.day)["late"],
        "Rujukan terlambat dijawab",
        "14 hari atau lebih tanpa jawaban kantor mitra",
        figures.url("referral_list", keadaan="terlambat"),
    )


def _to_graduate(figures: Figures) -> list[Figure]:
    """Proposals of independence that wait for this reader today; they stand first, for they wait for nobody else."""
    if not figures.is_today:
        return []
    return [Figure(one.value, one.label, one.note, one.url) for one in graduations_waiting(figures.user, figures.day)]


def _grants(figures: Figures) -> list[Figure]:
    """The applications that wait for this user, by queue; of today alone, since queues are not kept."""
    if not (figures.is_today and figures.user.has_perm("grants.view_application")):
        return []
    found = [
        Figure(number, queue.label, queue.note, f"{reverse('application_list')}?menunggu={queue.code}")
        for queue, number in standing(figures.user, figures.day)
    ]
    return sorted(found, key=lambda figure: -figure.value)


def _region(request):
    figures = Figures(request.user, asked_day(request.GET))
    states, waiting = figures.states, figures.waiting
    listed, independent = figures.people_figures(LISTED, INDEPENDENT)
    context = {
        "regions": [
            {"name": name, "url": figures.url("region_detail", code)} for code, name in region_choices(request.user)
        ],
        "headline": _today(figures) if figures.is_today else _headline(states),
        "figures": [
            listed,
            figures.business_figure(states["help"], *HELP, bantuan="perlu"),
            figures.due_figure(waiting["late"], *LATE, jadwal="terlambat"),
            figures.business_figure(
                states["unknown"], "belum diketahui", "belum cukup angka, atau lama tidak dikunjungi", keadaan="unknown"
            ),
            independent,
        ],
        "groups": _groups(figures),
        "tasks": [
            *_to_graduate(figures),
            *_grants(figures),
            *(tasks(request.user, figures.day) if figures.is_today else []),
            *(figure for figure in [_silent(figures)] if figure.value),
        ],
        "may_visit": figures.is_today and request.user.has_perm("monitoring.record_visit"),
    }
    everything = frame(request, figures) | business_states(figures) | ages(figures) | context
    return render(request, "dashboard/region.html", everything)


GROUPS = (("kini", "Hari ini"), ("terlambat", "Terlambat"), ("pekan", "7 hari ke depan"))


def _today(figures: Figures) -> str:
    """What an officer reads first."""
    due, late = figures.waiting["kini"], figures.waiting["late"]
    if not (due or late or figures.dues().exists()):
        return "Belum ada kunjungan yang dijadwalkan."
    if not (due or late):
        return "Tidak ada kunjungan yang menunggu hari ini."
    said = f"{dotted(due)} kunjungan jatuh tempo" if due else "Tidak ada kunjungan yang jatuh tempo hari ini"
    return f"{said}, {dotted(late)} terlambat." if late else f"{said}."


def _groups(figures: Figures) -> list[dict]:
    """The first few visits of each age, by name, and how many there are."""
    counts = {code: figures.waiting["late" if code == "terlambat" else code] for code, _ in GROUPS}
    shown = nearest(tuple(code for code, number in counts.items() if number), figures.user, figures.day)
    return [
        {"title": title, "all": figures.due_figure(counts[code], "Semua", jadwal=code), "lines": shown.get(code, [])}
        for code, title in GROUPS
    ]


def _upt(request):
    figures = Figures(request.user, asked_day(request.GET))
    people = Person.objects.visible_to(request.user).select_related("region").in_order()
    context = {
        "institutions": Institution.objects.filter(pk__in=request.user.reach),
        "figures": figures.people_figures(
            ("klien dalam pelayanan", "sedang tinggal di UPT", {"tahap": Status.CLIENT}),
            ("eks klien", "keluar kurang dari 6 bulan lalu", {"tahap": Status.FORMER_CLIENT}),
        ),
        "people": people[:NAMED],
        "all_url": figures.people_url(),
        "is_today": figures.day == dates.today(),
        "day": figures.day,
        "here": request.path,
    }
    return render(request, "dashboard/upt.html", context)


def _partner(request):
    return redirect("referral_list")


def _admin(request):
    return redirect("admin:index")


FRONTS = {REGION: _region, UPT: _upt, PARTNER: _partner, ADMIN: _admin}
