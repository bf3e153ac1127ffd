"""What an import keeps between its steps is sealed: the file, the preview, the rows left over. And it is not kept long."""

import json
import zlib
from typing import Any

from django.utils import timezone

from ppks.intake.models import OLD, Import
from ppks.intake.stages import Stage
from ppks.kit.sealed import box


def seal(content: bytes) -> bytes:
    return box().encrypt(content)


def unseal(sealed: bytes | memoryview) -> bytes:
    return box().decrypt(bytes(sealed))


def seal_report(report: dict[str, Any]) -> bytes:
    return seal(zlib.compress(json.dumps(report, ensure_ascii=False, separators=(",", ":")).encode()))


def report_of(listing: Import) -> dict[str, Any]:
    """The preview as `reports` made it; empty when it is kept no more."""
    return json.loads(zlib.decompress(unseal(listing.report))) if listing.report else {}


def forget_old(user: Any) -> int:
    """Empty what has been kept longer than KEPT and return how many; one that nobody decided on or did counts as left."""
    old = Import.objects.visible_to(user).filter(OLD)
    emptied = old.filter(stage__in=sorted(Stage.settled)).exclude(report=None, rest=None).update(report=None, rest=None)
    return emptied + old.exclude(stage__in=sorted(Stage.settled)).update(
        stage=Stage.DROPPED, upload=None, reading=None, report=None, rest=None, finished_at=timezone.now()
    )
