"""What is typed about a person: a search, a reason to see the whole NIK, a note for a move."""

from django import forms


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Nama, NIK, nomor KK, atau telepon",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autofocus": True, "autocomplete": "off"}),
        help_text="Nama boleh sebagian dan boleh beda ejaan. NIK dan KK ditulis lengkap 16 angka.",
    )

    def clean_q(self):
        text = self.cleaned_data["q"].strip()
        if len(text) < 3:
            raise forms.ValidationError("Ketik paling sedikit 3 huruf atau angka.")
        return text


class RevealForm(forms.Form):
    reason = forms.CharField(
        label="Untuk apa NIK lengkap diperlukan?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}),
        help_text="Alasan ini dicatat bersama nama Anda dan dapat dibaca auditor.",
    )

    def clean_reason(self):
        reason = self.cleaned_data["reason"].strip()
        if len(reason) < 10:
            raise forms.ValidationError("Tulis alasannya lebih jelas, paling sedikit 10 huruf.")
        return reason
