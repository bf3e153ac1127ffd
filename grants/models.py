"""All tables of grants, by room."""

from grants.accountability.models import FundReturn, Purchase, Recovery, Report, ReportStep, Waiver
from grants.applications.documents import ApplicationDocument
from grants.applications.models import (
    Application,
    ApplicationBalance,
    ApplicationStep,
    ChainLink,
    CoverLetter,
    EligibilityCheck,
)
from grants.applications.plan import BudgetItem, BusinessPlan
from grants.budget.models import (
    Allocation,
    AllocationBalance,
    AllocationChange,
    BudgetBalance,
    BudgetLine,
    CeilingChange,
    Entry,
    LedgerCheck,
)
from grants.decrees.models import Decree, DecreeLine, DecreeStep
from grants.other_aid import OtherAid
from grants.past import FIRST_LIST_YEAR, PastGrant
from grants.payments.models import Account, Bounce, Disbursement, Hold, PaymentOrder, ReceiptCheck
from grants.payments.proofs import OrderProof
from grants.payments.receipts import Deduction, DeductionStep, ReceiptSample, SampledDisbursement
from grants.programmes.models import Call, Criterion, DocumentType, Programme, RuleSet
from grants.selection.models import FlagResolution, Rank, Score, Skip, Verification

__all__ = [
    "FIRST_LIST_YEAR",
    "Account",
    "Allocation",
    "AllocationBalance",
    "AllocationChange",
    "Application",
    "ApplicationBalance",
    "ApplicationDocument",
    "ApplicationStep",
    "Bounce",
    "BudgetBalance",
    "BudgetItem",
    "BudgetLine",
    "BusinessPlan",
    "Call",
    "CeilingChange",
    "ChainLink",
    "CoverLetter",
    "Criterion",
    "Decree",
    "DecreeLine",
    "DecreeStep",
    "Deduction",
    "DeductionStep",
    "Disbursement",
    "DocumentType",
    "EligibilityCheck",
    "Entry",
    "FlagResolution",
    "FundReturn",
    "Hold",
    "LedgerCheck",
    "OrderProof",
    "OtherAid",
    "PastGrant",
    "PaymentOrder",
    "Programme",
    "Purchase",
    "Rank",
    "ReceiptCheck",
    "ReceiptSample",
    "Recovery",
    "Report",
    "ReportStep",
    "RuleSet",
    "SampledDisbursement",
    "Score",
    "Skip",
    "Verification",
    "Waiver",
]
