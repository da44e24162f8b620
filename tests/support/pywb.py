"""A real pywb, in an environment of its own: it is under the GPL and pins what the project does not."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from filelock import FileLock

VERSION = "2.10.0"


class NoPywb(Exception):
    """pywb can neither be found nor installed; the message says why."""


def pywb_programs(cache: Path) -> Path:
    """The folder of pywb's programs: `PYWB_BIN`, else an environment kept under `cache`.

    setuptools is held below 80: parts of pywb import pkg_resources, which later ones dropped.
    """
    named = os.environ.get("PYWB_BIN")
    if named:
        return Path(named)
    home = cache / f"pywb-{VERSION}-py{sys.version_info[0]}{sys.version_info[1]}"
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    with FileLock(cache / "install.lock"):
        _install(home, programs)
    return programs


def _install(home: Path, programs: Path) -> None:
    if not (home / "complete").exists():
        shutil.rmtree(home, ignore_errors=True)
        try:
            _run(sys.executable, "-m", "venv", str(home))
            python = programs / ("python.exe" if os.name == "nt" else "python")
            _run(str(python), "-m", "pip", "install", "-q", f"pywb=={VERSION}", "setuptools<80")
        except (OSError, subprocess.SubprocessError) as error:
            raise NoPywb(str(error)) from error
        (home / "complete").touch()


def start_pywb(programs: Path, folder: Path, warc: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Serve `warc` as the collection `coll`; the process and the collection's address."""
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}
    _run(str(programs / "wb-manager"), "init", "coll", cwd=folder, env=environment)
    _run(str(programs / "wb-manager"), "add", "coll", str(warc), cwd=folder, env=environment)
    (folder / "config.yaml").write_text("framed_replay: false\n", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [str(programs / "wayback"), "-b", "127.0.0.1", "-p", str(port)],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/collinfo.json", timeout=2):
                return process, f"http://127.0.0.1:{port}/coll/"
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    process.terminate()
    raise NoPywb("pywb was installed and did not start")


def _run(*command: str, **where: object) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=300, **where)  # type: ignore[call-overload]
    except subprocess.CalledProcessError as error:
        raise NoPywb(error.stderr.decode("utf-8", "replace")[-300:]) from error
