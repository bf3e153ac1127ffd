"""The papers of one payment, from what is stored: handover, receipt, responsibility, integrity."""

from typing import Any

from clients.models import Person
from grants.applications.plan import BudgetItem
from grants.decrees.annex import address
from grants.decrees.models import DecreeLine
from grants.payments.models import Disbursement
from grants.programmes.models import Form
from ppks.documents import papers

LABELS = (
    ("bast", "BAST"),
    ("kwitansi", "Kwitansi"),
    ("sptjm", "SPTJM"),
    ("pakta", "Pakta integritas"),
)
KINDS = {
    "bast": "handover_minutes",
    "kwitansi": "receipt",
    "sptjm": "responsibility_statement",
    "pakta": "integrity_pact",
}
OFFICE = "Dinas Sosial Provinsi Jawa Timur"


def paper(kind: str, paid: Disbursement, person: Person, user: Any) -> bytes:
    """The PDF, under the letterhead of the person's kab/kota; it says that it is a preview until it is signed and scanned."""
    return papers.render(KINDS[kind], data(kind, paid, person, user), region_id=paid.region_id)


def data(kind: str, paid: Disbursement, person: Person, user: Any) -> dict[str, Any]:
    """What the paper says, as plain values."""
    programme = paid.application.call.line.programme
    party = {"name": person.shown_name, "nik": person.nik.masked if person.nik else "", "address": address(person)}
    common = {"day": paid.paid_on, "signers": [{"role": "Penerima", "name": person.shown_name}]}
    basis, purpose = basis_of(paid, user), f"{programme} tahap {paid.tranche}"
    match kind:
        case "bast":
            giver = {"role": "Yang menyerahkan"}
            how = {"items": items(paid)} if paid.form == Form.GOODS else {"cash": paid.amount}
            return (
                common
                | how
                | {
                    "giver": {"name": OFFICE},
                    "receiver": party,
                    "basis": basis,
                    "signers": [giver, *common["signers"]],
                }
            )
        case "kwitansi":
            return common | {"payer": OFFICE, "receiver": party, "amount": paid.amount, "purpose": purpose}
        case "sptjm":
            return common | {"party": party, "basis": basis, "amount": paid.amount, "purpose": purpose}
    return common | {"party": party, "programme": str(programme)}


def basis_of(paid: Disbursement, user: Any) -> str:
    """The decree on which the payment rests, in words."""
    lines = DecreeLine.objects.visible_to(user).filter(application=paid.application_id, decree__status="enacted")
    line = lines.select_related("decree").order_by("-pk").first()
    return f"Keputusan Nomor {line.decree.number}" if line else "Keputusan penetapan penerima"


def items(paid: Disbursement) -> list[dict[str, Any]]:
    """The goods as the budget plan names them."""
    found = BudgetItem.objects.filter(application=paid.application_id)
    return [{"name": one.description, "count": one.quantity, "unit": one.unit, "price": one.price} for one in found]
