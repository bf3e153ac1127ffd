"""Recording what a household tells about itself: a new row each time, so that every earlier word can still be read."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from clients.household import LARGEST
from clients.models import HouseholdFact
from clients.pages import frame, get_person
from ppks.kit import dates
from ppks.kit.doors import form_page
from ppks.kit.forms import DayField, RupiahField
from ppks.kit.refusals import refusals


class HouseholdForm(forms.Form):
    as_of = DayField(label="Tanggal keterangan", error_messages={"required": "Isi tanggal keterangan ini diberikan."})
    size = forms.IntegerField(
        label="Jumlah anggota rumah tangga",
        min_value=1,
        max_value=LARGEST,
        help_text="Termasuk orangnya sendiri.",
        error_messages={
            "required": "Isi jumlah anggota rumah tangga.",
            "invalid": "Tulis dengan angka.",
            "min_value": "Paling sedikit 1 orang.",
            "max_value": f"Paling banyak {LARGEST} orang.",
        },
    )
    other_income = RupiahField(
        label="Penghasilan lain rumah tangga sebulan",
        help_text="Di luar laba usaha, semua anggota dijumlahkan. Tulis 0 bila tidak ada.",
        error_messages={"required": "Isi penghasilan lain; 0 bila tidak ada."},
    )
    aid = forms.ChoiceField(
        label="Bantuan sosial (PKH, BPNT, BLT, dan sejenisnya)",
        choices=HouseholdFact.Aid.choices,
        widget=forms.RadioSelect,
        help_text="Hibah usaha dari dinas tidak termasuk.",
        error_messages={"required": "Pilih salah satu."},
    )
    aid_last_on = DayField(label="Bila menerima, kapan terakhir", required=False)

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day > dates.today():
            raise forms.ValidationError("Tanggal keterangan tidak boleh sesudah hari ini.")
        return day

    def clean(self):
        told = super().clean()
        received = told.get("aid") == HouseholdFact.Aid.RECEIVED
        last, as_of = told.get("aid_last_on"), told.get("as_of")
        if received and last is None and "aid_last_on" not in self.errors:
            self.add_error("aid_last_on", "Isi kapan bantuan terakhir diterima.")
        if last and told.get("aid") and not received:
            self.add_error("aid_last_on", "Kosongkan, atau pilih “Menerima”.")
        if last and as_of and last > as_of:
            self.add_error("aid_last_on", "Tidak boleh sesudah tanggal keterangan.")
        return told


@form_page("clients.change_person")
def household_add(request, pk):
    person = get_person(request, pk)
    form = HouseholdForm(request.POST or None, initial={"as_of": dates.today()})
    if request.method == "POST" and form.is_valid():
        try:
            with refusals():
                HouseholdFact.record(person, by=request.user, **form.cleaned_data)
            day = dates.long(form.cleaned_data["as_of"])
            messages.success(request, f"Keterangan rumah tangga {person} per {day} tersimpan.")
        except ValidationError as error:
            messages.info(request, " ".join(error.messages))
        return redirect("person_detail", pk)
    earlier = HouseholdFact.objects.visible_to(request.user).filter(person=person)
    context = frame(request, person, "household_add") | {"form": form, "earlier": earlier}
    return render(request, "clients/household_add.html", context, status=422 if form.errors else 200)
