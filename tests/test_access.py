"""Who gets what at every address: URL name × role × own or other region. A name that is missing here fails."""

import pytest

from ppks.kit import roles
from ppks.kit.checks import is_admin, patterns
from ppks.regions.models import Institution
from tests.about import about
from tests.addresses import KNOWN, OUTSIDE, PROVINCE_WIDE, PUBLIC, about_one, address, url_names
from tests.factories import StayFactory
from tests.office import OfficeBrowser
from tests.people import ONE_A_ROLE, OTHER_UPT, member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

USERS = ["nobody", *ONE_A_ROLE]  # the columns, in the order of the cast

# 302: to the log-in page, from it, or where the role's front page is; 403: not for this role; 404: not in this reach;
# 405: not this method; 422: the form says what is missing. A partner office has nothing referred to it yet.
GET = """
name               place  nobody prov verif pptk kepala bend bojo kadin upt mitra audit admin
front              -      302    200  200   200  200    200  200  200   200 302   200   302
region_list        -      302    200  200   200  200    200  200  200   200 403   200   403
person_list        -      302    200  200   200  200    200  200  200   200 403   200   403
person_search      -      302    200  200   200  200    200  200  200   200 403   403   403
dashboard          -      302    200  200   200  200    200  200  200   403 403   200   403
region_detail      own    302    200  200   200  200    200  200  200   403 403   200   403
region_detail      other  302    200  200   200  200    200  404  404   403 403   200   403
business_list      -      302    200  200   200  200    200  200  200   403 403   200   403
person_detail      own    302    200  200   200  200    200  200  200   200 403   200   403
person_detail      other  302    200  200   200  200    200  404  404   404 403   200   403
person_history     own    302    200  200   200  200    200  200  200   200 403   200   403
person_history     other  302    200  200   200  200    200  404  404   404 403   200   403
person_grants      own    302    200  200   200  200    200  200  200   200 403   200   403
person_grants      other  302    200  200   200  200    200  404  404   404 403   200   403
programme_list     -      302    200  200   200  200    200  200  200   403 403   200   403
programme_detail   -      302    200  200   200  200    200  200  200   403 403   200   403
rule_set_add       -      302    403  403   200  403    403  403  403   403 403   403   403
call_add           -      302    403  403   200  403    403  403  403   403 403   403   403
call_change        -      302    403  403   200  403    403  403  403   403 403   403   403
application_list   -      302    200  200   200  200    200  200  200   403 403   200   403
application_add    own    302    403  403   403  403    403  200  403   403 403   403   403
application_add    other  302    403  403   403  403    403  404  403   403 403   403   403
application_detail own    302    200  200   200  200    200  200  200   403 403   200   403
application_detail other  302    200  200   200  200    200  404  404   403 403   200   403
application_eligibility  own    302    200  200   200  200    200  200  200   403 403   200   403
application_eligibility  other  302    200  200   200  200    200  404  404   403 403   200   403
application_plan   own    302    200  200   200  200    200  200  200   403 403   200   403
application_plan   other  302    200  200   200  200    200  404  404   403 403   200   403
application_items  own    302    200  200   200  200    200  200  200   403 403   200   403
application_items  other  302    200  200   200  200    200  404  404   403 403   200   403
application_documents  own    302    200  200   200  200    200  200  200   403 403   200   403
application_documents  other  302    200  200   200  200    200  404  404   403 403   200   403
application_dossier own   302    200  200   200  200    200  200  200   403 403   403   403
application_dossier other 302    200  200   200  200    200  404  404   403 403   403   403
application_history  own    302    200  200   200  200    200  200  200   403 403   200   403
application_history  other  302    200  200   200  200    200  404  404   403 403   200   403
application_submit_many - 302    403  403   403  403    403  403  200   403 403   403   403
application_submit own    302    403  403   403  403    403  403  200   403 403   403   403
application_submit other  302    403  403   403  403    403  403  404   403 403   403   403
application_reject own    302    403  302   302  403    403  403  403   403 403   403   403
application_reject other  302    403  302   302  403    403  403  403   403 403   403   403
application_cancel own    302    403  403   403  302    403  403  403   403 403   403   403
application_cancel other  302    403  403   403  302    403  403  403   403 403   403   403
application_move   own    405    405  405   405  405    405  405  405   405 405   405   405
application_move   other  405    405  405   405  405    405  405  405   405 405   405   405
finding_board      -      302    200  200   200  200    200  403  403   403 403   200   403
finding_list       -      302    200  200   200  200    200  403  403   403 403   200   403
application_reports own    302  200  200  200  200  200  200  200  403  403  200  403
application_reports other  302  200  200  200  200  200  404  404  403  403  200  403
report_detail      own    302  200  200  200  200  200  200  200  403  403  200  403
report_detail      other  302  200  200  200  200  200  404  404  403  403  200  403
report_paper       own    302  200  200  200  200  200  200  200  403  403  403  403
report_paper       other  302  200  200  200  200  200  404  404  403  403  403  403
purchase_add       own    302  403  403  403  403  403  200  403  403  403  403  403
purchase_add       other  302  403  403  403  403  403  404  403  403  403  403  403
purchase_change    own    302  403  403  403  403  403  404  403  403  403  403  403
purchase_change    other  302  403  403  403  403  403  404  403  403  403  403  403
purchase_remove    own    405  405  405  405  405  405  405  405  405  405  405  405
purchase_remove    other  405  405  405  405  405  405  405  405  405  405  405  405
slip_add           own    302  403  403  403  403  403  200  403  403  403  403  403
slip_add           other  302  403  403  403  403  403  404  403  403  403  403  403
slip_remove        own    405  405  405  405  405  405  405  405  405  405  405  405
slip_remove        other  405  405  405  405  405  405  405  405  405  405  405  405
report_move        own    405  405  405  405  405  405  405  405  405  405  405  405
report_move        other  405  405  405  405  405  405  405  405  405  405  405  405
application_recover own    302  403  403  403  302  403  403  403  403  403  403  403
application_recover other  302  403  403  403  302  403  403  403  403  403  403  403
application_settle own    302  403  403  403  403  302  403  403  403  403  403  403
application_settle other  302  403  403  403  403  302  403  403  403  403  403  403
application_waive  own    302  403  403  403  200  403  403  403  403  403  403  403
application_waive  other  302  403  403  403  200  403  403  403  403  403  403  403
person_businesses  own    302    200  200   200  200    200  200  200   403 403   200   403
person_businesses  other  302    200  200   200  200    200  404  404   403 403   200   403
person_consents    own    302    200  200   200  200    200  200  200   200 403   200   403
person_consents    other  302    200  200   200  200    200  404  404   404 403   200   403
consent_give       own    302    200  403   403  403    403  200  403   403 403   403   403
consent_give       other  302    200  403   403  403    403  404  403   403 403   403   403
consent_withdraw   own    302    200  403   403  403    403  200  403   403 403   403   403
consent_withdraw   other  302    200  403   403  403    403  404  403   403 403   403   403
consent_text       -      302    200  200   200  200    200  200  200   200 403   200   403
person_reveal      own    302    200  403   403  403    403  200  403   403 403   403   403
person_reveal      other  302    200  403   403  403    403  404  403   403 403   403   403
person_move        own    405    405  405   405  405    405  405  405   405 405   405   405
person_move        other  405    405  405   405  405    405  405  405   405 405   405   405
household_add      own    302    200  403   403  403    403  200  403   403 403   403   403
household_add      other  302    200  403   403  403    403  404  403   403 403   403   403
person_independence own    302    200  200   200  200    200  200  200   403 403   200   403
person_independence other  302    200  200   200  200    200  404  404   403 403   200   403
agreement_add      own    302    200  403   403  403    403  200  403   403 403   403   403
agreement_add      other  302    200  403   403  403    403  404  403   403 403   403   403
graduation_propose own    302    200  403   403  403    403  200  403   403 403   403   403
graduation_propose other  302    200  403   403  403    403  404  403   403 403   403   403
graduation_detail  own    302    200  200   200  200    200  200  200   403 403   200   403
graduation_detail  other  302    200  200   200  200    200  404  404   403 403   200   403
graduation_verify  own    302    200  200   403  403    403  200  200   403 403   403   403
graduation_verify  other  302    200  200   403  403    403  404  404   403 403   403   403
graduation_decide  own    302    403  403   403  200    403  403  403   403 403   403   403
graduation_decide  other  302    403  403   403  200    403  403  403   403 403   403   403
graduation_relapse own    302    200  403   403  403    403  200  403   403 403   403   403
graduation_relapse other  302    200  403   403  403    403  404  403   403 403   403   403
graduation_move    own    405    405  405   405  405    405  405  405   405 405   405   405
graduation_move    other  405    405  405   405  405    405  405  405   405 405   405   405
readiness_list     -      302    200  200   200  200    200  200  200   403 403   200   403
spell_list         -      302    200  200   200  200    200  200  200   403 403   200   403
outcome_overview   -      302    200  200   200  200    200  200  200   403 403   200   403
cost_list          -      302    200  200   200  200    200  200  200   403 403   200   403
spell_table_file   -      302    200  200   200  200    200  200  200   403 403   200   403
period_list        -      302    200  200   200  200    200  200  200   403 403   200   403
period_rows        -      302    302  302   302  302    302  302  302   403 403   302   403
period_detail      -      302    200  200   200  200    200  200  200   403 403   200   403
period_file        -      302    200  200   200  200    200  200  200   403 403   200   403
period_close       -      302    200  403   403  403    403  403  403   403 403   403   403
edition_detail     -      302    200  200   200  200    200  200  200   403 403   200   403
edition_differences -      302    200  200   200  200    200  200  200   403 403   200   403
business_detail    own    302    200  200   200  200    200  200  200   403 403   200   403
business_detail    other  302    200  200   200  200    200  404  404   403 403   200   403
visit_add          own    302    200  403   403  403    403  200  403   403 403   403   403
visit_add          other  302    200  403   403  403    403  404  403   403 403   403   403
visit_detail       own    302    200  200   200  200    200  200  200   403 403   200   403
visit_detail       other  302    200  200   200  200    200  404  404   403 403   200   403
visit_correct      own    302    200  403   403  403    403  200  403   403 403   403   403
visit_correct      other  302    200  403   403  403    403  404  403   403 403   403   403
visit_photo        own    302    200  200   200  200    200  200  200   403 403   404   403
visit_photo        other  302    200  200   200  200    200  404  404   403 403   404   403
attachment_file    own    302    200  200   200  200    200  200  200   403 403   403   403
attachment_file    other  302    200  200   200  200    200  404  404   403 403   403   403
paper_file         own    302    200  200   200  200    200  200  200   403 403   403   403
paper_file         other  302    200  200   200  200    200  404  404   403 403   403   403
batch_list         -      302    200  200   200  200    200  200  200   403 403   403   403
batch_detail       own    302    200  200   200  200    200  200  200   403 403   403   403
batch_detail       other  302    200  200   200  200    200  404  404   403 403   403   403
batch_file         own    302    302  302   302  302    302  302  302   403 403   403   403
batch_file         other  302    302  302   302  302    302  404  404   403 403   403   403
batch_retry        own    405    405  405   405  405    405  405  405   405 405   405   405
batch_retry        other  405    405  405   405  405    405  405  405   405 405   405   405
paper_ask          -      200    200  200   200  200    200  200  200   200 200   200   200
paper_check        -      200    200  200   200  200    200  200  200   200 200   200   200
business_override  own    302    200  403   403  403    403  200  403   403 403   403   403
business_override  other  302    200  403   403  403    403  404  403   403 403   403   403
progress_method    -      302    200  200   200  200    200  200  200   403 403   200   403
due_list           -      302    200  200   200  200    200  200  200   403 403   200   403
due_snooze         own    302    200  403   403  403    403  200  200   403 403   403   403
due_snooze         other  302    200  403   403  403    403  404  404   403 403   403   403
due_unsnooze       own    405    405  405   405  405    405  405  405   405 405   405   405
due_unsnooze       other  405    405  405   405  405    405  405  405   405 405   405   405
due_assign         own    302    200  403   403  403    403  403  200   403 403   403   403
due_assign         other  302    200  403   403  403    403  403  404   403 403   403   403
officer_list       -      302    200  200   200  200    200  200  200   403 403   200   403
officer_list_file  -      302    200  200   200  200    200  200  200   403 403   200   403
meeting_list       -      302    200  200   200  200    200  200  200   403 403   200   403
meeting_add        -      302    200  403   403  200    403  403  403   403 403   403   403
meeting_detail     own    302    200  200   200  200    200  200  200   403 403   200   403
meeting_detail     other  302    200  200   200  200    200  404  404   403 403   200   403
meeting_change     own    302    302  403   403  302    403  403  403   403 403   403   403
meeting_change     other  302    302  403   403  302    403  403  403   403 403   403   403
meeting_move       own    405    405  405   405  405    405  405  405   405 405   405   405
meeting_move       other  405    405  405   405  405    405  405  405   405 405   405   405
meeting_close      own    302    200  403   403  200    403  403  403   403 403   403   403
meeting_close      other  302    200  403   403  200    403  403  403   403 403   403   403
meeting_minutes    own    302    200  200   200  200    200  200  200   403 403   200   403
meeting_minutes    other  302    200  200   200  200    200  404  404   403 403   200   403
item_add           own    302    200  403   403  200    403  403  403   403 403   403   403
item_add           other  302    200  403   403  200    403  403  403   403 403   403   403
item_drop          own    302    200  403   403  200    403  403  403   403 403   403   403
item_drop          other  302    200  403   403  200    403  403  403   403 403   403   403
item_move          own    405    405  405   405  405    405  405  405   405 405   405   405
item_move          other  405    405  405   405  405    405  405  405   405 405   405   405
item_discuss       own    302    200  403   403  200    403  403  403   403 403   403   403
item_discuss       other  302    200  403   403  200    403  403  403   403 403   403   403
participant_list   own    302    200  403   403  200    403  403  403   403 403   403   403
participant_list   other  302    200  403   403  200    403  403  403   403 403   403   403
participant_mark   own    405    405  405   405  405    405  405  405   405 405   405   405
participant_mark   other  405    405  405   405  405    405  405  405   405 405   405   405
input_add          own    302    200  403   403  200    403  200  200   403 403   403   403
input_add          other  302    200  403   403  200    403  404  404   403 403   403   403
input_list         -      302    200  200   200  200    200  200  200   403 403   200   403
input_settle       own    302    200  403   403  200    403  403  403   403 403   403   403
input_settle       other  302    200  403   403  200    403  403  403   403 403   403   403
decision_add       own    302    200  403   403  200    403  403  403   403 403   403   403
decision_add       other  302    200  403   403  200    403  403  403   403 403   403   403
decision_list      -      302    200  200   200  200    200  200  200   403 403   200   403
decision_detail    own    302    200  200   200  200    200  200  200   403 403   200   403
decision_detail    other  302    200  200   200  200    200  404  404   403 403   200   403
decision_move      own    405    405  405   405  405    405  405  405   405 405   405   405
decision_move      other  405    405  405   405  405    405  405  405   405 405   405   405
guidance_report    -      302    200  200   200  200    200  200  200   403 403   200   403
briefing_list      own    302    200  200   200  200    200  200  200   403 403   200   403
briefing_list      other  302    200  200   200  200    200  404  404   403 403   200   403
briefing_print     own    302    200  200   200  200    200  200  200   403 403   200   403
briefing_print     other  302    200  200   200  200    200  404  404   403 403   200   403
feedback_send      -      200    200  200   200  200    200  200  200   200 200   200   200
feedback_check     -      200    200  200   200  200    200  200  200   200 200   200   200
feedback_poster    -      302    200  403   403  200    403  200  200   403 403   200   403
feedback_list      -      302    200  403   403  200    403  200  200   403 403   200   403
feedback_detail    own    302    200  403   403  200    403  200  200   403 403   200   403
feedback_detail    other  302    200  403   403  200    403  404  404   403 403   200   403
feedback_move      own    405    405  405   405  405    405  405  405   405 405   405   405
feedback_move      other  405    405  405   405  405    405  405  405   405 405   405   405
feedback_answer    own    302    200  403   403  200    403  200  200   403 403   403   403
feedback_answer    other  302    200  403   403  200    403  404  404   403 403   403   403
feedback_note      own    302    200  403   403  200    403  200  200   403 403   403   403
feedback_note      other  302    200  403   403  200    403  404  404   403 403   403   403
feedback_contact   own    302    200  403   403  200    403  200  200   403 403   403   403
feedback_contact   other  302    200  403   403  200    403  404  404   403 403   403   403
feedback_entrust   own    302    403  403   403  200    403  403  403   403 403   403   403
feedback_entrust   other  302    403  403   403  200    403  403  403   403 403   403   403
budget_front       -      302    302  302   302  302    302  302  302   403 403   302   403
budget_year        -      302    200  200   200  200    200  200  200   403 403   200   403
ledger_list        -      302    200  200   200  200    200  200  200   403 403   200   403
budget_line_add    -      302    403  403   200  403    403  403  403   403 403   403   403
budget_line_detail own    302    200  200   200  200    200  200  200   403 403   200   403
budget_line_detail other  302    200  200   200  200    200  404  404   403 403   200   403
ceiling_change     own    302    403  403   200  403    403  403  403   403 403   403   403
ceiling_change     other  302    403  403   200  403    403  403  403   403 403   403   403
allocation_change  own    302    403  403   200  403    403  403  403   403 403   403   403
allocation_change  other  302    403  403   200  403    403  403  403   403 403   403   403
allocation_upload  own    302    403  403   200  403    403  403  403   403 403   403   403
allocation_upload  other  302    403  403   200  403    403  403  403   403 403   403   403
decree_list        -      302    200  200   200  200    200  200  200   403 403   200   403
decree_line_list   -      302    200  200   200  200    200  200  200   403 403   200   403
decree_add         -      302    403  403   200  403    403  403  403   403 403   403   403
decree_detail      own    302    200  200   200  200    200  200  200   403 403   200   403
decree_detail      other  302    200  200   200  200    200  404  404   403 403   200   403
decree_preview     own    302    200  200   200  200    200  200  200   403 403   403   403
decree_preview     other  302    200  200   200  200    200  404  404   403 403   403   403
decree_pick        own    302    403  403   200  403    403  403  403   403 403   403   403
decree_pick        other  302    403  403   200  403    403  403  403   403 403   403   403
decree_change      own    302    403  403   200  403    403  403  403   403 403   403   403
decree_change      other  302    403  403   200  403    403  403  403   403 403   403   403
decree_amend       own    302    403  403   302  403    403  403  403   403 403   403   403
decree_amend       other  302    403  403   302  403    403  403  403   403 403   403   403
decree_enact       own    302    403  403   403  200    403  403  403   403 403   403   403
decree_enact       other  302    403  403   403  200    403  403  403   403 403   403   403
decree_discard     own    405    405  405   405  405    405  405  405   405 405   405   405
decree_discard     other  405    405  405   405  405    405  405  405   405 405   405   405
disbursement_list  -      302    200  200   200  200    200  200  200   403 403   200   403
payment_order_list -      302    200  200   200  200    200  200  200   403 403   200   403
receipt_overview   -      302    200  200   200  200    200  200  200   403 403   200   403
deduction_list     -      302    200  200   200  200    200  200  200   403 403   200   403
payment_add        -      302    403  403   403  403    200  403  403   403 403   403   403
payment_reconcile  -      302    403  403   403  403    200  403  403   403 403   403   403
sample_draw        -      302    200  403   403  403    403  403  403   403 403   403   403
payment_order_detail own    302    200  200   200  200    200  200  200   403 403   200   403
payment_order_detail other  302    200  200   200  200    200  404  404   403 403   200   403
disbursement_detail own    302    200  200   200  200    200  200  200   403 403   200   403
disbursement_detail other  302    200  200   200  200    200  404  404   403 403   200   403
deduction_detail   own    302    200  200   200  200    200  200  200   403 403   200   403
deduction_detail   other  302    200  200   200  200    200  404  404   403 403   200   403
payment_order_prove own    302    403  403   403  403    200  403  403   403 403   403   403
payment_order_prove other  302    403  403   403  403    200  403  403   403 403   403   403
goods_add          own    302    403  403   403  403    200  403  403   403 403   403   403
goods_add          other  302    403  403   403  403    200  403  403   403 403   403   403
bounce_add         own    302    403  403   403  403    200  403  403   403 403   403   403
bounce_add         other  302    403  403   403  403    200  403  403   403 403   403   403
payment_order_print own    405    405  405   405  405    405  405  405   405 405   405   405
payment_order_print other  405    405  405   405  405    405  405  405   405 405   405   405
deduction_move     own    405    405  405   405  405    405  405  405   405 405   405   405
deduction_move     other  405    405  405   405  405    405  405  405   405 405   405   405
disbursement_paper own    302    200  200   200  200    200  200  200   403 403   403   403
disbursement_paper other  302    200  200   200  200    200  404  404   403 403   403   403
account_add        own    302    403  403   403  403    200  200  403   403 403   403   403
account_add        other  302    403  403   403  403    200  404  403   403 403   403   403
receipt_add        own    302    200  403   403  403    403  200  403   403 403   403   403
receipt_add        other  302    200  403   403  403    403  404  403   403 403   403   403
hold_add           own    302    403  403   200  200    403  403  403   403 403   403   403
hold_add           other  302    403  403   200  200    403  403  403   403 403   403   403
hold_lift          own    302    403  403   200  200    403  403  403   403 403   403   403
hold_lift          other  302    403  403   200  200    403  403  403   403 403   403   403
region_list_file   -      302    200  200   200  200    200  200  200   200 403   200   403
picture_file       -      302    200  200   200  200    200  200  200   403 403   200   403
sheet_file         -      302    200  200   200  200    200  200  200   200 403   200   403
sheet_print        -      302    200  200   200  200    200  200  200   200 403   200   403
sheet_order        -      405    405  405   405  405    405  405  405   405 405   405   405
sheet_full         -      302    200  403   403  403    403  200  403   403 403   403   403
import_list        -      302    200  403   403  403    403  200  403   403 403   403   403
import_detail      own    302    200  403   403  403    403  200  403   403 403   403   403
import_detail      other  302    200  403   403  403    403  404  403   403 403   403   403
import_progress    own    302    200  403   403  403    403  200  403   403 403   403   403
import_progress    other  302    200  403   403  403    403  404  403   403 403   403   403
import_rest        own    302    200  403   403  403    403  200  403   403 403   403   403
import_rest        other  302    200  403   403  403    403  404  403   403 403   403   403
import_undo        own    302    302  403   403  403    403  302  403   403 403   403   403
import_undo        other  302    302  403   403  403    403  404  403   403 403   403   403
import_answer      own    405    405  405   405  405    405  405  405   405 405   405   405
import_answer      other  405    405  405   405  405    405  405  405   405 405   405   405
import_write       own    405    405  405   405  405    405  405  405   405 405   405   405
import_write       other  405    405  405   405  405    405  405  405   405 405   405   405
import_keep        own    405    405  405   405  405    405  405  405   405 405   405   405
import_leave       own    405    405  405   405  405    405  405  405   405 405   405   405
import_keep        other  405    405  405   405  405    405  405  405   405 405   405   405
import_leave       other  405    405  405   405  405    405  405  405   405 405   405   405
import_retry       own    405    405  405   405  405    405  405  405   405 405   405   405
import_retry       other  405    405  405   405  405    405  405  405   405 405   405   405
export_list        -      302    200  200   200  200    200  200  200   200 403   200   403
export_detail      own    302    200  200   200  200    200  200  200   200 403   200   403
export_detail      other  302    404  404   404  404    404  404  404   404 403   404   403
export_file        own    302    302  302   302  302    302  302  302   302 403   302   403
export_file        other  302    404  404   404  404    404  404  404   404 403   404   403
referral_list      -      302    200  200   200  200    200  200  200   403 200   200   403
office_report      -      302    200  200   200  200    200  200  200   403 200   200   403
office_report_file -      302    200  200   200  200    200  200  200   403 403   200   403
referral_detail    own    302    200  200   200  200    200  200  200   403 200   200   403
referral_detail    other  302    200  200   200  200    200  404  404   403 404   200   403
referral_move      own    405    405  405   405  405    405  405  405   405 405   405   405
referral_move      other  405    405  405   405  405    405  405  405   405 405   405   405
referral_link      own    405    405  405   405  405    405  405  405   405 405   405   405
referral_link      other  405    405  405   405  405    405  405  405   405 405   405   405
referral_letter    own    302    200  403   403  403    403  200  403   403 403   403   403
referral_letter    other  302    200  403   403  403    403  404  403   403 403   403   403
referral_send      own    302    200  403   403  403    403  200  403   403 403   403   403
referral_send      other  302    200  403   403  403    403  404  403   403 403   403   403
referral_answer    own    200    200  200   200  200    200  200  200   200 200   200   200
referral_answer    other  200    200  200   200  200    200  200  200   200 200   200   200
notice_list        -      302    200  200   200  200    200  200  200   200 200   200   200
notice_read_all    -      405    405  405   405  405    405  405  405   405 405   405   405
notice_open        own    405    405  405   405  405    405  405  405   405 405   405   405
notice_open        other  405    405  405   405  405    405  405  405   405 405   405   405
plan_list          -      302    200  200   200  200    200  200  200   403 403   200   403
help_list          -      302    200  200   200  200    200  200  200   403 403   200   403
plan_helped        -      302    200  200   200  200    200  200  200   403 403   200   403
plan_helped_file   -      302    200  200   200  200    200  200  200   403 403   200   403
plan_make          own    302    302  403   403  403    403  302  302   403 403   403   403
plan_make          other  302    302  403   403  403    403  404  404   403 403   403   403
plan_detail        own    302    200  200   200  200    200  200  200   403 403   200   403
plan_detail        other  302    200  200   200  200    200  404  404   403 403   200   403
plan_change        own    302    200  403   403  403    403  200  200   403 403   403   403
plan_change        other  302    200  403   403  403    403  404  404   403 403   403   403
action_add         own    302    200  403   403  403    403  200  200   403 403   403   403
action_add         other  302    200  403   403  403    403  404  404   403 403   403   403
action_change      own    302    200  403   403  403    403  200  200   403 403   403   403
action_change      other  302    200  403   403  403    403  404  404   403 403   403   403
action_move        own    302    200  403   403  403    403  200  200   403 403   403   403
action_move        other  302    200  403   403  403    403  404  404   403 403   403   403
plan_move          own    405    405  405   405  405    405  405  405   405 405   405   405
plan_move          other  405    405  405   405  405    405  405  405   405 405   405   405
selection_now      -      302  302  302  302  302  302  302  302  403  403  302  403
selection_list     -      302  200  200  200  200  200  200  200  403  403  200  403
selection_list_file -      302  200  200  200  200  200  200  200  403  403  200  403
selection_detail   own    302  200  200  200  200  200  200  200  403  403  200  403
selection_detail   other  302  200  200  200  200  200  404  404  403  403  200  403
application_verify own    302  403  302  403  403  403  403  403  403  403  403  403
flag_set_aside     own    405  405  405  405  405  405  405  405  405  405  405  405
application_score  own    302  302  302  403  403  403  403  403  403  403  403  403
application_promote own    302  403  403  302  403  403  403  403  403  403  403  403
application_reason own    302  404  404  404  404  404  404  404  403  403  404  403
application_reason_issue own    405  405  405  405  405  405  405  405  405  405  405  405
application_verify other  302  403  302  403  403  403  403  403  403  403  403  403
flag_set_aside     other  405  405  405  405  405  405  405  405  405  405  405  405
application_score  other  302  302  302  403  403  403  403  403  403  403  403  403
application_promote other  302  403  403  302  403  403  403  403  403  403  403  403
application_reason other  302  404  404  404  404  404  404  404  403  403  404  403
application_reason_issue other  405  405  405  405  405  405  405  405  405  405  405  405
login              -      200    302  302   302  302    302  302  302   302 302   302   302
logout             -      405    405  405   405  405    405  405  405   405 405   405   405
own_password       -      302    200  200   200  200    200  200  200   200 200   200   200
second_factor      -      302    200  200   200  200    200  200  200   200 200   200   200
healthz            -      200    200  200   200  200    200  200  200   200 200   200   200
"""
POST = """
name               place  nobody prov verif pptk kepala bend bojo kadin upt mitra audit admin
front              -      405    405  405   405  405    405  405  405   405 405   405   405
region_list        -      405    405  405   405  405    405  405  405   405 405   405   405
person_list        -      405    405  405   405  405    405  405  405   405 405   405   405
person_search      -      302    422  422   422  422    422  422  422   422 403   403   403
dashboard          -      405    405  405   405  405    405  405  405   405 405   405   405
region_detail      own    405    405  405   405  405    405  405  405   405 405   405   405
region_detail      other  405    405  405   405  405    405  405  405   405 405   405   405
business_list      -      405    405  405   405  405    405  405  405   405 405   405   405
person_detail      own    405    405  405   405  405    405  405  405   405 405   405   405
person_detail      other  405    405  405   405  405    405  405  405   405 405   405   405
person_history     own    405    405  405   405  405    405  405  405   405 405   405   405
person_history     other  405    405  405   405  405    405  405  405   405 405   405   405
person_grants      own    405    405  405   405  405    405  405  405   405 405   405   405
person_grants      other  405    405  405   405  405    405  405  405   405 405   405   405
programme_list     -      405    405  405   405  405    405  405  405   405 405   405   405
programme_detail   -      405    405  405   405  405    405  405  405   405 405   405   405
rule_set_add       -      302    403  403   422  403    403  403  403   403 403   403   403
call_add           -      302    403  403   422  403    403  403  403   403 403   403   403
call_change        -      302    403  403   422  403    403  403  403   403 403   403   403
application_list   -      405    405  405   405  405    405  405  405   405 405   405   405
application_add    own    302    403  403   403  403    403  422  403   403 403   403   403
application_add    other  302    403  403   403  403    403  404  403   403 403   403   403
application_detail own    405    405  405   405  405    405  405  405   405 405   405   405
application_detail other  405    405  405   405  405    405  405  405   405 405   405   405
application_eligibility  own    302    403  403   403  403    403  422  403   403 403   403   403
application_eligibility  other  302    403  403   403  403    403  404  404   403 403   403   403
application_plan   own    302    403  403   403  403    403  422  403   403 403   403   403
application_plan   other  302    403  403   403  403    403  404  404   403 403   403   403
application_items  own    302    403  403   403  403    403  422  403   403 403   403   403
application_items  other  302    403  403   403  403    403  404  404   403 403   403   403
application_documents  own    302    403  403   403  403    403  422  403   403 403   403   403
application_documents  other  302    403  403   403  403    403  404  404   403 403   403   403
application_dossier own   405    405  405   405  405    405  405  405   405 405   405   405
application_dossier other 405    405  405   405  405    405  405  405   405 405   405   405
application_history  own    405    405  405   405  405    405  405  405   405 405   405   405
application_history  other  405    405  405   405  405    405  405  405   405 405   405   405
application_submit_many - 302    403  403   403  403    403  403  422   403 403   403   403
application_submit own    302    403  403   403  403    403  403  422   403 403   403   403
application_submit other  302    403  403   403  403    403  403  404   403 403   403   403
application_reject own    302    403  302   302  403    403  403  403   403 403   403   403
application_reject other  302    403  302   302  403    403  403  403   403 403   403   403
application_cancel own    302    403  403   403  302    403  403  403   403 403   403   403
application_cancel other  302    403  403   403  302    403  403  403   403 403   403   403
application_move   own    302    403  403   403  403    403  302  403   403 403   403   403
application_move   other  302    403  403   403  403    403  404  404   403 403   403   403
finding_board      -      405    405  405   405  405    405  405  405   405 405   405   405
finding_list       -      405    405  405   405  405    405  405  405   405 405   405   405
application_reports own    405  405  405  405  405  405  405  405  405  405  405  405
application_reports other  405  405  405  405  405  405  405  405  405  405  405  405
report_detail      own    405  405  405  405  405  405  405  405  405  405  405  405
report_detail      other  405  405  405  405  405  405  405  405  405  405  405  405
report_paper       own    405  405  405  405  405  405  405  405  405  405  405  405
report_paper       other  405  405  405  405  405  405  405  405  405  405  405  405
purchase_add       own    302  403  403  403  403  403  422  403  403  403  403  403
purchase_add       other  302  403  403  403  403  403  404  403  403  403  403  403
purchase_change    own    302  403  403  403  403  403  404  403  403  403  403  403
purchase_change    other  302  403  403  403  403  403  404  403  403  403  403  403
purchase_remove    own    302  403  403  403  403  403  404  403  403  403  403  403
purchase_remove    other  302  403  403  403  403  403  404  403  403  403  403  403
slip_add           own    302  403  403  403  403  403  422  403  403  403  403  403
slip_add           other  302  403  403  403  403  403  404  403  403  403  403  403
slip_remove        own    302  403  403  403  403  403  404  403  403  403  403  403
slip_remove        other  302  403  403  403  403  403  404  403  403  403  403  403
report_move        own    302  403  403  403  403  403  302  403  403  403  403  403
report_move        other  302  403  403  403  403  403  404  404  403  403  403  403
application_recover own    302  403  403  403  302  403  403  403  403  403  403  403
application_recover other  302  403  403  403  302  403  403  403  403  403  403  403
application_settle own    302  403  403  403  403  302  403  403  403  403  403  403
application_settle other  302  403  403  403  403  302  403  403  403  403  403  403
application_waive  own    302  403  403  403  422  403  403  403  403  403  403  403
application_waive  other  302  403  403  403  422  403  403  403  403  403  403  403
person_businesses  own    405    405  405   405  405    405  405  405   405 405   405   405
person_businesses  other  405    405  405   405  405    405  405  405   405 405   405   405
person_consents    own    405    405  405   405  405    405  405  405   405 405   405   405
person_consents    other  405    405  405   405  405    405  405  405   405 405   405   405
consent_give       own    302    422  403   403  403    403  422  403   403 403   403   403
consent_give       other  302    422  403   403  403    403  404  403   403 403   403   403
consent_withdraw   own    302    422  403   403  403    403  422  403   403 403   403   403
consent_withdraw   other  302    422  403   403  403    403  404  403   403 403   403   403
consent_text       -      405    405  405   405  405    405  405  405   405 405   405   405
person_reveal      own    302    422  403   403  403    403  422  403   403 403   403   403
person_reveal      other  302    422  403   403  403    403  404  403   403 403   403   403
person_move        own    302    302  403   403  403    403  302  403   403 403   403   403
person_move        other  302    302  403   403  403    403  404  403   403 403   403   403
readiness_list     -      405    405  405   405  405    405  405  405   405 405   405   405
spell_list         -      405    405  405   405  405    405  405  405   405 405   405   405
outcome_overview   -      405    405  405   405  405    405  405  405   405 405   405   405
cost_list          -      405    405  405   405  405    405  405  405   405 405   405   405
spell_table_file   -      405    405  405   405  405    405  405  405   405 405   405   405
period_list        -      405    405  405   405  405    405  405  405   405 405   405   405
period_rows        -      405    405  405   405  405    405  405  405   405 405   405   405
period_detail      -      405    405  405   405  405    405  405  405   405 405   405   405
period_file        -      405    405  405   405  405    405  405  405   405 405   405   405
edition_detail     -      405    405  405   405  405    405  405  405   405 405   405   405
edition_differences -      405    405  405   405  405    405  405  405   405 405   405   405
period_close       -      302    422  403   403  403    403  403  403   403 403   403   403
household_add      own    302    422  403   403  403    403  422  403   403 403   403   403
household_add      other  302    422  403   403  403    403  404  403   403 403   403   403
person_independence own    405    405  405   405  405    405  405  405   405 405   405   405
person_independence other  405    405  405   405  405    405  405  405   405 405   405   405
agreement_add      own    302    422  403   403  403    403  422  403   403 403   403   403
agreement_add      other  302    422  403   403  403    403  404  403   403 403   403   403
graduation_propose own    302    302  403   403  403    403  302  403   403 403   403   403
graduation_propose other  302    302  403   403  403    403  404  403   403 403   403   403
graduation_detail  own    405    405  405   405  405    405  405  405   405 405   405   405
graduation_detail  other  405    405  405   405  405    405  405  405   405 405   405   405
graduation_verify  own    302    422  422   403  403    403  422  422   403 403   403   403
graduation_verify  other  302    422  422   403  403    403  404  404   403 403   403   403
graduation_decide  own    302    403  403   403  302    403  403  403   403 403   403   403
graduation_decide  other  302    403  403   403  302    403  403  403   403 403   403   403
graduation_relapse own    302    422  403   403  403    403  422  403   403 403   403   403
graduation_relapse other  302    422  403   403  403    403  404  403   403 403   403   403
graduation_move    own    302    302  403   403  403    403  302  403   403 403   403   403
graduation_move    other  302    302  403   403  403    403  404  403   403 403   403   403
business_detail    own    405    405  405   405  405    405  405  405   405 405   405   405
business_detail    other  405    405  405   405  405    405  405  405   405 405   405   405
visit_add          own    302    422  403   403  403    403  422  403   403 403   403   403
visit_add          other  302    422  403   403  403    403  404  403   403 403   403   403
visit_detail       own    405    405  405   405  405    405  405  405   405 405   405   405
visit_detail       other  405    405  405   405  405    405  405  405   405 405   405   405
visit_correct      own    302    422  403   403  403    403  422  403   403 403   403   403
visit_correct      other  302    422  403   403  403    403  404  403   403 403   403   403
visit_photo        own    405    405  405   405  405    405  405  405   405 405   405   405
visit_photo        other  405    405  405   405  405    405  405  405   405 405   405   405
attachment_file    own    405    405  405   405  405    405  405  405   405 405   405   405
attachment_file    other  405    405  405   405  405    405  405  405   405 405   405   405
paper_file         own    405    405  405   405  405    405  405  405   405 405   405   405
paper_file         other  405    405  405   405  405    405  405  405   405 405   405   405
batch_list         -      405    405  405   405  405    405  405  405   405 405   405   405
batch_detail       own    405    405  405   405  405    405  405  405   405 405   405   405
batch_detail       other  405    405  405   405  405    405  405  405   405 405   405   405
batch_file         own    405    405  405   405  405    405  405  405   405 405   405   405
batch_file         other  405    405  405   405  405    405  405  405   405 405   405   405
batch_retry        own    302    302  302   302  302    302  302  302   403 403   403   403
batch_retry        other  302    404  404   404  404    404  404  404   403 403   403   403
paper_ask          -      405    405  405   405  405    405  405  405   405 405   405   405
paper_check        -      405    405  405   405  405    405  405  405   405 405   405   405
business_override  own    302    422  403   403  403    403  422  403   403 403   403   403
business_override  other  302    422  403   403  403    403  404  403   403 403   403   403
progress_method    -      405    405  405   405  405    405  405  405   405 405   405   405
due_list           -      405    405  405   405  405    405  405  405   405 405   405   405
due_snooze         own    302    422  403   403  403    403  422  422   403 403   403   403
due_snooze         other  302    422  403   403  403    403  404  404   403 403   403   403
due_unsnooze       own    302    302  403   403  403    403  302  302   403 403   403   403
due_unsnooze       other  302    302  403   403  403    403  404  404   403 403   403   403
due_assign         own    302    302  403   403  403    403  403  302   403 403   403   403
due_assign         other  302    302  403   403  403    403  403  404   403 403   403   403
officer_list       -      405    405  405   405  405    405  405  405   405 405   405   405
officer_list_file  -      405    405  405   405  405    405  405  405   405 405   405   405
meeting_list       -      405    405  405   405  405    405  405  405   405 405   405   405
meeting_add        -      302    422  403   403  422    403  403  403   403 403   403   403
meeting_detail     own    405    405  405   405  405    405  405  405   405 405   405   405
meeting_detail     other  405    405  405   405  405    405  405  405   405 405   405   405
meeting_change     own    302    302  403   403  302    403  403  403   403 403   403   403
meeting_change     other  302    302  403   403  302    403  403  403   403 403   403   403
meeting_move       own    302    302  403   403  302    403  403  403   403 403   403   403
meeting_move       other  302    302  403   403  302    403  403  403   403 403   403   403
meeting_close      own    302    200  403   403  200    403  403  403   403 403   403   403
meeting_close      other  302    200  403   403  200    403  403  403   403 403   403   403
meeting_minutes    own    405    405  405   405  405    405  405  405   405 405   405   405
meeting_minutes    other  405    405  405   405  405    405  405  405   405 405   405   405
item_add           own    302    422  403   403  422    403  403  403   403 403   403   403
item_add           other  302    422  403   403  422    403  403  403   403 403   403   403
item_drop          own    302    422  403   403  422    403  403  403   403 403   403   403
item_drop          other  302    422  403   403  422    403  403  403   403 403   403   403
item_move          own    302    302  403   403  302    403  403  403   403 403   403   403
item_move          other  302    302  403   403  302    403  403  403   403 403   403   403
item_discuss       own    302    422  403   403  422    403  403  403   403 403   403   403
item_discuss       other  302    422  403   403  422    403  403  403   403 403   403   403
participant_list   own    302    422  403   403  422    403  403  403   403 403   403   403
participant_list   other  302    422  403   403  422    403  403  403   403 403   403   403
participant_mark   own    302    302  403   403  302    403  403  403   403 403   403   403
participant_mark   other  302    302  403   403  302    403  403  403   403 403   403   403
input_add          own    302    422  403   403  422    403  422  422   403 403   403   403
input_add          other  302    422  403   403  422    403  404  404   403 403   403   403
input_list         -      405    405  405   405  405    405  405  405   405 405   405   405
input_settle       own    302    422  403   403  422    403  403  403   403 403   403   403
input_settle       other  302    422  403   403  422    403  403  403   403 403   403   403
decision_add       own    302    422  403   403  422    403  403  403   403 403   403   403
decision_add       other  302    422  403   403  422    403  403  403   403 403   403   403
decision_list      -      405    405  405   405  405    405  405  405   405 405   405   405
decision_detail    own    405    405  405   405  405    405  405  405   405 405   405   405
decision_detail    other  405    405  405   405  405    405  405  405   405 405   405   405
decision_move      own    302    302  403   403  302    403  302  302   403 403   403   403
decision_move      other  302    302  403   403  302    403  404  404   403 403   403   403
guidance_report    -      405    405  405   405  405    405  405  405   405 405   405   405
briefing_list      own    405    405  405   405  405    405  405  405   405 405   405   405
briefing_list      other  405    405  405   405  405    405  405  405   405 405   405   405
briefing_print     own    405    405  405   405  405    405  405  405   405 405   405   405
briefing_print     other  405    405  405   405  405    405  405  405   405 405   405   405
feedback_send      -      422    422  422   422  422    422  422  422   422 422   422   422
feedback_check     -      422    422  422   422  422    422  422  422   422 422   422   422
feedback_poster    -      405    405  405   405  405    405  405  405   405 405   405   405
feedback_list      -      405    405  405   405  405    405  405  405   405 405   405   405
feedback_detail    own    405    405  405   405  405    405  405  405   405 405   405   405
feedback_detail    other  405    405  405   405  405    405  405  405   405 405   405   405
feedback_move      own    302    302  403   403  302    403  302  302   403 403   403   403
feedback_move      other  302    302  403   403  302    403  404  404   403 403   403   403
feedback_answer    own    302    422  403   403  422    403  422  422   403 403   403   403
feedback_answer    other  302    422  403   403  422    403  404  404   403 403   403   403
feedback_note      own    302    422  403   403  422    403  422  422   403 403   403   403
feedback_note      other  302    422  403   403  422    403  404  404   403 403   403   403
feedback_contact   own    302    422  403   403  422    403  422  422   403 403   403   403
feedback_contact   other  302    422  403   403  422    403  404  404   403 403   403   403
feedback_entrust   own    302    403  403   403  302    403  403  403   403 403   403   403
feedback_entrust   other  302    403  403   403  302    403  403  403   403 403   403   403
budget_front       -      405    405  405   405  405    405  405  405   405 405   405   405
budget_year        -      405    405  405   405  405    405  405  405   405 405   405   405
ledger_list        -      405    405  405   405  405    405  405  405   405 405   405   405
budget_line_add    -      302    403  403   422  403    403  403  403   403 403   403   403
budget_line_detail own    405    405  405   405  405    405  405  405   405 405   405   405
budget_line_detail other  405    405  405   405  405    405  405  405   405 405   405   405
ceiling_change     own    302    403  403   422  403    403  403  403   403 403   403   403
ceiling_change     other  302    403  403   422  403    403  403  403   403 403   403   403
allocation_change  own    302    403  403   422  403    403  403  403   403 403   403   403
allocation_change  other  302    403  403   422  403    403  403  403   403 403   403   403
allocation_upload  own    302    403  403   422  403    403  403  403   403 403   403   403
allocation_upload  other  302    403  403   422  403    403  403  403   403 403   403   403
decree_list        -      405    405  405   405  405    405  405  405   405 405   405   405
decree_line_list   -      405    405  405   405  405    405  405  405   405 405   405   405
decree_add         -      302    403  403   422  403    403  403  403   403 403   403   403
decree_detail      own    405    405  405   405  405    405  405  405   405 405   405   405
decree_detail      other  405    405  405   405  405    405  405  405   405 405   405   405
decree_preview     own    405    405  405   405  405    405  405  405   405 405   405   405
decree_preview     other  405    405  405   405  405    405  405  405   405 405   405   405
decree_pick        own    302    403  403   302  403    403  403  403   403 403   403   403
decree_pick        other  302    403  403   302  403    403  403  403   403 403   403   403
decree_change      own    302    403  403   422  403    403  403  403   403 403   403   403
decree_change      other  302    403  403   422  403    403  403  403   403 403   403   403
decree_amend       own    302    403  403   302  403    403  403  403   403 403   403   403
decree_amend       other  302    403  403   302  403    403  403  403   403 403   403   403
decree_enact       own    302    403  403   403  200    403  403  403   403 403   403   403
decree_enact       other  302    403  403   403  200    403  403  403   403 403   403   403
decree_discard     own    302    403  403   302  403    403  403  403   403 403   403   403
decree_discard     other  302    403  403   302  403    403  403  403   403 403   403   403
disbursement_list  -      405    405  405   405  405    405  405  405   405 405   405   405
payment_order_list -      405    405  405   405  405    405  405  405   405 405   405   405
receipt_overview   -      405    405  405   405  405    405  405  405   405 405   405   405
deduction_list     -      405    405  405   405  405    405  405  405   405 405   405   405
payment_add        -      302    403  403   403  403    422  403  403   403 403   403   403
payment_reconcile  -      302    403  403   403  403    422  403  403   403 403   403   403
sample_draw        -      302    422  403   403  403    403  403  403   403 403   403   403
payment_order_detail own    405    405  405   405  405    405  405  405   405 405   405   405
payment_order_detail other  405    405  405   405  405    405  405  405   405 405   405   405
disbursement_detail own    405    405  405   405  405    405  405  405   405 405   405   405
disbursement_detail other  405    405  405   405  405    405  405  405   405 405   405   405
deduction_detail   own    405    405  405   405  405    405  405  405   405 405   405   405
deduction_detail   other  405    405  405   405  405    405  405  405   405 405   405   405
payment_order_prove own    302    403  403   403  403    422  403  403   403 403   403   403
payment_order_prove other  302    403  403   403  403    422  403  403   403 403   403   403
goods_add          own    302    403  403   403  403    422  403  403   403 403   403   403
goods_add          other  302    403  403   403  403    422  403  403   403 403   403   403
bounce_add         own    302    403  403   403  403    422  403  403   403 403   403   403
bounce_add         other  302    403  403   403  403    422  403  403   403 403   403   403
payment_order_print own    302    403  403   403  403    302  403  403   403 403   403   403
payment_order_print other  302    403  403   403  403    302  403  403   403 403   403   403
deduction_move     own    302    403  403   302  302    403  403  403   403 403   403   403
deduction_move     other  302    403  403   302  302    403  403  403   403 403   403   403
disbursement_paper own    405    405  405   405  405    405  405  405   405 405   405   405
disbursement_paper other  405    405  405   405  405    405  405  405   405 405   405   405
account_add        own    302    403  403   403  403    422  422  403   403 403   403   403
account_add        other  302    403  403   403  403    422  404  403   403 403   403   403
receipt_add        own    302    422  403   403  403    403  422  403   403 403   403   403
receipt_add        other  302    422  403   403  403    403  404  403   403 403   403   403
hold_add           own    302    403  403   422  422    403  403  403   403 403   403   403
hold_add           other  302    403  403   422  422    403  403  403   403 403   403   403
hold_lift          own    302    403  403   422  422    403  403  403   403 403   403   403
hold_lift          other  302    403  403   422  422    403  403  403   403 403   403   403
region_list_file   -      405    405  405   405  405    405  405  405   405 405   405   405
picture_file       -      405    405  405   405  405    405  405  405   405 405   405   405
sheet_file         -      405    405  405   405  405    405  405  405   405 405   405   405
sheet_print        -      405    405  405   405  405    405  405  405   405 405   405   405
sheet_order        -      302    302  302   302  302    302  302  302   302 403   302   403
sheet_full         -      302    422  403   403  403    403  422  403   403 403   403   403
import_list        -      302    422  403   403  403    403  422  403   403 403   403   403
import_detail      own    405    405  405   405  405    405  405  405   405 405   405   405
import_detail      other  405    405  405   405  405    405  405  405   405 405   405   405
import_progress    own    405    405  405   405  405    405  405  405   405 405   405   405
import_progress    other  405    405  405   405  405    405  405  405   405 405   405   405
import_rest        own    405    405  405   405  405    405  405  405   405 405   405   405
import_rest        other  405    405  405   405  405    405  405  405   405 405   405   405
import_undo        own    302    302  403   403  403    403  302  403   403 403   403   403
import_undo        other  302    302  403   403  403    403  404  403   403 403   403   403
import_answer      own    302    302  403   403  403    403  302  403   403 403   403   403
import_answer      other  302    302  403   403  403    403  404  403   403 403   403   403
import_write       own    302    302  403   403  403    403  302  403   403 403   403   403
import_write       other  302    302  403   403  403    403  404  403   403 403   403   403
import_keep        own    302    302  403   403  403    403  302  403   403 403   403   403
import_leave       own    302    302  403   403  403    403  302  403   403 403   403   403
import_keep        other  302    302  403   403  403    403  404  403   403 403   403   403
import_leave       other  302    302  403   403  403    403  404  403   403 403   403   403
import_retry       own    302    302  403   403  403    403  302  403   403 403   403   403
import_retry       other  302    302  403   403  403    403  404  403   403 403   403   403
export_list        -      405    405  405   405  405    405  405  405   405 405   405   405
export_detail      own    405    405  405   405  405    405  405  405   405 405   405   405
export_detail      other  405    405  405   405  405    405  405  405   405 405   405   405
export_file        own    405    405  405   405  405    405  405  405   405 405   405   405
export_file        other  405    405  405   405  405    405  405  405   405 405   405   405
referral_list      -      405    405  405   405  405    405  405  405   405 405   405   405
office_report      -      405    405  405   405  405    405  405  405   405 405   405   405
office_report_file -      405    405  405   405  405    405  405  405   405 405   405   405
referral_detail    own    405    405  405   405  405    405  405  405   405 405   405   405
referral_detail    other  405    405  405   405  405    405  405  405   405 405   405   405
referral_answer    own    200    200  200   200  200    200  200  200   200 200   200   200
referral_answer    other  200    200  200   200  200    200  200  200   200 200   200   200
referral_move      own    302    302  403   403  403    403  302  403   403 403   403   403
referral_move      other  302    302  403   403  403    403  404  404   403 404   403   403
referral_link      own    302    302  403   403  403    403  302  403   403 403   403   403
referral_link      other  302    302  403   403  403    403  404  403   403 403   403   403
referral_letter    own    405    405  405   405  405    405  405  405   405 405   405   405
referral_letter    other  405    405  405   405  405    405  405  405   405 405   405   405
referral_send      own    302    422  403   403  403    403  422  403   403 403   403   403
referral_send      other  302    422  403   403  403    403  404  403   403 403   403   403
notice_list        -      405    405  405   405  405    405  405  405   405 405   405   405
notice_read_all    -      302    302  302   302  302    302  302  302   302 302   302   302
notice_open        own    302    302  302   302  302    302  302  302   302 302   302   302
notice_open        other  302    404  404   404  404    404  404  404   404 404   404   404
plan_list          -      405    405  405   405  405    405  405  405   405 405   405   405
help_list          -      405    405  405   405  405    405  405  405   405 405   405   405
plan_helped        -      405    405  405   405  405    405  405  405   405 405   405   405
plan_helped_file   -      405    405  405   405  405    405  405  405   405 405   405   405
plan_detail        own    405    405  405   405  405    405  405  405   405 405   405   405
plan_detail        other  405    405  405   405  405    405  405  405   405 405   405   405
plan_make          own    302    422  403   403  403    403  422  422   403 403   403   403
plan_make          other  302    422  403   403  403    403  404  404   403 403   403   403
plan_change        own    302    422  403   403  403    403  422  422   403 403   403   403
plan_change        other  302    422  403   403  403    403  404  404   403 403   403   403
action_add         own    302    422  403   403  403    403  422  422   403 403   403   403
action_add         other  302    422  403   403  403    403  404  404   403 403   403   403
action_change      own    302    422  403   403  403    403  422  422   403 403   403   403
action_change      other  302    422  403   403  403    403  404  404   403 403   403   403
action_move        own    302    422  403   403  403    403  422  422   403 403   403   403
action_move        other  302    422  403   403  403    403  404  404   403 403   403   403
plan_move          own    302    302  403   403  403    403  302  302   403 403   403   403
plan_move          other  302    302  403   403  403    403  404  404   403 403   403   403
selection_now      -      405  405  405  405  405  405  405  405  405  405  405  405
selection_list     -      405  405  405  405  405  405  405  405  405  405  405  405
selection_list_file -      405  405  405  405  405  405  405  405  405  405  405  405
selection_detail   own    302  403  403  302  403  403  403  403  403  403  403  403
selection_detail   other  302  403  403  302  403  403  403  403  403  403  403  403
application_verify own    302  403  302  403  403  403  403  403  403  403  403  403
flag_set_aside     own    302  403  302  403  403  403  403  403  403  403  403  403
application_score  own    302  302  302  403  403  403  403  403  403  403  403  403
application_promote own    302  403  403  302  403  403  403  403  403  403  403  403
application_reason own    405  405  405  405  405  405  405  405  405  405  405  405
application_reason_issue own    302  403  404  404  403  403  403  403  403  403  403  403
application_verify other  302  403  302  403  403  403  403  403  403  403  403  403
flag_set_aside     other  302  403  302  403  403  403  403  403  403  403  403  403
application_score  other  302  302  302  403  403  403  403  403  403  403  403  403
application_promote other  302  403  403  302  403  403  403  403  403  403  403  403
application_reason other  405  405  405  405  405  405  405  405  405  405  405  405
application_reason_issue other  302  403  404  404  403  403  403  403  403  403  403  403
login              -      200    302  302   302  302    302  302  302   302 302   302   302
logout             -      302    302  302   302  302    302  302  302   302 302   302   302
own_password       -      302    422  422   422  422    422  422  422   422 422   422   422
second_factor      -      302    422  422   422  422    422  422  422   422 422   422   422
healthz            -      405    405  405   405  405    405  405  405   405 405   405   405
"""


def read(table: str) -> dict[tuple[str, str], dict[str, int]]:
    """{(URL name, place): {user: status}}"""
    _, *lines = (line.split() for line in table.strip().splitlines())
    return {(name, place): dict(zip(USERS, map(int, codes), strict=True)) for name, place, *codes in lines}


TABLES = {"get": read(GET), "post": read(POST)}


@pytest.fixture
def places(tailoring, fishery, stranger):
    """`places(user)`: what is the user's own and what is not. The two people stay in two UPT, so that it holds for UPT too."""
    StayFactory(person=tailoring.person)
    StayFactory(person=fishery.person, institution=Institution.objects.get(code=OTHER_UPT))

    def of(user):
        own = about(tailoring, user)
        return {"own": own, "other": about(fishery, stranger), "-": own}

    return of


@pytest.mark.long
@pytest.mark.parametrize("username", USERS)
@pytest.mark.parametrize("method", TABLES)
def test_every_address_answers_every_role_as_the_table_says(places, stranger, method, username):
    table, user = TABLES[method], None if username == "nobody" else member(username)
    whom, answers = places(user or stranger), {}

    browser, leaving = OfficeBrowser(user), OfficeBrowser(user)
    for name, place in table:
        send = getattr(leaving if name == "logout" else browser, method)
        answers[name, place] = send(address(name, whom[place]), {"nothing": "of use"}).status_code

    assert answers == {case: statuses[username] for case, statuses in table.items()}


@pytest.mark.parametrize("method", TABLES)
def test_no_address_is_missing_from_the_table(method):
    assert url_names() == set(KNOWN)
    assert {name for name, _ in TABLES[method]} == url_names()


@pytest.mark.parametrize("method", TABLES)
def test_every_address_with_the_key_of_a_row_is_tried_with_own_and_other(method):
    places = {}
    for name, place in TABLES[method]:
        places.setdefault(name, set()).add(place)

    assert sorted(name for name, tried in places.items() if tried == {"own", "other"}) == about_one()


def test_no_address_with_a_key_is_taken_for_one_without():
    with_keys = {p.name for p in patterns() if not is_admin(p.callback) and {"pk", "key"} & set(p.pattern.converters)}

    assert with_keys - set(about_one()) == PROVINCE_WIDE


def test_the_views_outside_every_door_are_these_and_no_others():
    outside = {p.name for p in patterns() if not is_admin(p.callback) and p.callback.door is None}

    assert outside == OUTSIDE


def test_the_views_behind_a_public_door_are_these_and_no_others():
    public = {p.name for p in patterns() if not is_admin(p.callback) and p.callback.door == roles.PUBLIC}

    assert public == PUBLIC


@pytest.mark.parametrize("method", TABLES)
def test_a_public_page_answers_everybody_the_same(method):
    different = {
        case: statuses
        for case, statuses in TABLES[method].items()
        if case[0] in PUBLIC and len(set(statuses.values())) > 1
    }

    assert different == {}


def test_a_passer_by_reaches_nothing_but_log_in_health_and_the_public_pages():
    open_to_all = {name for (name, _), statuses in TABLES["get"].items() if statuses["nobody"] == 200}

    assert open_to_all == {"login", "healthz"} | PUBLIC
