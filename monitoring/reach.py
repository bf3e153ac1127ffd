"""Who reaches the rows of monitoring, said once for all its tables."""

from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL

OWN_REGION = {PROVINCE: ALL, REGION: "region", AUDITOR: ALL, CLOCK: ALL}
THROUGH_BUSINESS = {PROVINCE: ALL, REGION: "business__region", AUDITOR: ALL, CLOCK: ALL}
THROUGH_VISIT = {PROVINCE: ALL, REGION: "visit__region", AUDITOR: ALL, CLOCK: ALL}
ADD = dict.fromkeys((AUDITOR, CLOCK), "select") | dict.fromkeys((PROVINCE, REGION), "select, insert")
