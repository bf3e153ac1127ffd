"""Views with the mistakes that people make, planted for the tests to send requests to."""

from contextlib import suppress

from django.contrib.auth import get_user_model
from django.db import DatabaseError
from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from clients.models import Person, PersonStep
from monitoring.models import Business, Visit
from ppks.kit.doors import action, outside, page, public_form, public_page, seen
from ppks.urls import urlpatterns as real
from tests.office import column, sql

WHO = """
select session_user, current_user, current_setting('ppks.reach', true), current_setting('ppks.user', true),
  current_setting('pghistory.context_metadata', true), current_setting('transaction_read_only'), pg_backend_pid()
"""


@page("clients.view_person")
def unscoped(request):
    """Forgets `visible_to` everywhere."""
    return JsonResponse(
        {
            "names": [person.name for person in Person.objects.all()],
            "count": Person.objects.count(),
            "steps": PersonStep.objects.count(),
            "businesses": [business.trade_as_written for business in Business.objects.all()],
            "visits": Visit.objects.count(),
            "history": column("select distinct name from clients_personevent order by 1"),
            "raw": column("select name from clients_person order by 1"),
        }
    )


@page("clients.view_person")
def lazy(request):
    template = engines["django"].from_string("{% for person in people %}{{ person.name }};{% endfor %}")
    return TemplateResponse(request, template, {"people": Person.objects.all()})


@page("clients.view_person")
def stream(request):
    return StreamingHttpResponse(person.name for person in Person.objects.all())


@page("clients.view_person")
def file(request):
    return FileResponse(open(__file__, "rb"))


@page("clients.view_person")
def get_writes(request):
    return HttpResponse(Person.objects.update(note="diubah"))


@page("clients.view_person")
def get_locks(request):
    return HttpResponse(Person.objects.select_for_update(of=("self",)).first())


@page("clients.view_person")
def get_crashes(request):
    raise ValueError("on purpose")


@page("clients.view_person")
def get_breaks_sql(request):
    return HttpResponse(sql("select 1/0"))


@page("clients.view_person")
def whoami(request):
    return JsonResponse(sql(WHO)[0], safe=False)


@page("clients.view_person")
def shows(request):
    """Shows persons 7 and 8, one of them twice."""
    seen(request, 7, 8)
    seen(request, 7)
    return HttpResponse("shown")


@action("clients.change_person")
def post_whoami(request):
    return JsonResponse(sql(WHO)[0], safe=False)


@action("clients.change_person")
def post_crashes(request):
    Person.objects.update(note="diubah")
    raise ValueError("on purpose")


@action("clients.change_person")
def post_refuses(request):
    """Stores something and answers 409, as the phone's outbox will."""
    Person.objects.update(note="disimpan")
    return HttpResponse("conflict", status=409)


@action("clients.change_person")
def swallows(request):
    Person.objects.update(note="disimpan?")
    with suppress(DatabaseError):
        sql("select 1/0")
    return HttpResponse("ok")


@action("clients.change_person")
def dangling(request):
    Person.objects.update(source_id=999_999)
    return HttpResponse("ok")


@action("clients.change_person")
def raw_status(request):
    if request.POST.get("ignore"):
        sql("select set_config('pgtrigger.ignore', (select array_agg(tgname)::text from pg_trigger), true)")
    return HttpResponse(sql("update clients_person set status = 'deceased', version = version + 1"))


@public_page
def public_whoami(request):
    return JsonResponse(sql(WHO)[0], safe=False)


@public_form
def public_form_whoami(request):
    return JsonResponse(sql(WHO)[0], safe=False)


@public_page
def public_renders(request):
    """A whole page of ours, as somebody sees it who is logged in at that browser."""
    return TemplateResponse(request, "base.html", {})


@public_form
def public_reads(request):
    return HttpResponse(sql(f"select * from {request.GET['table']}"))


@public_page
def public_shows(request):
    seen(request, 7)
    return HttpResponse("shown")


@outside
def outside_reads(request):
    return HttpResponse(Person.objects.count())


@page("clients.view_person")
def user_columns(request):
    return HttpResponse(get_user_model().objects.first())


def no_door(request):
    return HttpResponse("?")


PLANTED = (
    unscoped,
    lazy,
    stream,
    file,
    get_writes,
    get_locks,
    get_crashes,
    get_breaks_sql,
    whoami,
    shows,
    post_whoami,
    post_crashes,
    post_refuses,
    swallows,
    dangling,
    raw_status,
    public_whoami,
    public_form_whoami,
    public_renders,
    public_reads,
    public_shows,
    outside_reads,
    user_columns,
)
urlpatterns = [path(view.__name__, view) for view in PLANTED] + real
