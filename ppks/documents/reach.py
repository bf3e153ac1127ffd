"""Who reaches kept files: the province all, a kab/kota its own; an auditor knows of them and never sees inside."""

import pgtrigger
from django.db.models import Q

from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL

VIEW = "documents.view"
OWN_REGION = {PROVINCE: ALL, REGION: "region", AUDITOR: ALL, CLOCK: ALL}
ADD = dict.fromkeys((PROVINCE, REGION), "select, insert") | dict.fromkeys((AUDITOR, CLOCK), "select")
HEX = Q(sha256__regex=r"^[0-9a-f]{64}$")


def by_oneself(name: str) -> pgtrigger.Trigger:
    """Whoever is behind the door can add rows in his own name only."""
    return pgtrigger.Trigger(
        name="is_by_oneself",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            if current_setting('ppks.user', true) <> '' and new.by_id::text <> current_setting('ppks.user', true) then
                raise 'Berkas hanya dapat disimpan atas nama sendiri.'
                    using errcode = 'check_violation', constraint = '{name}_by_oneself';
            end if;
            return new;
        """,
    )
