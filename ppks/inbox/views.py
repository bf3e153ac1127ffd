"""Kotak masuk: a user's own notices, opening one, and saying that all were read."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from ppks.inbox.lists import notices, tabs
from ppks.inbox.models import Notice
from ppks.kit import dates
from ppks.kit.doors import action, page


@page("inbox.view")
def notice_list(request):
    listing = notices(request, dates.today())
    shown = listing.page()
    return render(request, "inbox/notice_list.html", {"list": shown, "rows": shown.rows, "tabs": tabs(listing)})


@action("inbox.view")
def notice_open(request, pk):
    """Read, and on to the page it is about."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    Notice.objects.visible_to(request.user).unread().filter(pk=pk).update(read_at=timezone.now())
    return redirect(notice.url or "notice_list")


@action("inbox.view")
def notice_read_all(request):
    count = Notice.objects.visible_to(request.user).unread().update(read_at=timezone.now())
    messages.success(request, f"{count} pemberitahuan ditandai sudah dibaca." if count else "Semua sudah dibaca.")
    return redirect("notice_list")
