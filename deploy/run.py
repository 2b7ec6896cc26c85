"""
Run the whole platform from a checkout: install, prepare, one worker with scheduler, one server.

`run.py` runs until Ctrl-C with the data in DATA_DIR (default var/). `run.py --fresh -- COMMAND`
runs as long as COMMAND, on a new database that is thrown away; COMMAND finds the address in
BROWSER_BASE_URL, and in STARTED_IN_SECONDS how long it took to come up. HOST, PORT (0: any free
one), DATABASE_URL, BROKER_URL, SEARCH_URL and EMAIL_URL are read from the environment. Only the
standard library is used: nothing is installed yet.
"""

import argparse
import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parent))

import install

STARTED = time.monotonic()
CHECKOUT = install.CHECKOUT
BANNER = Path(__file__).with_name("banner.txt")
READY_SECONDS = 120
STOP_SECONDS = 10
PR_SET_PDEATHSIG = 1
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (a name, not a listener)
Handler = Callable[[int, FrameType | None], None] | signal.Handlers


class CannotStart(Exception):
    """The message says what the user can do about it."""


class Stopped(Exception):
    """Ctrl-C, or another signal that asks for the end."""


# --- Processes -----------------------------------------------------------------------------------


def _die_with_parent() -> None:
    """Ask Linux to end this child when run.py is killed outright; elsewhere do without."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Processes:
    """The children, each leading its own group: Ctrl-C reaches only run.py, and none is left."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.logs: dict[str, Path] = {}

    def start(self, name: str, command: list[str], *, log: Path | None = None) -> None:
        if log:
            self.logs[name] = log
        with log.open("wb") if log else contextlib.nullcontext() as output:
            self.running[name] = subprocess.Popen(
                command,
                cwd=CHECKOUT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if log else None,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    def wait_for(self, name: str) -> int:
        """Wait until one ends and return its exit code; the end of any other is a failure."""
        while True:
            for other, process in self.running.items():
                code = process.poll()
                if code is not None and other == name:
                    return code
                if code is not None:
                    raise CannotStart(self.how_ended(other, code))
            time.sleep(0.1)

    def how_ended(self, name: str, code: int) -> str:
        text = f"The {name} stopped by itself (exit code {code})."
        return f"{text}\n{end_of(self.logs[name])}" if name in self.logs else text

    def run(self, name: str, command: list[str]) -> int:
        """Start one, wait for its end and forget it."""
        self.start(name, command)
        code = self.wait_for(name)
        del self.running[name]
        return code

    def stop(self) -> None:
        """End them all: politely, then by force, with whatever they started."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def on_stop_signals(handler: Handler) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


# --- Address -------------------------------------------------------------------------------------


def asked_port(default: int) -> int:
    """
    Return the port that PORT asks for, `default` without it.

    Raises:
        CannotStart: it is no port.
    """
    text = os.environ.get("PORT") or str(default)
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) <= 65535):
        raise CannotStart(f"PORT must be a number from 0 (any free port) to 65535, not {text!r}.")
    return int(text)


def choose_port(host: str, port: int) -> int:
    """
    Return the port to listen on, a free one for 0.

    Raises:
        CannotStart: somebody listens there already, or the address is not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(
                f"Cannot listen on {host}:{port} ({error.strerror}). "
                f"Another port: PORT={port + 1 if port < 65535 else 8001} make run"
            ) from error
        return int(probe.getsockname()[1])


def address_of(host: str, port: int) -> str:
    """Return the address for a browser on this machine."""
    visible = EVERYWHERE.get(host, host)
    if ":" in visible:
        visible = f"[{visible}]"
    return f"http://{visible}:{port}"


def wait_until_ready(address: str, processes: Processes, log: Path) -> None:
    """
    Wait for the first answer of the server.

    Raises:
        CannotStart: a process ended, or no answer came in time; with the end of its log.
    """
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if (code := processes.running["server"].poll()) is not None:
            raise CannotStart(processes.how_ended("server", code))
        with contextlib.suppress(OSError), opener.open(f"{address}/healthz", timeout=5):
            return
        time.sleep(0.1)
    raise CannotStart(f"{address}/healthz did not answer.\n{end_of(log)}")


def end_of(log: Path, lines: int = 30) -> str:
    text = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join([f"The end of {log}:", *text[-lines:]])


# --- The run -------------------------------------------------------------------------------------


def allowed_hosts(host: str) -> list[str]:
    """
    Return the names that a browser may call the server by.

    Who listens on every address is called by names that this machine may not know: the address in
    a home network, that of the host of a container. The production settings refuse the wildcard.
    """
    if host in EVERYWHERE:
        return ["*"]
    return ["127.0.0.1", "localhost", "[::1]", host, socket.gethostname()]


def environment(host: str, address: str, data: Path) -> dict[str, str]:
    """Return the environment of the children: what the user set, and our defaults."""
    env = dict(os.environ)
    env.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
    env.setdefault("DEMO", "1")
    env.setdefault("PUBLIC_URL", address)
    env.setdefault("ALLOWED_HOSTS", ",".join(allowed_hosts(host)))
    env.setdefault("XDG_CACHE_HOME", str(CHECKOUT / ".cache" / "xdg"))
    env["DATA_DIR"] = str(data)
    return env


def prepare(processes: Processes, data: Path) -> str:
    """Migrate, fill an empty database and return the text that lists the demo accounts."""
    data.mkdir(parents=True, exist_ok=True)
    # Sealed amounts, contracts and mail: nobody else on this machine may look in.
    data.chmod(0o700)
    accounts = data / "demo-accounts.txt"
    command = [str(install.PYTHON), "-m", "deploy.prepare", str(accounts)]
    if processes.run("preparation", command) != 0:
        raise CannotStart("The database could not be prepared.")
    return accounts.read_text(encoding="utf-8")


def start_server(processes: Processes, host: str, port: int, log: Path) -> None:
    command = [str(install.PYTHON), "-m", "granian", "--interface", "asginl"]
    workers = os.environ.get("SERVER_WORKERS") or "1"
    # A watcher of a hall is a request that stays open: else granian takes 1024 in all.
    command += ["--backpressure", "4096"]
    command += ["--host", host, "--port", str(port), "--workers", workers]
    processes.start("server", [*command, "marketplace.project.asgi:application"], log=log)


def start_worker(processes: Processes, log: Path) -> None:
    command = [str(install.PYTHON), "-m", "celery", "-A", "marketplace.project", "worker"]
    processes.start("worker", [*command, "-P", "threads", "-c", "4", "-B"], log=log)


def serve(processes: Processes, host: str, port: int, data: Path, command: list[str]) -> int:
    """Run everything until COMMAND ends, or without one until a signal; return the exit code."""
    address = processes.env["PUBLIC_URL"]
    accounts = prepare(processes, data)
    # The owner of the tables migrates them, and has nothing to do with requests.
    processes.env.pop("DATABASE_OWNER_URL", None)
    logs = data / "log"
    logs.mkdir(parents=True, exist_ok=True)
    start_server(processes, host, port, logs / "server.log")
    wait_until_ready(address_of(host, port), processes, logs / "server.log")
    # Only now: on two cores the pages come up a third sooner, and tasks wait in the broker anyway.
    start_worker(processes, logs / "worker.log")
    seconds = time.monotonic() - STARTED
    if not command:
        banner = BANNER.read_text(encoding="utf-8")
        print(
            banner.format(address=address, accounts=accounts, logs=logs, seconds=seconds),
            flush=True,
        )
        return processes.wait_for("server")
    print(f"Running at {address} after {seconds:.1f} s", file=sys.stderr, flush=True)
    processes.env["BROWSER_BASE_URL"] = address
    processes.env["STARTED_IN_SECONDS"] = f"{seconds:.0f}"
    return processes.run("command", command)


def fresh_folder(parent: Path) -> Path:
    """Make a folder for this run; those that killed runs have left are removed."""
    parent.mkdir(parents=True, exist_ok=True)
    own = parent / str(os.getpid())
    for folder in parent.iterdir():
        if folder == own or not is_alive(int(folder.name)):
            shutil.rmtree(folder, ignore_errors=True)
    own.mkdir()
    return own


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def run(*, fresh: bool, command: list[str]) -> int:
    host = os.environ.get("HOST") or "127.0.0.1"
    port = choose_port(host, asked_port(0 if fresh else 8000))
    install.ensure()
    data = Path(os.environ.get("DATA_DIR") or CHECKOUT / "var").resolve()
    if fresh:
        data = fresh_folder(CHECKOUT / "var" / "fresh")
    processes = Processes(environment(host, address_of(host, port), data))
    try:
        return serve(processes, host, port, data, command)
    finally:
        on_stop_signals(signal.SIG_IGN)
        processes.stop()
        if fresh:
            shutil.rmtree(data, ignore_errors=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the whole platform from a checkout.")
    parser.add_argument(
        "--fresh", action="store_true", help="a new database on a free port, thrown away after"
    )
    parser.add_argument(
        "command", nargs="*", help="after --: run this beside the platform, then stop"
    )
    arguments = parser.parse_args()
    on_stop_signals(ask_to_stop)
    try:
        return run(fresh=arguments.fresh, command=arguments.command)
    except Stopped:
        return 0 if not arguments.command else 1
    except (CannotStart, install.CannotInstall) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
