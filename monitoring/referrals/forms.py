"""What is typed to refer somebody, and what a partner office answers."""

import uuid

from django import forms

from clients.consent_texts import Shared
from clients.models import Consent, Person
from monitoring.models import Business
from monitoring.referrals.models import Referral
from monitoring.referrals.moves import REFERRAL, ReferralStatus
from ppks.kit.reference import chosen
from ppks.regions.models import PartnerOffice

LONGEST = 1_000


class ReferralForm(forms.Form):
    """The choices of data are those that the consent in force allows, and no others."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    office = forms.ModelChoiceField(
        None,
        label="Kantor mitra",
        empty_label="Pilih kantor",
        error_messages={"required": "Pilih kantor mitranya.", "invalid_choice": "Kantor itu tidak ada dalam daftar."},
    )
    kind = forms.ChoiceField(
        label="Bantuan yang diminta",
        choices=Referral.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih bantuannya."},
    )
    asked = forms.CharField(
        label="Permintaan",
        min_length=10,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Apa yang diharapkan dari kantor itu, dan kapan. Jangan menulis nama, NIK, atau telepon di sini.",
        error_messages={"required": "Tulis permintaannya.", "min_length": "Tulis permintaannya lebih jelas."},
    )
    business = forms.ModelChoiceField(
        None, label="Tentang usaha", required=False, empty_label="Tidak tentang usaha tertentu"
    )
    shared = forms.MultipleChoiceField(
        label="Data yang diperlihatkan",
        widget=forms.CheckboxSelectMultiple,
        help_text="Hanya yang disetujui orangnya dapat dipilih. Pilih yang perlu saja.",
        error_messages={
            "required": "Pilih paling sedikit satu data.",
            "invalid_choice": "Orang ini tidak setuju data itu diperlihatkan. Muat ulang halaman.",
        },
    )

    def __init__(self, *args, person: Person, consent: Consent, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self.fields["office"].queryset = chosen(PartnerOffice.objects).order_by("name")
        own = Business.objects.visible_to(user).filter(person=person).select_related("trade").order_by("-pk")
        self.fields["business"].queryset = own
        self.fields["shared"].choices = [(kind.value, kind.label) for kind in Shared if kind in consent.shared]

    def clean_shared(self) -> list[str]:
        return sorted(self.cleaned_data["shared"])


class AnswerForm(forms.Form):
    """By link: which answers are open depends on the state; a note where the move needs one."""

    answer = forms.ChoiceField(
        label="Jawaban kantor Anda", widget=forms.RadioSelect, error_messages={"required": "Pilih jawabannya."}
    )
    note = forms.CharField(
        label="Keterangan",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wajib bila menolak (alasannya) atau bila sudah selesai (hasilnya).",
    )

    def __init__(self, *args, status: str, **kwargs):
        super().__init__(*args, **kwargs)
        moves = [move for move in REFERRAL.moves.values() if status in move.sources and move.name != "withdraw"]
        self.fields["answer"].choices = [(move.name, move.label) for move in moves]
        self.target = {move.name: ReferralStatus(move.target) for move in moves}

    def clean(self):
        found = super().clean()
        answer = found.get("answer")
        if answer and REFERRAL.moves[answer].needs_note and not found.get("note") and "note" not in self.errors:
            self.add_error("note", "Tulis alasannya." if answer == "reject" else "Tulis hasilnya.")
        return found
