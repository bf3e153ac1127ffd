"""Who reaches what hangs on a person, said once for all its tables."""

from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION, UPT
from ppks.kit.rows import ALL

READ = dict.fromkeys((PROVINCE, REGION, UPT, AUDITOR, CLOCK), "select")
ADD = READ | dict.fromkeys((PROVINCE, REGION), "select, insert")
THROUGH_PERSON = {PROVINCE: ALL, REGION: "person__region", UPT: "person__stays__institution", AUDITOR: ALL, CLOCK: ALL}
