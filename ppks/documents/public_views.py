"""Whether a paper is genuine: for anybody who holds it, without log-in, and without a word about persons."""

from django.db import connection
from django.shortcuts import redirect, render

from ppks.documents import codes
from ppks.documents.kinds import KINDS
from ppks.kit.doors import public_page

FACTS = ("kind", "number", "day", "office", "revoked_on")


@public_page
def paper_ask(request):
    if code := codes.typed(request.GET.get("kode", "")):
        return redirect("paper_check", code)
    return render(request, "documents/paper_ask.html")


@public_page
def paper_check(request, code):
    """One question to the database whatever the code is; an unknown one is answered like any other."""
    code = codes.typed(code)
    with connection.cursor() as cursor:
        cursor.execute("select kind, number, day, office, revoked_on from check_paper(%s)", [code])
        found = cursor.fetchone()
    facts = dict(zip(FACTS, found or [None] * len(FACTS), strict=True))
    context = facts | {"code": code, "is_known": found is not None, "label": found and KINDS[facts["kind"]].LABEL}
    return render(request, "documents/paper_check.html", context)
