"""One server for the run, logged in as the owner of its database; what sends requests enters as the app's own role."""

import gc
import os
from contextlib import ExitStack
from multiprocessing import get_context

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections, transaction
from django.template import Template, engines
from pytest_django.plugin import blocking_manager_key

from ppks.accounts import installation
from ppks.kit.owner import LOGIN
from ppks.postgres import embedded
from tests import databases
from tests.about import about
from tests.factories import BusinessFactory, PersonFactory, moved
from tests.office import SERVER_LOGIN, OfficeBrowser, bare
from tests.people import TUBAN, member
from tests.undefined import Undefined

__all__ = ["OfficeBrowser", "bare"]

held = ExitStack()


def pytest_configure(config):
    """The controller holds the embedded server; workers find it answering. Nothing happens under DATABASE_URL.

    A controller of workers also has their template made, since it does nothing itself while they read the tests.
    """
    gc.set_threshold(50_000, 20, 50)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        held.enter_context(embedded())
        if getattr(config.option, "numprocesses", None):
            held.callback(_ahead(config).join)


def _ahead(config):
    making = get_context("fork").Process(target=_make_ahead, args=(config,))
    making.start()
    return making


def _make_ahead(config):
    with config.stash[blocking_manager_key].unblock():
        databases.made_ahead()


def pytest_collection_finish():
    """What is loaded stays: to look for garbage among it, again and again, was a tenth of a run."""
    gc.freeze()


def pytest_unconfigure(config):
    held.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    login = connections["default"].settings_dict
    SERVER_LOGIN.update({key: login[key] for key in LOGIN})
    login.update({key: settings.DATABASE_OWNER[key] for key in LOGIN})


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    own = ExitStack()
    with django_db_blocker.unblock():
        own.enter_context(databases.of_ones_own())
    yield
    with django_db_blocker.unblock():
        own.close()


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail():
    engines["django"].engine.string_if_invalid = Undefined()


@pytest.fixture(autouse=True, scope="session")
def _pages_alone_tell_their_context(django_test_environment):
    """Django's test client keeps a copy of the context of every part that a page includes, and a list includes a hundred."""
    part_or_page = Template._render

    def render(self, context):
        return part_or_page(self, context) if context.template is self else self.nodelist.render(context)

    Template._render = render
    yield
    Template._render = part_or_page


@pytest.fixture(autouse=True, scope="session")
def _files_go_elsewhere(tmp_path_factory):
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def _ask_again_whether_this_is_a_demo():
    installation.forget()


@pytest.fixture(autouse=True)
def _nobody_has_asked_a_public_page_yet():
    cache.clear()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One transaction around a module's tests: what a fixture of the module makes in it is there for all, and stays as it is.

    Each test still undoes its own changes, so the module is marked `django_db`. Not for modules with tests that commit.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def browse():
    """`browse(user)` is a browser in which that user is logged in; `browse()` one of a passer-by."""
    return OfficeBrowser


def _one(username: str):
    return pytest.fixture(lambda db: member(username))


province, verifier, pptk = _one("provinsi"), _one("verifikator"), _one("pptk")
head, treasurer = _one("kepala"), _one("bendahara")
officer, stranger, regional_head = _one("bojonegoro"), _one("tuban"), _one("kadinsos.bojonegoro")
upt_officer, partner, auditor, admin = _one("upt"), _one("mitra"), _one("auditor"), _one("admin")


@pytest.fixture
def ngatini(db):
    """The tailor of Bojonegoro, a former client."""
    return moved(PersonFactory(name="Ngatini", nik="3522015708720001", kk="3522011203080002"), "register_former")


@pytest.fixture
def marsinah(db):
    """A former client of Tuban, whom nobody in Bojonegoro may see."""
    person = PersonFactory(name="Marsinah Rengel", region_id=TUBAN, nik="3523026304800003", phone="+6281234567890")
    return moved(person, "register_former")


@pytest.fixture
def tailoring(ngatini):
    """Ngatini's business."""
    return BusinessFactory(person=ngatini, trade_as_written="Permak dan jahit")


@pytest.fixture
def fishery(marsinah):
    """Marsinah's business in Tuban."""
    return BusinessFactory(person=marsinah, trade_as_written="Ikan asap Rengel")


@pytest.fixture
def own(tailoring, officer):
    """What the addresses of the officer of Bojonegoro are about."""
    return about(tailoring, officer)


@pytest.fixture
def other(fishery, stranger):
    """What the addresses of Tuban are about."""
    return about(fishery, stranger)
