"""Pictures are plain values: places, widths and words are checked as they stand in the SVG."""

from dataclasses import replace
from datetime import date

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from ppks.kit.charts import (
    Cell,
    Part,
    Point,
    Reference,
    Tile,
    ages_bars,
    bars_table,
    bullet_bar,
    line_chart,
    stacked_bar,
    tile_map,
)
from ppks.kit.charts.lines import Text
from ppks.kit.charts.tables import percent
from ppks.kit.charts.tiles import HEIGHT, STRAIT_COL, STRAIT_ROW, WIDTH, steps

LIST_OF_2020 = [
    17, 17, 18, 13, 13, 12, 8, 16, 14, 7, 12, 13, 8, 15, 6, 13, 13, 8, 10, 17, 15, 19, 19, 15, 8, 11, 14, 18, 7,
]  # fmt: skip
UMK = Reference("UMK Kab. Trenggalek 2026", 2_530_313)
VISITS = [
    Point(date(2025, 10, 14), 1_800_000),
    Point(date(2025, 12, 15), 2_000_000),
    Point(date(2026, 2, 12), 2_200_000),
    Point(date(2026, 5, 14), 2_050_000),
    Point(date(2026, 8, 18), 1_600_000, tone="declining"),
    Point(date(2026, 11, 12), 1_400_000, url="/kunjungan/6/", tone="declining"),
]


def tile(row, col, name, value, *, kind="kabupaten", abbreviation="ABC"):
    kinds = {"kabupaten": "Kabupaten", "kota": "Kota"}
    return Tile(row, col, "35.01", abbreviation, f"{kinds[kind]} {name}", kind, value, f"/klien/?kab={name}")


PACITAN = tile(4, 1, "Pacitan", 19, abbreviation="PCT")
SURABAYA = tile(1, 5, "Surabaya", 15, kind="kota", abbreviation="SBY")
BATU = tile(3, 4, "Batu", None, kind="kota", abbreviation="BTU")
LAMONGAN = tile(0, 3, "Lamongan", 3, abbreviation="LMG")


# Steps of the map


def test_four_steps_by_quartile_of_the_list_of_2020():
    assert [step.text for step in steps(LIST_OF_2020, unit="orang")] == ["1–9 orang", "10–12", "13–15", "16–19"]


def test_steps_follow_each_other_without_a_gap():
    found = steps([1, 2, 2, 5, 9, 14, 40, 41, 1200], unit="orang")
    assert [(step.low, step.high) for step in found] == [(1, 1), (2, 8), (9, 39), (40, 1200)]
    assert found[-1].text == "40–1.200"


@pytest.mark.parametrize(
    ("values", "texts", "fills"),
    [
        ([], [], []),
        ([3, 3], ["3 orang"], ["fill-m3"]),
        ([1, 7], ["1 orang", "7"], ["fill-m2", "fill-m4"]),
        ([1, 2, 3], ["1 orang", "2", "3"], ["fill-m1", "fill-m3", "fill-m4"]),
    ],
)
def test_few_different_values_need_fewer_steps_far_apart_in_colour(values, texts, fills):
    found = steps(values, unit="orang")
    assert [step.text for step in found] == texts
    assert [step.fill for step in found] == fills


def test_many_ones_do_not_hide_the_few_that_have_more():
    assert [step.text for step in steps([1] * 20 + [2, 3, 4, 5, 9], unit="orang")] == ["1–2 orang", "3", "4", "5–9"]


# Tile map


def test_a_tile_lies_in_its_cell_and_says_its_name_number_and_unit():
    found = tile_map([PACITAN, SURABAYA], measure_label="Penerima", unit="orang").tiles[-1]
    assert (found.x, found.y, found.place) == (71, 257, "translate(71 257)")
    assert (found.abbreviation, found.text, found.fill) == ("PCT", "19", "fill-m4")
    assert found.name == "Kabupaten Pacitan, PCT 19 orang"
    assert found.url == "/klien/?kab=Pacitan"
    assert not found.is_city


@pytest.mark.parametrize("value", [None, 0])
def test_none_is_hatched_and_says_so(value):
    empty = tile(3, 4, "Batu", value, kind="kota", abbreviation="BTU")
    picture = tile_map([PACITAN, empty], measure_label="Penerima", unit="orang")
    found = picture.tiles[0]
    assert (found.fill, found.text, found.name) == ("", "–", "Kota Batu, BTU – belum ada")
    assert (picture.has_none, picture.without) == (True, "Kota Batu")


def test_a_city_is_drawn_with_its_dot():
    picture = tile_map([SURABAYA], measure_label="Penerima", unit="orang")
    assert picture.tiles[0].is_city
    assert picture.has_city


def test_a_picture_is_drawn_anew_when_a_number_in_it_is_another():
    first, same, other = (
        Template('{% drawn "parts/charts/tile_map.html" map=map sentence="Peta" %}').render(Context({"map": picture}))
        for picture in (
            tile_map([SURABAYA, PACITAN], measure_label="Penerima", unit="orang"),
            tile_map([SURABAYA, PACITAN], measure_label="Penerima", unit="orang"),
            tile_map([replace(SURABAYA, value=99), PACITAN], measure_label="Penerima", unit="orang"),
        )
    )
    assert first == same
    assert "99" not in first
    assert 'data-figure="99"' in other


def test_the_drawing_of_a_tile_is_as_large_as_its_place():
    drawn = render_to_string("parts/charts/tile_map.html", {"map": tile_map([SURABAYA], measure_label="", unit="")})
    assert f'<rect width="{WIDTH}" height="{HEIGHT}"' in drawn


def test_the_keyboard_goes_through_the_tiles_row_by_row():
    picture = tile_map([PACITAN, BATU, LAMONGAN, SURABAYA], measure_label="Penerima", unit="orang")
    assert [found.abbreviation for found in picture.tiles] == ["LMG", "SBY", "BTU", "PCT"]


def test_the_strait_keeps_its_cell_unless_a_tile_lies_there():
    names = [word for _, _, word in tile_map([PACITAN], measure_label="Penerima", unit="orang").strait]
    taken = tile(STRAIT_ROW, STRAIT_COL, "Baru", 1)
    assert names == ["Selat", "Madura"]
    assert tile_map([taken], measure_label="Penerima", unit="orang").strait == ()


def test_a_phone_gets_the_same_numbers_largest_first():
    picture = tile_map([LAMONGAN, BATU, SURABAYA, PACITAN], measure_label="Penerima", unit="orang")
    assert [(rank.name, rank.text, rank.width) for rank in picture.ranks] == [
        ("Kab. Pacitan", "19", "100.0%"),
        ("Kota Surabaya", "15", "78.9%"),
        ("Kab. Lamongan", "3", "15.8%"),
    ]
    assert picture.more_ranks == ()


def test_a_long_list_shows_eight_and_folds_the_rest():
    tiles = [tile(row, 0, f"Kab{row:02}", 20 - row) for row in range(10)]
    picture = tile_map(tiles, measure_label="Penerima", unit="orang")
    assert (len(picture.ranks), len(picture.more_ranks)) == (8, 2)


def test_table_and_csv_say_what_the_tiles_say():
    table = tile_map([BATU, PACITAN], measure_label="Penerima", unit="orang").table
    assert table.rows == (
        (Cell("Kabupaten Pacitan"), Cell("19", 19, "/klien/?kab=Pacitan")),
        (Cell("Kota Batu"), Cell("–", 0)),
    )
    assert list(table.csv_rows()) == [["Kab/kota", "Penerima"], ["Kabupaten Pacitan", 19], ["Kota Batu", 0]]


def test_small_groups_are_hidden_on_tile_list_table_and_csv_alike():
    two, four = tile(0, 0, "Dua", 2), tile(0, 1, "Empat", 4)
    picture = tile_map([two, four, PACITAN], measure_label="Penerima", unit="orang", hide_below=5)
    assert [found.text for found in picture.tiles] == ["<5", "<5", "19"]
    assert picture.tiles[0].fill == picture.tiles[1].fill
    assert [(rank.name, rank.text, rank.width) for rank in picture.ranks[1:]] == [
        ("Kab. Dua", "<5", "21.1%"),
        ("Kab. Empat", "<5", "21.1%"),
    ]
    assert list(picture.table.csv_rows())[2:] == [["Kabupaten Dua", "<5"], ["Kabupaten Empat", "<5"]]


def test_a_negative_measure_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="negative"):
        tile_map([tile(0, 0, "Minus", -1)], measure_label="Penerima", unit="orang")


# Bars


def test_stacked_bar_shares_the_width_and_leaves_gaps():
    bar = stacked_bar([Part("growing", "Berkembang", 3), Part("unknown", "Belum diketahui", 1)])
    assert [(each.x, each.width, each.middle, each.fill) for each in bar.segments] == [
        ("0.00%", "74.74%", "37.37%", "fill-growing"),
        ("75.09%", "24.91%", "87.54%", "fill-unknown"),
    ]
    assert [each.is_hatched for each in bar.segments] == [False, True]
    assert bar.total == 4


def test_the_name_of_a_bar_is_a_sentence():
    parts = [Part("growing", "Berkembang", 1136), Part("stagnant", "Stagnan", 77), Part("closed", "Tutup", 0)]
    assert stacked_bar(parts, title="Menurut daftar, 26 Agustus 2020").label == (
        "Menurut daftar, 26 Agustus 2020: berkembang 1.136, stagnan 77"
    )
    assert stacked_bar(parts).label == "Berkembang 1.136, stagnan 77"


def test_numbers_stand_only_where_they_fit():
    counts = {"growing": 61, "steady": 48, "stagnant": 22, "declining": 17, "closed": 9, "unknown": 219}
    bar = stacked_bar(Part(key, key, count) for key, count in counts.items())
    assert [(each.text, each.fits) for each in bar.segments] == [
        ("61", "always"),
        ("48", "always"),
        ("22", "wide"),
        ("17", "wide"),
        ("", ""),
        ("219", "always"),
    ]


def test_one_in_a_thousand_is_still_seen_and_nobody_is_not_drawn():
    parts = [Part("growing", "Berkembang", 999), Part("declining", "Menurun", 1), Part("closed", "Tutup", 0)]
    assert [each.width for each in stacked_bar(parts).segments] == ["98.86%", "0.79%"]


def test_an_empty_bar_has_no_segments_and_says_so():
    bar = stacked_bar([Part("growing", "Berkembang", 0)], title="Hari ini")
    assert bar.segments == ()
    assert bar.label == "Hari ini: belum ada"
    assert stacked_bar([], title="Hari ini").label == "Hari ini: belum ada"


def test_bars_side_by_side_in_one_table_each_number_with_its_share_and_link():
    then = stacked_bar([Part("growing", "Berkembang", 3, "/dulu/"), Part("steady", "Biasa saja", 1)])
    now = stacked_bar([Part("growing", "Berkembang", 0), Part("unknown", "Belum diketahui", 4, "/kini/")])
    table = bars_table({"Daftar 2020": then, "Hari ini": now}, caption="Keadaan usaha", heading="Keadaan")
    assert table.columns == ("Keadaan", "Daftar 2020", "Hari ini")
    assert table.rows == (
        (Cell("Berkembang", fill="fill-growing"), Cell("3", 3, "/dulu/", "(75%)"), Cell("–", 0)),
        (Cell("Biasa saja", fill="fill-steady"), Cell("1", 1, "", "(25%)"), Cell("–", 0)),
        (Cell("Belum diketahui", fill="fill-unknown"), Cell("–", 0), Cell("4", 4, "/kini/", "(100%)")),
    )


def test_ages_share_one_scale():
    parts = [Part("", "Minggu ini", 23, "/a/", "fill-m2"), Part("", "Lewat", 11, "/b/", "fill-stagnant")]
    found = ages_bars(parts)
    assert [(bar.label, bar.text, bar.width, bar.fill, bar.url) for bar in found.bars] == [
        ("Minggu ini", "23", "100.0%", "fill-m2", "/a/"),
        ("Lewat", "11", "47.8%", "fill-stagnant", "/b/"),
    ]
    assert list(found.table.csv_rows()) == [["Umur", "Kunjungan"], ["Minggu ini", 23], ["Lewat", 11]]


def test_ages_with_nobody_due_divide_by_nothing():
    assert ages_bars([Part("", "Lewat", 0, "/b/", "fill-m2")]).bars[0].width == "0.0%"


@pytest.mark.parametrize(
    ("value", "limit", "mark", "found"),
    [
        (39, 54, 0.896, ("72.2%", "89.6%", "fill-brand")),
        (54, 54, None, ("100.0%", "", "fill-brand")),
        (60, 54, None, ("100.0%", "", "fill-declining")),
        (0, 0, 0.5, ("0.0%", "50.0%", "fill-brand")),
    ],
)
def test_a_sum_against_its_limit(value, limit, mark, found):
    bullet = bullet_bar(value, limit, mark=mark)
    assert (bullet.width, bullet.mark, bullet.fill) == found


@pytest.mark.parametrize(
    ("count", "whole", "text"),
    [(29, 38, "76%"), (1, 2, "50%"), (1, 8, "13%"), (1, 300, "<1%"), (299, 300, ">99%"), (0, 5, "0%"), (0, 0, "–")],
)
def test_a_share_never_says_none_for_some_or_all_for_most(count, whole, text):
    assert percent(count, whole) == text


# Line


def test_the_line_goes_through_the_points_by_date():
    chart = line_chart(VISITS, references=[UMK])
    assert [(dot.x, dot.y, dot.tone) for dot in chart.dots] == [
        ("8.0%", 80, "fill-brand"),
        ("21.2%", 68, "fill-brand"),
        ("33.8%", 56, "fill-brand"),
        ("53.2%", 65, "fill-brand"),
        ("73.7%", 93, "fill-declining"),
        ("92.0%", 105, "fill-declining"),
    ]
    assert [(each.x1, each.x2, each.tone) for each in chart.stretches[-2:]] == [
        ("53.2%", "73.7%", "stroke-declining"),
        ("73.7%", "92.0%", "stroke-declining"),
    ]


def test_every_number_is_written_at_its_point_clear_of_the_reference():
    chart = line_chart(VISITS, references=[UMK])
    assert [(mark.words, mark.x, mark.y, mark.when) for mark in chart.marks] == [
        ("1,80", "8.0%", 102, "always"),
        ("2,00", "21.2%", 90, "always"),
        ("2,20", "33.8%", 78, "always"),
        ("2,05", "53.2%", 87, "always"),
        ("1,60", "73.7%", 115, "always"),
        ("1,40", "92.0%", 127, "always"),
    ]
    assert chart.unit == "juta rupiah"
    assert [(step.x1, step.x2, step.y1) for step in chart.steps] == [("0.0%", "100.0%", 36)]
    assert chart.reference == Text("100%", 29, "UMK Kab. Trenggalek 2026: Rp2.530.313", anchor="end")


def test_months_under_all_points_years_under_the_first_of_each():
    chart = line_chart(VISITS, references=[UMK])
    assert [month.words for month in chart.months] == ["Okt", "Des", "Feb", "Mei", "Agu", "Nov"]
    assert [(year.words, year.x) for year in chart.years] == [("2025", "8.0%"), ("2026", "33.8%")]


def test_a_peak_has_its_number_above():
    chart = line_chart([Point(date(2026, 1, 1), 1_000_000), Point(date(2026, 2, 1), 3_000_000)])
    assert [(mark.words, mark.y - dot.y) for mark, dot in zip(chart.marks, chart.dots, strict=True)] == [
        ("1,00", 22),
        ("3,00", -12),
    ]


def test_numbers_never_lie_on_each_other_however_many_visits():
    visits = [Point(date(2024 + n // 12, n % 12 + 1, 10), 700_000 + n * 37 % 11 * 150_000) for n in range(30)]
    marks = line_chart(visits, references=[Reference("UMK Kab. Ponorogo 2026", 1_530_313)]).marks
    assert len(marks) == 21
    for width, shown in ((254, [mark for mark in marks if mark.when == "always"]), (620, marks)):
        places = [(float(mark.x[:-1]) * width / 100, mark.y) for mark in shown]
        near = [(a, b) for a in places for b in places if a < b and abs(a[0] - b[0]) < 31 and abs(a[1] - b[1]) < 14]
        assert near == []


def test_words_of_the_reference_go_on_top_when_the_line_runs_through_both_sides():
    visits = [Point(date(2026, 1 + n, 1), 1_000_000 if n % 2 else 2_000_000) for n in range(10)]
    chart = line_chart(visits, references=[Reference("UMK", 1_500_000)])
    assert chart.reference == Text("100%", 12, "- - UMK: Rp1.500.000", anchor="end")


def test_the_reference_of_each_year_is_a_step():
    yearly = [
        Reference("UMK 2024", 9_000_000, date(2024, 1, 1)),
        Reference("UMK 2025", 2_000_000, date(2025, 1, 1)),
        Reference("UMK 2026", 2_500_000, date(2026, 1, 1)),
        Reference("UMK 2027", 9_000_000, date(2027, 1, 1)),
    ]
    visits = [Point(date(2025, 7, 2), 1_000_000), Point(date(2026, 7, 2), 2_000_000)]
    chart = line_chart(visits, references=yearly)
    assert [(step.x1, step.x2, step.y1) for step in chart.steps] == [("0.0%", "50.1%", 67), ("50.1%", "100.0%", 36)]
    assert chart.reference.words == "UMK 2026: Rp2.500.000"


def test_before_the_first_reference_there_is_none():
    visits = [Point(date(2024, 7, 2), 1_000_000), Point(date(2025, 7, 2), 2_000_000)]
    chart = line_chart(visits, references=[Reference("UMK 2025", 2_500_000, date(2025, 1, 1))])
    assert [(step.x1, step.x2) for step in chart.steps] == [("50.1%", "100.0%")]


def test_an_unknown_turnover_leaves_a_gap_and_stands_in_the_table():
    visits = [VISITS[0], Point(date(2025, 11, 3), None, url="/kunjungan/2/"), VISITS[1], VISITS[2]]
    chart = line_chart(visits)
    assert [each.is_gap for each in chart.stretches] == [True, False]
    assert chart.table.rows[2] == (Cell("3 Nov 2025", "2025-11-03", "/kunjungan/2/"), Cell("tidak tahu", ""))


def test_the_table_is_newest_first_and_the_csv_has_bare_numbers():
    table = line_chart(reversed(VISITS)).table
    assert list(table.csv_rows())[:2] == [["Kunjungan", "Omzet (Rp)"], ["2026-11-12", 1_400_000]]
    assert table.rows[0][0].url == "/kunjungan/6/"


def test_small_businesses_are_drawn_in_thousands():
    chart = line_chart([Point(date(2026, 3, 10), 340_000), Point(date(2026, 6, 2), 510_499)])
    assert chart.unit == "ribu rupiah"
    assert [mark.words for mark in chart.marks] == ["340", "510"]


def test_one_visit_stands_in_the_middle():
    chart = line_chart([Point(date(2026, 3, 10), 2_000_000)])
    assert [(dot.x, dot.y) for dot in chart.dots] == [("50.0%", 36)]
    assert chart.stretches == ()


@pytest.mark.parametrize("points", [[], [Point(date(2026, 3, 10), None)]])
def test_nothing_known_draws_the_reference_alone(points):
    chart = line_chart(points, references=[UMK])
    assert (chart.dots, chart.marks, chart.months) == ((), (), ())
    assert [(step.x1, step.x2, step.y1) for step in chart.steps] == [("0.0%", "100.0%", 36)]


def test_a_business_that_earns_nothing_lies_on_zero():
    assert [dot.y for dot in line_chart([Point(date(2026, 3, 10), 0)]).dots] == [190]
