"""Trades, obstacles and the thresholds of the progress rule in Django's admin; no business or visit is reached through it."""

from django.contrib import admin
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitoring import reference
from monitoring.progress import RULES
from ppks.kit.admin import Sheet, site
from ppks.kit.reference_admin import ReferenceAdmin


@admin.register(reference.Trade, site=site)
class TradeAdmin(ReferenceAdmin):
    list_display = ["code", "name", "group", "kbli", "retired_on"]
    list_filter = ["group", *ReferenceAdmin.list_filter]
    search_fields = ["code", "name", "kbli"]


@admin.register(reference.Obstacle, site=site)
class ObstacleAdmin(ReferenceAdmin):
    list_display = ["code", "label", "offices", "retired_on"]
    search_fields = ["code", "label"]


# What each threshold means; a new version of the rule is a change of the program (docs/decisions/).
MEANINGS = {
    "growth_percent": "Berkembang: omzet sedikitnya sekian persen di atas awal",
    "decline_percent": "Tidak berkembang: omzet sedikitnya sekian persen di bawah awal",
    "band_percent": "Stagnan: tiga omzet terakhir berselisih paling banyak sekian persen",
    "stagnant_days": "Stagnan: selama sedikitnya sekian hari",
    "trend_percent": "Trend: dua kali naik atau turun lebih dari sekian persen",
    "more_workers": "Berkembang: tenaga kerja bertambah sedikitnya sekian orang",
    "valid_days": "Keadaan berlaku sekian hari sesudah kunjungan terakhir",
}


@require_safe
def progress_rules(request):
    """Every version of the rule with its thresholds, the newest first; read only."""
    versions = [RULES[number] for number in sorted(RULES, reverse=True)]
    context = site.each_context(request) | {
        "title": "Ambang aturan perkembangan",
        "versions": versions,
        "thresholds": [(label, [getattr(rule, name) for rule in versions]) for name, label in MEANINGS.items()],
    }
    return render(request, "admin/progress_rules.html", context)


site.show(Sheet("progress_rules", "aturan/", "Ambang aturan perkembangan", progress_rules))
