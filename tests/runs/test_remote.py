"""Runs of roots behind URLs: found, fetched once, noticed when they change; nothing that goes wrong there goes further."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import fsspec
import numpy as np
import pytest

from reprlearn.runs import RunError, find_runs, load, remote, store
from reprlearn.runs.listing import Found, RemoteFile, look, reason, shown
from reprlearn.runs.publish import publish
from reprlearn.runs.remote import RemoteRoot, RemoteRun, remote_root

ROOT = Path(__file__).parents[2]
NOWHERE = "http://127.0.0.1:9"  # the discard port: nobody answers


@pytest.fixture
def published(memory: str, demo_runs: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A root in memory that holds the two demo runs, and is the only one there is."""
    for name in ("demo-one", "demo-two"):
        publish(load(demo_runs / name), memory)
    monkeypatch.setenv("REPRLEARN_RUNS", memory)
    return memory


def names_and_problems() -> tuple[list[str], list[str]]:
    runs, broken = find_runs()
    return [run.name for run in runs], [entry.reason for entry in broken]


def look_again(url: str) -> None:
    remote_root(url).expire()


def overwrite(url: str, content: bytes) -> None:
    fsspec.filesystem("memory").pipe_file(url, content)


@pytest.mark.parametrize("where", ["memory", "s3"])
def test_a_run_of_a_remote_root_is_the_run_that_was_published(
    where: str, request: pytest.FixtureRequest, demo_runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = request.getfixturevalue(where)
    own = load(demo_runs / "demo-two")
    assert publish(own, url) == f"{url}/demo-two"
    monkeypatch.setenv("REPRLEARN_RUNS", url)
    assert names_and_problems() == (["demo-two"], [])
    run = load("demo-two")
    assert isinstance(run, RemoteRun) and (run.origin, run.card) == (url, own.card)
    assert np.array_equal(run.matrix("input"), own.matrix("input"))
    assert run.vocabulary.words == own.vocabulary.words
    there, here = (sorted(file.relative_to(each.path) for file in each.path.rglob("*")) for each in (run, own))
    assert there == here
    assert load(f"{url}/demo-two").card == own.card
    assert not [entry for entry in fsspec.core.url_to_fs(url)[0].find(url) if "/." in entry], "nothing hidden is left"


def test_listing_reads_cards_only(published: str, alone: Path) -> None:
    runs, _ = find_runs()
    assert [run.card.corpus.kind for run in runs] == ["events"] * 2 and not (alone / "cache").exists()
    card = runs[0].card
    assert runs[0].matrix("input").shape == (card.corpus.n_words, card.width)
    assert len(list((alone / "cache" / "runs").glob("[0-9a-f]*"))) == 1


def test_a_run_is_fetched_once_for_many_threads_and_processes(published: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filesystem, fetches = fsspec.filesystem("memory"), []
    get = type(filesystem).get

    def slow_get(self, *arguments, **options):
        fetches.append(1)
        time.sleep(0.2)
        return get(self, *arguments, **options)

    monkeypatch.setattr(type(filesystem), "get", slow_get)
    paths: list[Path] = []
    # A root of its own each, as in processes of their own: only the folder is shared.
    found = RemoteRoot(published).look().found["demo-one"]
    threads = [
        threading.Thread(target=lambda: paths.append(RemoteRun(RemoteRoot(published), found).path)) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fetches) == 1 and len(set(paths)) == 1 and len(paths) == 6


def test_a_changed_run_is_noticed_and_the_old_copy_is_left_alone(
    published: str, demo_runs: Path, tmp_path: Path
) -> None:
    before = load("demo-one")
    kept, state = before.path, store.state(str)
    changed = Path(shutil.copytree(demo_runs / "demo-one", tmp_path / "again" / "demo-one"))
    load(changed).card.model_copy(update={"summary": "another one"}).write(changed)
    publish(load(changed), published, replace=True)
    after = load("demo-one")
    assert after.card.summary == "another one" and after.path != kept and store.state(str) != state
    assert (kept / "card.json").read_bytes() != (after.path / "card.json").read_bytes()


def test_runs_appear_and_go_without_a_restart(published: str, demo_runs: Path, tmp_path: Path) -> None:
    assert names_and_problems()[0] == ["demo-one", "demo-two"]
    copy = Path(shutil.copytree(demo_runs / "demo-one", tmp_path / "demo-more"))
    publish(load(copy), published)
    fsspec.filesystem("memory").rm(f"{published}/demo-one", recursive=True)
    look_again(published)
    assert names_and_problems()[0] == ["demo-more", "demo-two"]


def test_a_damaged_copy_is_fetched_again(published: str) -> None:
    path = load("demo-one").path
    weights = path / "weights.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    assert len(load("demo-one").matrix("input")) == load("demo-one").card.corpus.n_words


def test_a_run_published_anew_while_it_is_fetched_is_not_mixed(published: str, alone: Path, monkeypatch) -> None:
    filesystem = fsspec.filesystem("memory")
    get = type(filesystem).get

    def get_and_change(self, *arguments, **options):
        get(self, *arguments, **options)
        overwrite(f"{published}/demo-one/curves.parquet", b"newer")

    monkeypatch.setattr(type(filesystem), "get", get_and_change)
    with pytest.raises(RunError, match=r"demo-one: it was published anew while .* try again"):
        _ = load("demo-one").path
    assert not list((alone / "cache" / "runs").glob("[0-9a-f]*")), "nothing half fetched is kept"


def test_half_a_run_is_none_and_what_is_broken_is_named(published: str) -> None:
    overwrite(f"{published}/half/weights.safetensors", b"x")
    overwrite(f"{published}/.demo.0123/card.json", b"{}")
    overwrite(f"{published}/notes.txt", b"x")
    overwrite(f"{published}/bad/card.json", b"{")
    overwrite(f"{published}/bad/weights.safetensors", b"x")
    overwrite(f"{published}/bare/card.json", b"{}")
    look_again(published)
    names, problems = names_and_problems()
    assert names == ["demo-one", "demo-two"]
    assert [problem.partition(":")[0] for problem in problems] == ["bad", "bare"]
    with pytest.raises(RunError, match=r"weights\.safetensors is missing"):
        load("bare")


def test_truncated_weights_are_said_when_they_are_opened(published: str) -> None:
    overwrite(f"{published}/demo-one/weights.safetensors", b"\x10")
    look_again(published)
    with pytest.raises(RunError, match=r"demo-one: weights\.safetensors"):
        _ = load("demo-one").path


@pytest.mark.parametrize("name", ["../../x", "a/../../../x", "maps\\..\\x", "a\nb", "x*", "C:x", "n" * 300])
def test_a_file_that_could_leave_its_folder_is_refused(published: str, alone: Path, name: str) -> None:
    memory = fsspec.filesystem("memory")
    key = f"{memory._strip_protocol(published)}/demo-one/{name}"
    memory.store[key] = memory.store[f"{memory._strip_protocol(published)}/demo-one/card.json"]
    try:
        look_again(published)
        names, problems = names_and_problems()
    finally:
        del memory.store[key]
    assert names == ["demo-two"] and "no name for" in problems[0]


def test_a_root_that_is_down_is_named_and_takes_nothing_down(
    s3: str, demo_runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", f"{s3}|{demo_runs}")
    monkeypatch.setenv("AWS_ENDPOINT_URL", NOWHERE)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setattr("s3fs.S3FileSystem.retries", 1)
    names, problems = names_and_problems()
    assert names == ["demo-one", "demo-two"] and len(problems) == 1
    assert problems[0].startswith(f"{s3}: Could not connect") and "\n" not in problems[0]
    assert load("demo-one").path == demo_runs / "demo-one"
    with pytest.raises(RunError, match=r"there is no run 'nothing'.*Could not connect"):
        load("nothing")
    with pytest.raises(RunError, match="Could not connect"):
        load(f"{s3}/demo-one")


def test_a_bucket_that_is_forbidden_or_not_there_is_named(
    s3: str, demo_runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", "s3://no-such-bucket/lab")
    assert names_and_problems() == ([], ["s3://no-such-bucket/lab: it does not exist"])

    async def refuse(self, *arguments, **options):
        raise PermissionError("Access Denied")

    monkeypatch.setattr("s3fs.S3FileSystem._call_s3", refuse)
    monkeypatch.setenv("REPRLEARN_RUNS", s3)
    assert names_and_problems() == ([], [f"{s3}: access is denied (Access Denied)"])
    with pytest.raises(ValueError, match=r"demo-one cannot be published to .*: access is denied"):
        publish(load(demo_runs / "demo-one"), s3)


@pytest.mark.parametrize(
    ("root", "named"), [("nonsense://x/y", "nonsense"), ("gs://bucket/x", "gcsfs"), ("s3://", "s3://")]
)
def test_a_url_that_nothing_here_reads_is_named(alone: Path, root: str, named: str, monkeypatch) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", root)
    names, problems = names_and_problems()
    assert names == [] and len(problems) == 1 and named in problems[0]


def test_a_local_root_that_may_not_be_read_is_named(alone: Path, demo_runs: Path, monkeypatch) -> None:
    (alone / "file").write_text("x")
    monkeypatch.setenv("REPRLEARN_RUNS", f"{alone / 'file'}|{demo_runs}|{alone / 'not there yet'}")
    names, problems = names_and_problems()
    assert names == ["demo-one", "demo-two"]
    assert problems == [f"{alone / 'file'}: it cannot be read (Not a directory)"]


def test_a_root_that_hangs_holds_nobody_up_and_keeps_what_was_seen(published: str, monkeypatch) -> None:
    answer = threading.Event()
    real: Callable[..., dict[str, Found]] = look
    monkeypatch.setattr(remote, "FIRST_SECONDS", 0.1)
    monkeypatch.setattr(remote, "AGAIN_SECONDS", 0.1)
    names_and_problems()

    def hang(url: str, known: dict[str, Found]) -> dict[str, Found]:
        answer.wait(20)
        return real(url, known)

    monkeypatch.setattr(remote, "look", hang)
    look_again(published)
    start = time.monotonic()
    for _ in range(5):
        assert names_and_problems() == (["demo-one", "demo-two"], [])
    assert time.monotonic() - start < 0.1 + 1, "one moment's wait, not one for each visit"
    remote_root.cache_clear()
    assert names_and_problems() == ([], [f"{published}: it does not answer within 0.1 seconds"])
    answer.set()
    deadline = time.monotonic() + 10
    while names_and_problems()[0] != ["demo-one", "demo-two"] and time.monotonic() < deadline:
        time.sleep(0.01)
    assert names_and_problems() == (["demo-one", "demo-two"], [])


def test_what_is_published_during_a_look_is_seen_by_the_next(memory: str, demo_runs: Path, monkeypatch) -> None:
    seen, go_on = threading.Event(), threading.Event()

    def slow(url: str, known: dict[str, Found]) -> dict[str, Found]:
        found = look(url, known)
        seen.set()
        go_on.wait(20)
        return found

    monkeypatch.setattr(remote, "look", slow)
    root = remote_root(memory)
    root.begin()
    assert seen.wait(20)
    publish(load(demo_runs / "demo-one"), memory)
    go_on.set()
    assert root.look().found == {} and list(root.look().found) == ["demo-one"]


def test_a_root_that_falls_silent_keeps_its_runs_on_show(published: str, monkeypatch) -> None:
    names_and_problems()

    def fail(url: str, known: dict[str, Found]) -> dict[str, Found]:
        raise ConnectionError("no route")

    monkeypatch.setattr(remote, "look", fail)
    look_again(published)
    assert names_and_problems() == (["demo-one", "demo-two"], [f"{published}: no route"])


def test_the_first_root_wins_and_the_other_run_is_named(published: str, demo_runs: Path, monkeypatch) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", f"{demo_runs} | {published}")
    runs, broken = find_runs()
    assert [run.path for run in runs] == [demo_runs / "demo-one", demo_runs / "demo-two"]
    assert all(str(demo_runs) in entry.reason and f"rename the one in {published}" in entry.reason for entry in broken)
    monkeypatch.setenv("REPRLEARN_RUNS", f"{published}|{demo_runs}")
    assert [run.origin for run in find_runs()[0]] == [published, published]
    assert load("demo-one").origin == published


def test_roots_are_told_apart_and_local_ones_need_no_fsspec(alone: Path, monkeypatch) -> None:
    spaced = alone / "my runs"
    monkeypatch.setenv("REPRLEARN_RUNS", f"s3://bucket/a;b,c d | file://{alone}/my%20runs|{spaced}/|")
    shipped, bucket, local = store.roots()
    assert (shipped, str(bucket), local) == (store.SHIPPED, "s3://bucket/a;b,c d", spaced)
    assert store.own_runs() == spaced
    monkeypatch.setenv("REPRLEARN_RUNS", "s3://bucket/a")
    assert store.own_runs() == Path("runs") and store.roots()[-1] == Path("runs")


def test_listing_loads_fsspec_only_for_a_url_and_never_pandas(s3: str, demo_runs: Path) -> None:
    publish(load(demo_runs / "demo-one"), s3)
    code = (
        "import sys; from reprlearn.__main__ import main; main(['list']);"
        "print([name for name in ('fsspec', 's3fs', 'torch', 'pandas', 'numpy') if name in sys.modules])"
    )
    for root, loaded in ((str(demo_runs), "[]"), (s3, "['fsspec', 's3fs']")):
        environment = {**os.environ, "REPRLEARN_RUNS": root, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path[1:]])}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=environment)
        assert "demo-one" in done.stdout, done.stderr
        assert done.stdout.splitlines()[-1] == loaded


def test_secrets_of_a_url_are_not_shown() -> None:
    url = "sftp://ann:pass%20word@host/runs?key=abc"
    assert shown(url) == "sftp://host/runs"
    error = OSError(f"cannot open {url} for ann:pass%20word@")
    assert "pass" not in reason(error, url) and "abc" not in reason(error, url)


def test_the_address_of_a_run_depends_on_every_name_size_and_version() -> None:
    file = RemoteFile("card.json", 3, "v1")
    digests = [
        Found("a", folder, files, None).digest
        for folder, files in (
            ("b/a", (file,)), ("c/a", (file,)), ("b/a", (RemoteFile("card.json", 4, "v1"),)),
            ("b/a", (RemoteFile("card.json", 3, "v2"),)), ("b/a", (RemoteFile("card.jsom", 3, "v1"),)),
            ("b/a", (file, RemoteFile("x", 0, ""))),
        )
    ]  # fmt: skip
    assert len(set(digests)) == len(digests)
