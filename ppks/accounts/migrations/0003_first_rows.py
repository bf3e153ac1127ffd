"""The user in whose name commands act, and the row that says what kind of database this is."""

from django.contrib.auth.hashers import make_password
from django.db import migrations


def add(apps, schema_editor):
    apps.get_model("accounts", "User").objects.create(
        username="sistem", full_name="Sistem", role="province", password=make_password(None), must_change_password=False
    )
    apps.get_model("accounts", "Installation").objects.create(pk=1)


def remove(apps, schema_editor):
    apps.get_model("accounts", "User").objects.filter(username="sistem").delete()
    apps.get_model("accounts", "Installation").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_initial")]
    operations = [migrations.RunPython(add, remove)]
