"""One receipt sent by two kab/kota, and one waiver given twice, at the same moment through real connections: once each."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from grants.applications.statuses import Status
from grants.models import Purchase, Waiver
from ppks.kit import dates
from tests import granting
from tests.documents.scanned import pdf, stream
from tests.faults.test_twice_at_once import at_once
from tests.grants import crowd
from tests.office import OfficeBrowser
from tests.people import BOJONEGORO, TUBAN

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
TIMES = 5


@transaction.atomic
def report_in(region: int):
    opened = granting.call(granting.allocation(region=region).line)
    (granted,) = crowd.enacted(crowd.drafted(crowd.nominated(opened, 1, [region])))
    return crowd.paid(granted).report


def receipt(report, number: str, photo: int) -> dict:
    return {
        "item": report.application.items.get().pk,
        "description": "Mesin jahit",
        "seller": "Toko Maju",
        "receipt_number": number,
        "bought_on": dates.long(dates.today()),
        "amount": "1.000.000",
        "file": SimpleUploadedFile("nota.pdf", pdf(stream(b"%d" % photo)), "application/pdf"),
    }


def test_one_receipt_for_two_kab_kota_at_once_counts_once(officer, stranger):
    reports = {officer: report_in(BOJONEGORO), stranger: report_in(TUBAN)}
    for number in range(TIMES):
        answers = at_once(
            *(
                (
                    OfficeBrowser(who),
                    f"/hibah/{report.application_id}/spj/{report.pk}/nota/",
                    receipt(report, f"A-{number}", 2 * number + photo),
                )
                for photo, (who, report) in enumerate(reports.items())
            )
        )
        assert sorted(answer.status_code for answer in answers) == [302, 422]
        assert Purchase.objects.count() == number + 1


def test_one_waiver_given_twice_at_once_is_one(head):
    with transaction.atomic():
        owing = granting.paid(granting.brought_to(Status.DECREED), on=dates.today() - timedelta(days=91))

    sending = (f"/hibah/{owing.pk}/pengecualian/", {"note": "Sakit lama, nota menyusul."})
    answers = at_once(*((OfficeBrowser(head), *sending) for _ in range(2)))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Waiver.objects.count() == 1
