"""Users and their postings in Django's admin: the admin sets a first password, its owner changes it."""

from django import forms
from django.contrib import admin
from django.contrib.auth.password_validation import validate_password

from ppks.accounts.backends import one_spelling
from ppks.accounts.models import Posting, User
from ppks.accounts.roles import SYSTEM
from ppks.kit.admin import site


class UserForm(forms.ModelForm):
    new_password = forms.CharField(
        label="Kata sandi awal",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Isi untuk pengguna baru atau yang lupa. Pengguna wajib menggantinya saat pertama masuk.",
    )

    class Meta:
        model = User
        fields = ["username", "full_name", "email", "role", "is_active"]

    def clean_username(self):
        return one_spelling(self.cleaned_data["username"])

    def clean_new_password(self):
        password = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        elif self.instance.pk is None:
            raise forms.ValidationError("Isi kata sandi awal.")
        return password


class PostingInline(admin.StackedInline):
    model = Posting
    extra = 1


@admin.register(User, site=site)
class UserAdmin(admin.ModelAdmin):
    form = UserForm
    list_display = ["username", "full_name", "role", "is_active", "must_change_password", "last_login"]
    list_filter = ["role", "is_active", "must_change_password"]
    search_fields = ["username", "full_name", "email"]
    inlines = [PostingInline]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(username=SYSTEM)

    def save_model(self, request, user, form, change):
        if password := form.cleaned_data["new_password"]:
            user.set_password(password)
            user.must_change_password = True
        super().save_model(request, user, form, change)

    def has_delete_permission(self, request, obj=None):
        return False  # who acted stays named; switch a user off instead
