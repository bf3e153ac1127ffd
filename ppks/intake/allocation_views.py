"""The page that takes the allocations of a line from a workbook; nothing is stored before the check page."""

from django import forms
from django.shortcuts import render
from django.urls import reverse

from grants.budget.changing import allocated
from grants.budget.forms import AllocationsForm, WithReason
from grants.budget.views import CHANGE, check_allocations, crumbs, get_line
from ppks.intake.allocating import Listed, read
from ppks.intake.container import NotReadable
from ppks.intake.desk.forms import NO_FILE, TOO_LARGE
from ppks.intake.vocabulary import Places
from ppks.intake.vocabulary import Region as Named
from ppks.kit.doors import form_page
from ppks.kit.uploads import MOST
from ppks.regions.models import Region

MOST_TOLD = 20  # rows of a list that cannot be read


class UploadForm(WithReason):
    field_order = ("file",)

    file = forms.FileField(
        label="Daftar alokasi",
        error_messages=NO_FILE,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv"}),
        help_text="Excel, LibreOffice, atau CSV dengan kolom kab/kota dan alokasi. Berkasnya tidak disimpan.",
    )

    def clean_file(self):
        if self.cleaned_data["file"].size > MOST:
            raise forms.ValidationError(TOO_LARGE)
        return self.cleaned_data["file"]


@form_page(CHANGE)
def allocation_upload(request, pk):
    """Read the list and show what it would change; a kab/kota that it does not name stays as it is."""
    line, regions = get_line(request, pk), list(Region.objects.current().visible_to(request.user))
    form, listed = UploadForm(request.POST or None, request.FILES or None), Listed()
    if request.method == "POST" and form.is_valid():
        file, now = form.cleaned_data["file"], allocated(line)
        try:
            listed = read(file.read(), file.name, _places(regions))
        except NotReadable as error:
            form.add_error("file", str(error))
        else:
            filled = _filled(form, listed, regions, now)
            if not listed.problems and filled.is_valid():
                return check_allocations(request, line, filled, now, action=reverse("allocation_change", args=[pk]))
            form.add_error("file", _told(listed.problems) or "Ada nilai yang tidak dapat disimpan. Periksa berkasnya.")
    context = {"form": form, "line": line, "crumbs": crumbs(line)}
    return render(request, "intake/allocation_upload.html", context, status=422 if form.errors else 200)


def _told(problems: list[str]) -> list[str]:
    """The first of them, and how many more there are."""
    rest = len(problems) - MOST_TOLD
    return [*problems[:MOST_TOLD], f"Dan {rest} baris lagi."] if rest > 0 else problems


def _places(regions: list[Region]) -> Places:
    return Places(regions={one.code: Named(one.code, one.kind, one.name) for one in regions})


def _filled(form: UploadForm, listed: Listed, regions: list[Region], now: dict[int, int]) -> AllocationsForm:
    """The form of allocations as if somebody had typed the list into it."""
    typed = {name: form.cleaned_data[name] for name in ("document", "reason")}
    for one in regions:
        stands = now.get(one.pk, 0)
        typed |= {f"a{one.pk}": str(listed.amounts.get(one.code, stands)), f"s{one.pk}": str(stands)}
    return AllocationsForm(typed, regions=regions, now=now)
