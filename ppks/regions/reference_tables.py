"""How the CSVs of regions, institutions and yardsticks become rows."""

from datetime import date
from typing import Any

from ppks.kit.reference import Table, whole
from ppks.regions import models

PROVINCE = "35"


def number(code: str) -> int:
    """`35.22.15` → 352215, the id of a region, district or village."""
    return int(code.replace(".", ""))


def _region(row: dict[str, str]) -> dict[str, Any]:
    return {
        "id": number(row["code"]),
        "code": row["code"],
        "kind": row["kind"],
        "name": row["name"],
        "full_name": row["full_name"],
        "capital": row["capital"],
        "abbreviation": row["abbr_bsni"],
        "tile_row": int(row["tile_row"]),
        "tile_column": int(row["tile_col"]),
        "population": int(row["population"]),
        "population_year": int(row["population_year"]),
    }


def _district(row: dict[str, str]) -> dict[str, Any]:
    return {
        "id": number(row["code"]),
        "code": row["code"],
        "region_id": number(row["regency_code"]),
        "name": row["name"],
    }


def _village(row: dict[str, str]) -> dict[str, Any]:
    return {
        "id": number(row["code"]),
        "code": row["code"],
        "district_id": number(row["district_code"]),
        "kind": row["kind"],
        "name": row["name"],
        "postal_code": row["postal_code"],
    }


def _institution(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["short_name"],
        "name": row["name"],
        "city": row["city"],
        "region_id": number(row["regency_code"]) if row["regency_code"] else None,
        "target_group": row["target_group"],
        "capacity": whole(row["capacity"]),
        "confidence": row["confidence"],
    }


def _minimum_wage(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": f"{row['regency_code']}/{row['valid_from']}",
        "region_id": number(row["regency_code"]),
        "valid_from": date.fromisoformat(row["valid_from"]),
        "amount": int(row["amount_idr_month"]),
        "decree": row["decree"],
    }


def _poverty_line(row: dict[str, str]) -> dict[str, Any] | None:
    if not row["line_idr_capita_month"] or not row["area_code"].startswith(PROVINCE):
        return None  # another area's line, or a period whose amount was not found
    return {
        "code": f"{row['area_code']}/{row['period']}",
        "region_id": None if row["area_code"] == PROVINCE else number(row["area_code"]),
        "period": date.fromisoformat(f"{row['period']}-01"),
        "amount": int(row["line_idr_capita_month"]),
        "is_certain": row["confidence"] == "high",
    }


TABLES = (
    Table("regencies.csv", lambda: models.Region, _region),
    Table("districts.csv", lambda: models.District, _district),
    Table("villages.csv", lambda: models.Village, _village),
    Table("upts.csv", lambda: models.Institution, _institution),
    Table("umk.csv", lambda: models.MinimumWage, _minimum_wage),
    Table("poverty_line.csv", lambda: models.PovertyLine, _poverty_line),
)
