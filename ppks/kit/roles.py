"""The database roles a request can enter, and the SQL that makes them."""

APP, OWNER = "app", "owner"
PROVINCE, REGION, UPT, PARTNER, AUDITOR = "province", "region", "upt", "partner", "auditor"
ADMIN, PUBLIC, CLOCK = "admin", "public", "clock"

ENTERED = (PROVINCE, REGION, UPT, PARTNER, AUDITOR, ADMIN, PUBLIC, CLOCK)
OFFICES = (PROVINCE, REGION, UPT, PARTNER, AUDITOR)

FOR_PAGES = ("max_parallel_workers_per_gather = 0", "jit = off")  # each costs milliseconds before a short answer begins


def database_role(role: str) -> str:
    """The name on the server, with this install's prefix."""
    from django.conf import settings

    return f"{settings.DATABASE_ROLE_PREFIX}_{role}"


def roles_sql(prefix: str, *, development: bool = False) -> str:
    """SQL for the server's superuser, once per server, safe to run again; passwords are the administrator's to set.

    `development` lets the owner create test databases and play the app's role in them.
    """
    name = {role: f'"{prefix}_{role}"' for role in (OWNER, APP, *ENTERED)}
    # NOINHERIT must stand in CREATE ROLE: from PostgreSQL 16 on it is copied into each GRANT at that moment.
    kinds = {OWNER: "login", APP: "login noinherit"} | dict.fromkeys(ENTERED, "nologin")
    made = [
        f"if to_regrole('{name[role]}') is null then create role {name[role]} {kind}; end if;"
        for role, kind in kinds.items()
    ]
    entered = ", ".join(name[role] for role in ENTERED)
    lines = ["do $$ begin", *made, "end $$;", f"grant {entered} to {name[APP]};"]
    lines += [f"alter role {name[APP]} set {setting};" for setting in FOR_PAGES]
    if development:
        lines += [f"alter role {name[OWNER]} createdb;", f"grant {name[APP]} to {name[OWNER]};"]
    return "\n".join(lines)
