"""What a person types to log in, to change the password, to prove the second factor."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

ASK_THE_ADMIN = "Nama pengguna atau kata sandi salah. Lupa kata sandi? Minta admin membuatkan yang baru."


class LoginForm(AuthenticationForm):
    error_messages = {"invalid_login": ASK_THE_ADMIN, "inactive": ASK_THE_ADMIN}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Nama pengguna"
        self.fields["password"].label = "Kata sandi"


class OwnPasswordForm(PasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {
            "old_password": "Kata sandi sekarang",
            "new_password1": "Kata sandi baru",
            "new_password2": "Kata sandi baru, sekali lagi",
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields[
            "new_password1"
        ].help_text = (
            "Paling sedikit 10 huruf atau angka; bukan kata yang mudah ditebak. Kalimat pendek paling mudah diingat."
        )

    def clean_new_password1(self):
        new = self.cleaned_data["new_password1"]
        if new == self.cleaned_data.get("old_password"):
            raise forms.ValidationError("Kata sandi baru harus berbeda dari yang sekarang.")
        return new

    def save(self, commit=True):
        """Outside a door only these columns of a user may change."""
        self.user.set_password(self.cleaned_data["new_password1"])
        self.user.must_change_password = False
        self.user.save(update_fields=["password", "must_change_password"])
        return self.user


class CodeForm(forms.Form):
    """A one-time code of six digits, checked against the user's device."""

    code = forms.CharField(
        label="Kode 6 angka dari aplikasi",
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )

    def __init__(self, *args, device, **kwargs):
        super().__init__(*args, **kwargs)
        self.device = device

    def clean_code(self):
        code = "".join(self.cleaned_data["code"].split())
        if not (code.isascii() and code.isdigit() and self.device.verify_token(code)):
            raise forms.ValidationError(
                "Kode salah atau sudah lewat. Tunggu kode berikutnya di aplikasi, lalu ketik lagi."
            )
        return code
