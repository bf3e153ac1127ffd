"""The front page of each role, and the table of kab/kota behind the map."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from clients.lifecycle import Status
from clients.models import Person
from monitoring.models import Business
from ppks.dashboard.figures import Figures, businesses_url, people_url
from ppks.dashboard.pictures import LIST, PICTURES, business_states, measure_asked, region_map, region_table
from ppks.kit import dates
from ppks.kit.doors import page
from ppks.kit.exporting import FORMS
from ppks.kit.roles import ADMIN, PARTNER, REGION, UPT
from ppks.kit.sheets import answer, table_book, table_downloads
from ppks.regions.models import Institution, Region

NAMED = 5  # rows shown by name on a front page; the link beside them shows all


@page("dashboard.view")
def front(request):
    """Each role lands on what needs it today."""
    return FRONTS.get(request.user.role_entry.enters, _province)(request)


def _province(request):
    figures = Figures(request.user, dates.today())
    states = business_states(figures)
    measure = measure_asked(request)
    picture = region_map(figures, measure)
    with_recipients = figures.by_region(figures.people(**LIST))
    help_needed = figures.business_figure("perlu bantuan", "tidak berkembang, stagnan, tutup, menurun", bantuan="perlu")
    never = figures.business_figure("belum dikunjungi", "usaha yang belum pernah didatangi", kunjungan="belum")
    context = (
        states
        | picture
        | {
            "headline": _headline(states, help_needed.value),
            "figures": [
                figures.people_figure("orang penerima", "menurut daftar s.d. 2020", **LIST),
                {
                    "value": len(with_recipients),
                    "label": "kab/kota",
                    "note": f"dari {picture['all_regions']}; {picture['all_regions'] - len(with_recipients)} belum ada penerima",
                    "url": "/kab-kota/",
                },
                help_needed,
                never,
            ],
            "waiting": _waiting(figures),
            "map_downloads": table_downloads(request.user, "picture_file", "peta", query=f"?ukuran={measure.code}"),
            "state_downloads": table_downloads(request.user, "picture_file", "keadaan"),
        }
    )
    return render(request, "dashboard/province.html", context)


def _headline(states, help_needed: int) -> str:
    if not states["business_count"]:
        return "Belum ada usaha yang dicatat."
    return (
        f"Dari {states['known']} usaha yang keadaannya diketahui, {help_needed} perlu bantuan. "
        f"Keadaan {states['unknown']} usaha belum diketahui."
    )


def _waiting(figures: Figures) -> list[dict]:
    """What waits for somebody, largest first; nothing that is zero."""
    found = [
        figures.business_figure(
            "Usaha perlu bantuan", "tidak berkembang, stagnan, tutup, atau menurun", bantuan="perlu"
        ),
        figures.business_figure(
            "Usaha belum pernah dikunjungi", "keadaannya hanya diketahui dari daftar", kunjungan="belum"
        ),
        figures.business_figure(
            "Usaha lama tidak dikunjungi", "kunjungan terakhir lebih dari 90 hari lalu", kunjungan="lama"
        ),
        figures.people_figure("Orang tanpa NIK", "NIK belum ada atau sedang diurus", nik="tanpa"),
    ]
    return [
        {"count": f.value, "label": f.label, "note": f.note, "url": f.url}
        for f in sorted(found, key=lambda f: -f.value)
        if f.value
    ]


def _region(request):
    figures = Figures(request.user, dates.today())
    states = business_states(figures)
    regions = list(Region.objects.visible_to(request.user))
    help_needed = figures.businesses(bantuan="perlu")
    never = figures.businesses(kunjungan="belum")
    context = states | {
        "regions": regions,
        "headline": _headline(states, help_needed.count()),
        "figures": [
            figures.people_figure("orang penerima", "menurut daftar s.d. 2020", **LIST),
            figures.business_figure("perlu bantuan", "tidak berkembang, stagnan, tutup, menurun", bantuan="perlu"),
            figures.business_figure("belum dikunjungi", "usaha yang belum pernah didatangi", kunjungan="belum"),
            figures.business_figure("lama tidak dikunjungi", "lebih dari 90 hari", kunjungan="lama"),
        ],
        "groups": [
            {
                "title": "Perlu bantuan",
                "rows": _named(request.user, help_needed),
                "url": businesses_url(bantuan="perlu"),
            },
            {
                "title": "Belum pernah dikunjungi",
                "rows": _named(request.user, never),
                "url": businesses_url(kunjungan="belum"),
            },
        ],
        "may_visit": request.user.has_perm("monitoring.record_visit"),
        "state_downloads": table_downloads(request.user, "picture_file", "keadaan"),
    }
    return render(request, "dashboard/region.html", context)


def _named(user, businesses) -> list[tuple[Business, Person]]:
    """The longest unvisited first, with their people."""
    rows = list(businesses.select_related("trade").order_by("last_visit_on", "pk")[:NAMED])
    people = Person.objects.visible_to(user).select_related("district").in_bulk({row.person_id for row in rows})
    return [(row, people[row.person_id]) for row in rows]


def _upt(request):
    figures = Figures(request.user, dates.today())
    people = Person.objects.visible_to(request.user).select_related("region").in_order()
    context = {
        "institutions": Institution.objects.filter(pk__in=request.user.reach),
        "figures": [
            figures.people_figure("klien dalam pelayanan", "sedang tinggal di UPT", tahap=Status.CLIENT),
            figures.people_figure("eks klien", "keluar kurang dari 6 bulan lalu", tahap=Status.FORMER_CLIENT),
        ],
        "people": people[:NAMED],
        "all_url": people_url(),
    }
    return render(request, "dashboard/upt.html", context)


def _partner(request):
    return render(request, "dashboard/partner.html")


def _admin(request):
    return redirect("admin:index")


FRONTS = {REGION: _region, UPT: _upt, PARTNER: _partner, ADMIN: _admin}


@page("clients.view_person")
def region_list(request):
    """The kab/kota behind the front page's number: those with recipients on the list, and the rest beneath."""
    table = region_table(Figures(request.user, dates.today()))
    labels = table.columns[1:]
    sums = [sum(row[number].value for row in table.rows) for number in range(1, len(table.columns))]
    context = {
        "measures": labels,
        "with_recipients": [(row[0], list(zip(labels, row[1:], strict=True))) for row in table.rows if row[1].value],
        "without": [row[0].text for row in table.rows if not row[1].value],
        "totals": list(zip(labels, sums, strict=True)),
        "downloads": table_downloads(request.user, "region_list_file"),
    }
    return render(request, "dashboard/region_list.html", context)


@page("clients.export")
def region_list_file(request, form):
    """The table of kab/kota as a file."""
    if form not in FORMS:
        raise Http404
    return answer(table_book(region_table(Figures(request.user, dates.today())), request.user, "kab-kota"), form)


@page("clients.export")
def picture_file(request, name, form):
    """The table beneath a picture of the front page as a file."""
    if name not in PICTURES or form not in FORMS:
        raise Http404
    if not request.user.has_perm("monitoring.view_business"):
        raise PermissionDenied
    table = PICTURES[name](Figures(request.user, dates.today()), measure_asked(request))
    return answer(table_book(table, request.user, name), form)
