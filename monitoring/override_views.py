"""Setting a category against the computed one, and the page that says how it is computed."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from monitoring.assessing import CURRENT_RULE, assessment, observations_of
from monitoring.models import Business
from monitoring.overriding import overridden, override
from monitoring.progress import RULES, Category
from monitoring.views import get_business
from ppks.kit import dates
from ppks.kit.doors import form_page, page


class OverrideForm(forms.Form):
    category = forms.ChoiceField(
        label="Keadaan menurut Anda",
        choices=[choice for choice in Category.choices if choice[0] != Category.UNKNOWN],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih keadaannya."},
    )
    reason = forms.CharField(
        label="Alasan",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Apa yang Anda ketahui dan tidak terlihat dari angka kunjungan.",
        error_messages={"required": "Tulis alasannya.", "min_length": "Tulis alasan yang dapat dipahami orang lain."},
    )


@form_page("monitoring.override_category")
def business_override(request, pk):
    business, person = get_business(request, pk)
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = override(business, **form.cleaned_data, by=request.user, on=dates.today())
        messages.success(
            request, f"Keadaan ditetapkan: {made.get_category_display().lower()}, sampai kunjungan berikutnya."
        )
        return redirect("business_detail", pk)
    context = {
        "form": form,
        "business": business,
        "person": person,
        "computed": assessment(business, observations_of(business), dates.today()),
    }
    return render(request, "monitoring/business_override.html", context, status=422 if form.errors else 200)


@page("monitoring.view_business")
def progress_method(request):
    day = dates.today()
    context = {
        "rule": CURRENT_RULE,
        "versions": sorted(RULES, reverse=True),
        "overridden": overridden(Business.objects.visible_to(request.user), day).count(),
        "example": [
            (1_000_000 * (100 + step) // 100) for step in (CURRENT_RULE.growth_percent, -CURRENT_RULE.decline_percent)
        ],
    }
    return render(request, "monitoring/progress_method.html", context)
