"""Who reaches the rows of grants, said once for all its tables."""

import pghistory

from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows

READERS = (PROVINCE, REGION, AUDITOR, CLOCK)
EVERYWHERE = dict.fromkeys(READERS, ALL)
OWN_REGION = EVERYWHERE | {REGION: "region"}
THROUGH_APPLICATION = EVERYWHERE | {REGION: "application__region"}
READ = dict.fromkeys(READERS, "select")


def may(*, province: str = "select", region: str = "select") -> dict[str, str]:
    """Commands for the two kinds of offices; everybody else may look."""
    return READ | {PROVINCE: province, REGION: region}


ADD = "select, insert"


def history(name: str, path: str):
    """Decorator: every change of a row is kept, for province and the region that `path` leads to."""
    see = {PROVINCE: ALL, REGION: path}
    meta = {"constraints": [Rows(name=name, see=see, may=dict.fromkeys(see, "select"))]}
    return pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="events", db_index=True), meta=meta)
