"""Whether a plan fits what somebody has learned: worked cases of rule 1."""

import pytest

from grants.applications.skills import families_in, fit


@pytest.mark.parametrize(
    ("trade", "trainings", "experience", "is_fit", "sentence"),
    [
        ("Penjahit", ["Menjahit"], "", True, "Sesuai keterampilan, karena dilatih di UPT: Menjahit (menjahit)."),
        (
            "Permak baju",
            ["Tata busana"],
            "",
            True,
            "Sesuai keterampilan, karena dilatih di UPT: Tata busana (menjahit).",
        ),
        ("Pijat refleksi", [], "Memijat 3 tahun", True, "Sesuai keterampilan, karena pengalamannya dalam memijat."),
        (
            "Menjahit",
            ["Las listrik"],
            "",
            False,
            "Tidak sesuai keterampilan, karena pelatihan di UPT Las listrik bukan menjahit.",
        ),
        ("Menjahit", [], "", None, "Pelatihan di UPT dan pengalaman belum dicatat."),
        ("", ["Menjahit"], "", None, "Usahanya belum ditulis di rencana usaha."),
        (
            "Penyewaan tenda",
            ["Menjahit"],
            "",
            None,
            "Usaha “Penyewaan tenda” tidak dikenali aturan ini; nilai sendiri dari pelatihan dan pengalamannya.",
        ),
    ],
)
def test_a_plan_is_held_against_training_then_experience(trade, trainings, experience, is_fit, sentence):
    found = fit(trade=trade, trainings=trainings, experience=experience)

    assert (found.is_fit, found.sentence) == (is_fit, sentence)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("pendidikan tahunan", set()),
        ("Jual tahu", {"berdagang", "memasak dan mengolah makanan"}),
        ("BENGKEL LAS", {"bengkel", "las dan logam"}),
        ("peternak ayam", {"bertani dan beternak"}),
        ("kelas malam", set()),
    ],
)
def test_short_words_are_met_whole(text, families):
    assert families_in(text) == families
