"""The moves of an application: who may make them, from where, and what must hold before.

Moves that rest on a document (a decree, a payment, a report) are made by the functions that write that document.
"""

from grants.applications.guards import (
    commits_nothing,
    has_payment_papers,
    has_two_scorers,
    is_eligible_today,
    is_next_in_rank,
    is_ready_to_close,
    is_ready_to_submit,
    is_verified_with_visit,
    took_no_other_stage,
)
from grants.applications.statuses import Link, Status
from ppks.kit.workflow import Move, Workflow

S = Status


def _of(*statuses: Status) -> frozenset[str]:
    return frozenset(statuses)


APPLICATION = Workflow(
    Move(
        "submit",
        "Ajukan ke provinsi",
        _of(S.DRAFT, S.RETURNED),
        S.SUBMITTED,
        "grants.submit",
        guards=(is_ready_to_submit, is_eligible_today),
        personal=(took_no_other_stage(Link.SUBMIT),),
    ),
    Move("return", "Kembalikan untuk diperbaiki", _of(S.SUBMITTED), S.RETURNED, "grants.verify", needs_note=True),
    Move(
        "verify",
        "Nyatakan lolos verifikasi",
        _of(S.SUBMITTED),
        S.VERIFIED,
        "grants.verify",
        guards=(is_verified_with_visit,),
        personal=(took_no_other_stage(Link.VERIFY),),
    ),
    Move(
        "reject",
        "Nyatakan tidak memenuhi syarat",
        _of(S.SUBMITTED, S.RETURNED, S.VERIFIED),
        S.INELIGIBLE,
        "grants.reject",
        needs_note=True,
    ),
    Move(
        "nominate",
        "Masukkan daftar nominatif",
        _of(S.VERIFIED),
        S.NOMINATED,
        "grants.rank",
        guards=(has_two_scorers,),
    ),
    Move("waitlist", "Jadikan cadangan", _of(S.VERIFIED), S.WAITLISTED, "grants.rank", guards=(has_two_scorers,)),
    Move(
        "promote",
        "Naikkan dari cadangan",
        _of(S.WAITLISTED),
        S.NOMINATED,
        "grants.rank",
        guards=(is_next_in_rank,),
    ),
    Move(
        "promote_out_of_turn",
        "Naikkan, melewati urutan",
        _of(S.WAITLISTED),
        S.NOMINATED,
        "grants.rank",
        needs_note=True,
    ),
    Move(
        "decree",
        "Tetapkan dengan SK",
        _of(S.NOMINATED),
        S.DECREED,
        "grants.decree",
        personal=(took_no_other_stage(Link.DECREE),),
    ),
    Move(
        "disburse",
        "Salurkan",
        _of(S.DECREED, S.DISBURSED),
        S.DISBURSED,
        "grants.disburse",
        guards=(has_payment_papers,),
        personal=(took_no_other_stage(Link.DISBURSE),),
    ),
    Move(
        "undo_disburse",
        "Batalkan penyaluran yang gagal",
        _of(S.DISBURSED),
        S.DECREED,
        "grants.disburse",
        needs_note=True,
    ),
    Move(
        "account",
        "Sahkan SPJ terakhir",
        _of(S.DISBURSED),
        S.ACCOUNTED,
        "grants.approve_report",
        personal=(took_no_other_stage(Link.APPROVE),),
    ),
    Move("close", "Tutup", _of(S.ACCOUNTED), S.CLOSED, "grants.close", guards=(is_ready_to_close,)),
    Move(
        "withdraw",
        "Catat pengunduran diri",
        _of(S.DRAFT, S.SUBMITTED, S.RETURNED, S.VERIFIED, S.NOMINATED, S.WAITLISTED),
        S.WITHDRAWN,
        "grants.propose",
        needs_note=True,
    ),
    Move(
        "cancel",
        "Batalkan",
        _of(S.NOMINATED, S.DECREED),
        S.CANCELLED,
        "grants.cancel",
        guards=(commits_nothing,),
        needs_note=True,
    ),
    Move("recover", "Minta pengembalian", _of(S.DISBURSED, S.ACCOUNTED), S.RECOVERY, "grants.recover", needs_note=True),
    Move("settle", "Nyatakan lunas", _of(S.RECOVERY), S.CLOSED, "grants.settle", needs_note=True),
    Move("revert_to_draft", "Mundurkan ke draf", _of(S.SUBMITTED), S.DRAFT, "grants.revert", needs_note=True),
    Move(
        "revert_to_submitted", "Mundurkan ke diajukan", _of(S.VERIFIED), S.SUBMITTED, "grants.revert", needs_note=True
    ),
    Move(
        "revert_to_verified",
        "Mundurkan ke lolos verifikasi",
        _of(S.NOMINATED, S.WAITLISTED),
        S.VERIFIED,
        "grants.revert",
        needs_note=True,
    ),
    initial=S.DRAFT,
)
BY_DOCUMENT = frozenset({"decree", "disburse", "undo_disburse", "account", "recover", "settle", "nominate", "waitlist"})
