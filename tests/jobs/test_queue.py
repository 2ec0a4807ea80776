"""Trainings in the queue: started one at a time, stopped, resumed, deleted, found again whoever died, and refused in one line."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from reprlearn import jobs
from reprlearn.jobs import JobError, processes, rights, workers
from reprlearn.jobs.job import write
from reprlearn.jobs.places import jobs_folder
from reprlearn.runs import store as runs_store
from tests.jobs.conftest import asking, until, worker

pytestmark = pytest.mark.usefixtures("stubbed")


def status(name: str) -> str:
    return jobs.read(name).status


def starts(name: str) -> list[str]:
    """A line for each time the training's process was started."""
    path = jobs_folder() / name / "started"
    return path.read_text().splitlines() if path.exists() else []


def go(name: str) -> None:
    (jobs_folder() / name / "go").touch()


def test_a_training_runs_in_a_process_of_its_own_and_leaves_a_run(store: Path) -> None:
    job = jobs.submit(asking(), "mine")
    assert job.status == status("mine") == "queued"
    workers.work(0)
    found = jobs.read("mine")
    assert (found.status, found.pid, found.reason) == ("done", None, None)
    assert (store / "mine" / "card.json").exists() and (store / "mine" / "maps").exists()
    pid, threads, policy, *options = starts("mine")[0].split()
    assert int(pid) != os.getpid() and (threads, policy) == (str(max(1, processes.n_cores() - 1)), "PASSIVE")
    assert "--resume" not in options


def test_maps_are_made_only_where_they_are_asked_for(store: Path) -> None:
    jobs.submit(asking(), "bare", maps=False)
    workers.work(0)
    assert status("bare") == "done" and not (store / "bare" / "maps").exists()


def test_several_wait_and_run_one_after_another(store: Path) -> None:
    for name in ("a", "b", "c"):
        jobs.submit(asking("wait"), name, maps=False)
    thread = worker()
    for name, rest in (("a", ["b", "c"]), ("b", ["c"]), ("c", [])):
        until(lambda name=name: status(name) == "running")
        assert [status(other) for other in rest] == ["queued"] * len(rest)
        go(name)
        until(lambda name=name: status(name) == "done")
    thread.join(30)
    assert not thread.is_alive(), "a worker ends when nothing waits"


def test_two_run_side_by_side_where_two_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRLEARN_TRAININGS", "2")
    for name in ("a", "b"):
        jobs.submit(asking("wait"), name, maps=False)
    threads = [worker(0), worker(1)]
    until(lambda: status("a") == status("b") == "running")
    go("a")
    go("b")
    for thread in threads:
        thread.join(30)
    assert status("a") == status("b") == "done"


def test_however_many_workers_come_a_job_is_started_once() -> None:
    jobs.submit(asking("wait"), "once", maps=False)
    threads = [worker() for _ in range(6)]
    until(lambda: status("once") == "running")
    workers.tend()  # as every server and tab does
    go("once")
    for thread in threads:
        thread.join(30)
    assert len(starts("once")) == 1 and status("once") == "done"


def test_two_who_want_one_name_get_one_training() -> None:
    outcomes: list[Any] = []

    def submit() -> None:
        try:
            outcomes.append(jobs.submit(asking(), "same"))
        except JobError as error:
            outcomes.append(str(error))

    threads = [threading.Thread(target=submit) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    refused = [each for each in outcomes if isinstance(each, str)]
    assert len(refused) == 4 and all("called 'same' already" in each for each in refused)
    assert not [entry for entry in jobs_folder().iterdir() if entry.name.startswith(".new")]


def test_a_stopped_training_goes_on_from_where_it_was_saved() -> None:
    jobs.submit(asking("wait"), "pause", maps=False)
    thread = worker()
    until(lambda: status("pause") == "running" and (jobs_folder().parent / "pause.partial").exists())
    jobs.stop("pause")
    thread.join(30)
    assert status("pause") == "stopped" and jobs.read("pause").reason is None
    jobs.resume("pause")
    assert status("pause") == "queued"
    go("pause")
    workers.work(0)
    assert status("pause") == "done"
    assert ["--resume" in line for line in starts("pause")] == [False, True]


def test_what_waits_is_stopped_at_once() -> None:
    jobs.submit(asking(), "waiting")
    jobs.stop("waiting")
    workers.work(0)
    assert status("waiting") == "stopped" and not starts("waiting")


def test_a_killed_training_says_so_and_can_go_on() -> None:
    jobs.submit(asking("wait"), "killed", maps=False)
    thread = worker()
    until(lambda: (jobs_folder().parent / "killed.partial").exists() and status("killed") == "running")
    pid = jobs.read("killed").pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    thread.join(30)
    found = jobs.read("killed")
    assert found.status == "failed" and found.can_resume
    assert found.reason is not None and "killed" in found.reason and "goes on from where it was saved" in found.reason


def test_a_training_outlives_its_worker_and_is_found_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.submit(asking("wait"), "orphan", maps=False)
    jobs.submit(asking(), "next", maps=False)
    # A worker that dies as soon as it has started a training: its lock is released, and nobody waits.
    start_next = workers._start_next

    def dying(*arguments: Any) -> None:
        start_next(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(workers, "_start_next", dying)
        workers.work(0)
    assert status("orphan") == "running" and status("next") == "queued"
    thread = worker()
    assert status("next") == "queued", "it waits for what runs already"
    go("orphan")
    thread.join(30)
    assert status("orphan") == status("next") == "done" and len(starts("orphan")) == 1


def test_a_training_whose_process_is_gone_is_not_taken_for_running() -> None:
    job = jobs.submit(asking(), "gone")
    # The number is in use, by a process that is another one.
    write(job.but(status="running", pid=os.getpid(), process="an earlier process of this number", started=1.0))
    found = jobs.read("gone")
    assert found.status == "failed" and found.reason is not None and "started anew" in found.reason
    jobs.delete("gone")
    assert jobs.read_all() == ([], [])


def test_a_failure_says_why_in_words_and_keeps_its_log() -> None:
    jobs.submit(asking("fail"), "wrong")
    jobs.submit(asking("crash"), "silent")
    workers.work(0)
    found = jobs.read("wrong")
    assert (found.status, found.reason) == ("failed", "orders.csv, row 7: no time"), "without the paths of the machine"
    assert "and more" in jobs.log_lines(found)
    assert "ended with status 3" in (jobs.read("silent").reason or "")


def test_a_failure_of_the_time_before_is_not_told_again() -> None:
    job = jobs.submit(asking("fail"), "again")
    workers.work(0)
    assert jobs.read("again").status == "failed"
    jobs.resume("again")
    recipe = job.folder / "recipe.json"
    recipe.write_text(json.dumps({**json.loads(recipe.read_text()), "summary": "crash"}))
    workers.work(0)
    assert "no time" not in (jobs.read("again").reason or "")


def test_a_deleted_training_takes_run_log_and_data_along(store: Path) -> None:
    jobs.submit(asking(), "away")
    workers.work(0)
    jobs.delete("away")
    left = [entry.name for entry in store.rglob("*") if entry.name not in (".jobs", ".lock", ".worker-0.lock")]
    assert left == []


def test_what_runs_is_not_deleted() -> None:
    jobs.submit(asking("wait"), "busy", maps=False)
    thread = worker()
    until(lambda: status("busy") == "running")
    with pytest.raises(JobError, match="stop it first"):
        jobs.delete("busy")
    jobs.stop("busy", at_once=True)
    thread.join(30)
    assert status("busy") == "stopped"


@pytest.mark.parametrize("name", ["lstm-tied", "../shipped/lstm-tied", "..", ".", "", ".lock", "nothing", "/etc"])
def test_no_shipped_run_and_nothing_else_can_be_deleted(name: str, store: Path) -> None:
    jobs.submit(asking(), "there")
    with pytest.raises(JobError, match="there is no training"):
        jobs.delete(name)
    assert (runs_store.SHIPPED / "lstm-tied" / "card.json").exists() and jobs.read("there")


def test_among_the_shipped_runs_nothing_is_trained_and_nothing_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", str(runs_store.SHIPPED))
    with pytest.raises(JobError, match="shipped runs"):
        jobs.submit(asking(), "mine")
    (runs_store.SHIPPED / ".jobs" / "lstm-tied").mkdir(parents=True)
    with pytest.raises(JobError, match="shipped runs"):
        jobs.delete("lstm-tied")
    assert (runs_store.SHIPPED / "lstm-tied" / "card.json").exists()


def test_a_link_among_the_runs_is_removed_and_not_followed(store: Path, tmp_path: Path) -> None:
    jobs.submit(asking(), "link")
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "card.json").write_text("{}")
    (store / "link").symlink_to(precious)
    jobs.delete("link")
    assert (precious / "card.json").exists() and not (store / "link").exists()


def test_the_queue_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRLEARN_QUEUE", "2")
    jobs.submit(asking(), "a")
    jobs.submit(asking(), "b")
    with pytest.raises(JobError, match="the queue is full: 2"):
        jobs.submit(asking(), "c")
    jobs.stop("b")
    jobs.submit(asking(), "c")
    with pytest.raises(JobError, match="the queue is full"):
        jobs.resume("b")


@pytest.mark.parametrize("value", ["1", "true", "yes"])
def test_read_only_refuses_everything_whoever_asks(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    from reprlearn.jobs import estimates, uploads

    jobs.submit(asking(), "before")
    monkeypatch.setenv("REPRLEARN_READONLY", value)
    owner = uploads.new_owner()
    for refused in (
        lambda: jobs.submit(asking(), "new"),
        lambda: jobs.stop("before"),
        lambda: jobs.resume("before"),
        lambda: jobs.delete("before"),
        lambda: estimates.ask(asking()),
        lambda: uploads.receive(owner, "a.txt", b"text"),
        lambda: uploads.forget(f"{owner}.{'0' * 32}"),
    ):
        with pytest.raises(JobError, match="read-only"):
            refused()
    workers.tend()
    assert status("before") == "queued" and not starts("before"), "what waits is looked at, and waits on"


def test_read_only_can_be_said_off(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("0", "false", "no", ""):
        monkeypatch.setenv("REPRLEARN_READONLY", value)
        assert not jobs.readonly()


def test_a_full_disk_keeps_nothing_half_and_loses_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.submit(asking(), "done")
    workers.work(0)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("reprlearn.jobs.queue.write_atomically", full)
        with pytest.raises(JobError, match="the disk is full: the training new was not kept; make room"):
            jobs.submit(asking(), "new")
    free = shutil.disk_usage(store)._replace(free=1 << 20)
    with monkeypatch.context() as patch:
        patch.setattr(rights.shutil, "disk_usage", lambda folder: free)
        with pytest.raises(JobError, match=r"the disk is full \(1 MB are free\)"):
            jobs.submit(asking(), "new")
        # A training that died of it could not even say so.
        dead = jobs.read("done")
        shutil.rmtree(store / "done")
        write(dead.but(status="running", pid=1, process="gone"))
        assert "the disk is full" in (jobs.read("done").reason or "")
    assert [entry.name for entry in jobs_folder().iterdir() if not entry.name.startswith(".")] == ["done"]


def test_a_training_that_cannot_be_written_down_does_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.submit(asking("wait"), "unwritten", maps=False)

    def full(job: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(workers, "write", full)
        with pytest.raises(OSError):
            workers.work(0)
    assert status("unwritten") == "queued"
    until(lambda: len(starts("unwritten")) == 0 or processes.identity(int(starts("unwritten")[0].split()[0])) is None)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"name": "other"}', "\x00"])
def test_a_broken_file_is_named_stops_nothing_and_can_be_deleted(content: str) -> None:
    jobs.submit(asking(), "good")
    job = jobs.submit(asking(), "broken")
    (job.folder / "job.json").write_text(content)
    found, broken = jobs.read_all()
    assert [each.name for each in found] == ["good"] and broken == ["broken"]
    jobs.delete("broken")
    assert jobs.read_all()[1] == []


def test_a_path_of_the_machine_is_no_upload(tmp_path: Path) -> None:
    from dataclasses import replace

    recipe = asking()
    with pytest.raises(JobError, match="upload"):
        jobs.submit(replace(recipe, data=replace(recipe.data, folder=tmp_path)), "spy")


def test_numbers_out_of_bounds_are_refused_on_the_server() -> None:
    with pytest.raises(JobError, match=r"fit\.epochs must be from 1 to 200 here, however: 5,000"):
        jobs.submit(asking(epochs=5000), "long")
    from dataclasses import replace

    huge = replace(asking(), data=replace(asking().data, n_words=90_000), model=replace(asking().model, width=2_000))
    with pytest.raises(JobError, match="too large for this machine"):
        jobs.submit(huge, "huge")
