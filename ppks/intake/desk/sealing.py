"""What an import keeps between its steps is sealed: the file, the preview, the rows left over. And it is not kept long."""

import json
import zlib
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ppks.intake.models import Import
from ppks.intake.stages import Stage
from ppks.kit.sealed import box

KEPT = timedelta(days=7)


def seal(content: bytes) -> bytes:
    return box().encrypt(content)


def unseal(sealed: bytes | memoryview) -> bytes:
    return box().decrypt(bytes(sealed))


def seal_report(report: dict[str, Any]) -> bytes:
    return seal(zlib.compress(json.dumps(report, ensure_ascii=False, separators=(",", ":")).encode()))


def report_of(listing: Import) -> dict[str, Any]:
    """The preview as `reports` made it; empty when it is kept no more."""
    return json.loads(zlib.decompress(unseal(listing.report))) if listing.report else {}


def forget_old(user: Any) -> None:
    """Empty what has been kept longer than KEPT; a preview that nobody decided on counts as left."""
    old = Import.objects.visible_to(user).filter(asked_at__lt=timezone.now() - KEPT)
    old.filter(stage__in=[Stage.PREVIEW, Stage.UNREADABLE]).update(
        stage=Stage.DROPPED, upload=None, report=None, rest=None, finished_at=timezone.now()
    )
    ended = old.filter(stage__in=sorted(Stage.finished))
    ended.filter(Q(report__isnull=False) | Q(rest__isnull=False)).update(report=None, rest=None)
