"""What Dockerfile and compose.yaml start, started here: the same command, files, environment and health check, without Docker."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.visiting import Visitor
from reprlearn.runs import store
from reprlearn.ui.text import as_text
from tests.conftest import in_a_thread

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
DASHBOARD, PROXY = COMPOSE["services"]["dashboard"], COMPOSE["services"]["proxy"]
CADDYFILE = (ROOT / "Caddyfile").read_text(encoding="utf-8")


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, arguments)."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines if line.strip())]


def only(instruction: str) -> str:
    (found,) = [rest for word, rest in instructions() if word == instruction]
    return found


def image_environment() -> dict[str, str]:
    return dict(part.split("=", 1) for part in only("ENV").split())


def health_check() -> list[str]:
    return json.loads(only("HEALTHCHECK").partition("CMD ")[2])


def resolved(value: object) -> str:
    """A value of compose.yaml where nothing is set: ${NAME:-default} is the default."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", str(value))


def ignored(path: str) -> bool:
    """Whether .dockerignore keeps a path, or a folder it is in, out of the image."""
    patterns = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    parts = Path(path).parts
    prefixes = ["/".join(parts[: i + 1]) for i in range(len(parts))]
    return any(re.fullmatch(_as_regex(pattern), prefix) for pattern in patterns for prefix in prefixes)


def _as_regex(pattern: str) -> str:
    escaped = re.escape(pattern.rstrip("/")).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return escaped.replace(r"\[", "[").replace(r"\]", "]")


def at_home(words: list[str]) -> list[str]:
    """A command of the image as it is called here."""
    return [sys.executable if word == "python" else word for word in words]


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """The folder /app of the image: what COPY brings, of the shipped runs one."""
    assert [rest for word, rest in instructions() if word == "COPY"] == ["requirements.txt ./", ". ."]
    app = tmp_path / "app"
    for folder, folders, files in os.walk(ROOT):
        inner = Path(folder).relative_to(ROOT)
        folders[:] = [
            name
            for name in folders
            if not ignored((inner / name).as_posix()) and (inner.name != "checkpoints" or name == "synthetic-none")
        ]
        for name in files:
            if not ignored((inner / name).as_posix()) and not (Path(folder) / name).is_symlink():
                (app / inner).mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path(folder) / name, app / inner / name)
    return app


def test_the_image_is_healthy_and_serves_its_own_runs_and_those_that_are_mounted(image: Path, tmp_path: Path) -> None:
    mounted = {"/runs": tmp_path / "runs", "/cache": tmp_path / "cache"}
    shutil.copytree(store.SHIPPED / "synthetic-mask", mounted["/runs"] / "our-run")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    declared = image_environment() | {
        name: resolved(value) for name, value in DASHBOARD["environment"].items() if value is not None
    }
    assert declared["REPRLEARN_READONLY"] == "1" and declared["STREAMLIT_SERVER_ADDRESS"] == "0.0.0.0"
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path),
        **{name: str(mounted.get(value, value)) for name, value in declared.items()},
        "STREAMLIT_SERVER_PORT": port,
    }  # fmt: skip

    def healthy() -> bool:
        return not subprocess.run(at_home(health_check()), env=environment, capture_output=True).returncode

    assert not healthy(), "nothing is served yet"
    command = at_home(json.loads(only("CMD")))
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=image, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + 120
        while not healthy():
            assert server.poll() is None and time.monotonic() < deadline, (tmp_path / "log").read_text()
            time.sleep(0.3)
        in_a_thread(_visit_home(f"http://127.0.0.1:{port}"))
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


async def _visit_home(url: str) -> None:
    """The gallery shows both runs; a control answers."""
    async with Visitor(url, patience=200) as visitor:
        answer = await visitor.open("")
        assert not answer.errors and {r"synthetic\-none", r"our\-run"} <= set(visitor.texts)
        (first,) = [name for name, control in visitor.controls.items() if control.proto.query_param_key == "card_a"]
        for name in ("our-run", "synthetic-none"):
            assert not (await visitor.change(first, name)).errors
            table = next(text for text in reversed(visitor.texts) if text.startswith("|"))
            assert as_text(name) in table.splitlines()[0]


def test_the_health_check_asks_the_servers_own_address() -> None:
    assert "/_stcore/health" in health_check()[-1]


def test_the_image_holds_what_is_shown_and_nothing_else() -> None:
    shown = ["app.py", "pages/next_token.py", ".streamlit/config.toml", "reprlearn/ui/frame.py", "requirements.txt",
             "checkpoints/lstm-tied/weights.safetensors", "benchmarks/results/x.parquet", "checkpoints/a/maps/b.parquet"]  # fmt: skip
    secret = [".env", ".streamlit/secrets.toml", ".git/config", ".git", "runs/mine/card.json", "exports/x.csv",
              ".venv/bin/python", "tests/test_main.py", "reprlearn/__pycache__/x.pyc", "checkpoints/x.partial/state.json"]  # fmt: skip
    assert [path for path in shown if ignored(path)] == []
    assert [path for path in secret if not ignored(path)] == []


def test_torch_comes_as_the_cpu_build_in_the_version_that_is_pinned() -> None:
    run = next(rest for word, rest in instructions() if word == "RUN" and "pip" in rest)
    pattern = re.search(r"grep -o '(.*?)'", run)
    assert pattern and re.findall(pattern[1], (ROOT / "requirements.txt").read_text(), flags=re.MULTILINE) == [
        next(line.split()[0] for line in (ROOT / "requirements.txt").read_text().splitlines() if line[:5] == "torch")
    ]


def test_nobody_is_root_and_the_cache_can_be_written() -> None:
    words = [word for word, _ in instructions()]
    user = only("USER")
    assert words.index("USER") < words.index("CMD") and f"useradd --create-home {user}" in str(instructions())
    assert f"chown {user} {image_environment()['REPRLEARN_CACHE']}" in str(instructions())
    assert f"cache:{image_environment()['REPRLEARN_CACHE']}" in DASHBOARD["volumes"] and "cache" in COMPOSE["volumes"]


def test_replicas_share_the_runs_and_a_proxy_leads_each_visitor_back_to_one() -> None:
    assert DASHBOARD["deploy"]["replicas"] > 1 and "ports" not in DASHBOARD
    assert resolved(DASHBOARD["volumes"][0]) == f"./runs:{resolved(DASHBOARD['environment']['REPRLEARN_RUNS'])}:ro"
    assert PROXY["depends_on"]["dashboard"]["condition"] == "service_healthy"
    assert "./Caddyfile:/etc/caddy/Caddyfile:ro" in PROXY["volumes"]
    assert f"dynamic a dashboard {only('EXPOSE')}" in CADDYFILE
    assert only("EXPOSE") == image_environment()["STREAMLIT_SERVER_PORT"]
    assert re.search(r"^\s*lb_policy cookie \w+$", CADDYFILE, flags=re.MULTILINE)
    (address,) = re.findall(r"^:(\d+) \{$", CADDYFILE, flags=re.MULTILINE)
    assert [resolved(port) for port in PROXY["ports"]] == [f"8080:{address}"]
