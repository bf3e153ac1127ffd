"""The thresholds of the progress rule are there to be read: in the admin and on the page that explains them."""

from dataclasses import fields
from html import unescape

import pytest

from monitoring.admin import MEANINGS
from monitoring.progress import RULES, Rule

pytestmark = pytest.mark.django_db


def test_every_threshold_has_its_meaning():
    assert {"version", *MEANINGS} == {field.name for field in fields(Rule)}


def test_the_admin_reads_every_version_and_changes_none(browse, admin):
    browser = browse(admin)
    assert 'href="aturan/"' in browser.get("/admin/").content.decode()
    page = unescape(browser.get("/admin/aturan/").content.decode())
    for name, label in MEANINGS.items():
        assert label in page
        assert f"<td>{getattr(RULES[1], name)}</td>" in page
    assert browser.post("/admin/aturan/").status_code == 405


def test_nobody_else_opens_it(browse, province, officer):
    for user in (province, officer):
        assert browse(user).get("/admin/aturan/").status_code == 302


def test_the_page_that_explains_says_the_thresholds_of_the_rule(browse, officer):
    page = " ".join(unescape(browse(officer).get("/cara-menghitung/").content.decode()).split())
    rule = RULES[max(RULES)]
    assert f"sedikitnya {rule.decline_percent}% di bawah omzet awal" in page
    assert f"lebih dari {rule.valid_days} hari lalu" in page
    assert "berkembang mulai Rp1.100.000, tidak berkembang mulai Rp900.000 ke bawah" in page


@pytest.mark.parametrize(
    "address",
    [
        "regions/village/?q=bojonegoro&kind__exact=desa",
        "regions/district/?region__id__exact=3522",
        "regions/minimumwage/?valid_from__year=2026",
        "regions/povertyline/?is_certain__exact=1",
        "monitoring/trade/?q=jahit",
        "clients/ppkskind/?is_specific__exact=1",
        "accounts/user/?role__exact=officer",
    ],
)
def test_the_lists_of_the_admin_ask_few_questions(browse, admin, address, django_assert_max_num_queries):
    browser = browse(admin)
    with django_assert_max_num_queries(20):
        assert browser.get(f"/admin/{address}").status_code == 200
