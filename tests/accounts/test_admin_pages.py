"""The pages of Django's admin: every one of them opens for the admin only, and none deletes or shows case data."""

import pytest
from django.urls import reverse

from ppks.kit.admin import site
from ppks.kit.checks import is_admin, patterns
from ppks.regions.models import PartnerOffice
from tests.people import ONE_A_ROLE, OWN_OFFICE, member, office

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

OTHERS = {  # what the admin gets
    "index": 200,
    "jsi18n": 200,
    "login": 302,  # to our own log-in page
    "logout": 405,  # a link cannot log anybody out
    "password_change": 302,  # to our own page
    "password_change_done": 200,
    "autocomplete": 403,  # without saying for which field
    "progress_rules": 200,
}
GIVEN = {"app_list": {"app_label": "regions"}, "view_on_site": {"content_type_id": 1, "object_id": 1}}
NOT_ADDED = {"region", "district", "village", "letterhead"}  # founded by law, or one an office
MODELS = {model._meta.model_name: model for model in site._registry}


@pytest.fixture(autouse=True)
def _an_office(db):
    """No list ships partner offices."""
    office(OWN_OFFICE)


def page(model, what: str) -> str:
    """The address of a model's page; one about a row is about its newest."""
    keys = [model.objects.order_by("pk").last().pk] if what in {"change", "delete", "history"} else []
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=keys)


def expected() -> dict[str, int]:
    """What the admin gets, by address."""
    pages = {reverse(f"admin:{name}"): status for name, status in OTHERS.items()}
    pages |= {reverse(f"admin:{name}", kwargs=keys): 200 for name, keys in GIVEN.items() if name == "app_list"}
    for name, model in MODELS.items():
        pages |= {page(model, what): 200 for what in ("changelist", "change", "history")}
        pages[page(model, "add")] = 403 if name in NOT_ADDED else 200
        pages[page(model, "delete")] = 403
    return pages


def test_every_page_of_the_admin_is_named_here():
    of_models = {
        f"{model._meta.app_label}_{name}_{what}"
        for name, model in MODELS.items()
        for what in ("changelist", "add", "change", "delete", "history")
    }
    of_users = {"auth_user_password_change"}

    found = {pattern.name for pattern in patterns() if is_admin(pattern.callback) and pattern.name}

    assert found - of_users == {*OTHERS, *GIVEN} | of_models


def test_no_case_table_is_registered():
    assert set(MODELS) == {
        "user",
        "region",
        "district",
        "village",
        "institution",
        "partneroffice",
        "minimumwage",
        "povertyline",
        "ppkskind",
        "ppkssynonym",
        "disabilitykind",
        "trade",
        "obstacle",
        "suggestion",
        "programme",
        "criterion",
        "documenttype",
        "letterhead",
    }


@pytest.mark.long
def test_the_admin_opens_every_page_and_deletes_nothing(browse, admin, officer):
    browser, wanted = browse(admin), expected()

    assert {address: browser.get(address).status_code for address in wanted} == wanted


@pytest.mark.long
@pytest.mark.parametrize("username", [None, "bojonegoro", "provinsi"])
def test_nobody_else_opens_any_page_of_the_admin(browse, username, admin):
    browser = browse(member(username)) if username else browse()
    answers = {address: browser.get(address) for address in expected()}

    opened = {address: answer.status_code for address, answer in answers.items() if answer.status_code != 302}

    assert opened == {}
    assert {answer.url.partition("?")[0] for answer in answers.values()} <= {"/admin/login/", "/masuk/", "/admin/"}


def test_no_other_role_enters_the_admin_at_all(browse):
    others = [name for name in ONE_A_ROLE if name != "admin"]

    statuses = {name: browse(member(name)).get("/admin/accounts/user/").status_code for name in others}

    assert statuses == dict.fromkeys(others, 302)


@pytest.mark.long
@pytest.mark.parametrize("username", ["bojonegoro", "auditor"])
def test_nobody_else_changes_anything_through_the_admin(browse, username, admin):
    browser = browse(member(username))

    answers = {address: browser.post(address, {"role": "admin"}).status_code for address in expected()}

    assert set(answers.values()) == {302}
    assert member("admin").role == "admin"


def test_a_search_in_the_lists_of_the_admin_is_no_error(browse, admin):
    browser = browse(admin)

    statuses = {name: browser.get(page(model, "changelist") + "?q=a").status_code for name, model in MODELS.items()}

    assert statuses == dict.fromkeys(MODELS, 200)


def test_the_choice_of_a_kabkota_is_found_by_typing(browse, admin):
    query = "?term=bojo&app_label=regions&model_name=district&field_name=region"

    assert browse(admin).get(f"/admin/autocomplete/{query}").json()["results"] == [
        {"id": "3522", "text": "Kab. Bojonegoro"}
    ]


def test_the_phone_of_a_partner_office_is_kept_as_a_number_to_write_to(browse, admin):
    given = {"code": "BLK-3578", "name": "BLK Surabaya", "kind": "training", "phone": "0812 0000 3578"}

    browse(admin).post("/admin/regions/partneroffice/add/", given)

    assert PartnerOffice.objects.get(code="BLK-3578").phone == "+6281200003578"


def test_a_phone_that_is_none_is_refused(browse, admin):
    given = {"code": "BLK-3578", "name": "BLK Surabaya", "kind": "training", "phone": "nanti"}

    answer = browse(admin).post("/admin/regions/partneroffice/add/", given)

    assert list(answer.context["adminform"].form.errors) == ["phone"]
