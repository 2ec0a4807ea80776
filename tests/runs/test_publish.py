"""Publishing: a run is there whole or not at all, and nobody's run is overwritten unasked."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import fsspec
import pytest

from reprlearn.__main__ import main
from reprlearn.runs import load
from reprlearn.runs.publish import publish
from reprlearn.runs.remote import remote_root


def files_under(url: str) -> list[str]:
    filesystem, base = fsspec.core.url_to_fs(url)
    return sorted(path.removeprefix(f"{base}/") for path in filesystem.find(base))


@pytest.mark.parametrize("as_url", [False, True])
def test_a_folder_gets_a_run_that_others_can_read(alone: Path, demo_runs: Path, as_url: bool) -> None:
    root = alone / "shared runs"
    publish(load(demo_runs / "demo-one"), root.as_uri() if as_url else str(root))
    assert load(root / "demo-one").card == load(demo_runs / "demo-one").card
    plain = alone / "plain"
    plain.mkdir()
    assert stat.S_IMODE((root / "demo-one").stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    assert [entry.name for entry in root.iterdir()] == ["demo-one"]


@pytest.mark.parametrize("remote", [False, True])
def test_a_run_that_is_there_is_replaced_only_when_asked(
    alone: Path, memory: str, demo_runs: Path, remote: bool
) -> None:
    root = memory if remote else str(alone / "shared")
    own = Path(shutil.copytree(demo_runs / "demo-one", alone / "mine" / "demo-one"))
    publish(load(own), root)
    (own / "maps" / "input-umap-2d.parquet").rename(own / "maps" / "other.parquet")
    with pytest.raises(ValueError, match=r"has a run 'demo-one' already.*--replace"):
        publish(load(own), root)
    assert "demo-one/maps/input-umap-2d.parquet" in files_under(root)
    publish(load(own), root, replace=True)
    there = files_under(root)
    assert "demo-one/maps/other.parquet" in there and "demo-one/maps/input-umap-2d.parquet" not in there


def test_an_upload_cut_short_is_never_listed(memory: str, demo_runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filesystem = type(fsspec.filesystem("memory"))
    put_file, copy_file = filesystem.put_file, filesystem.cp_file
    left = 2

    def some(real):
        def transfer(self, *arguments, **options):
            nonlocal left
            left -= 1
            if left < 0:
                raise ConnectionError("the line went dead")
            remote_root(memory).expire()
            assert remote_root(memory).look().found == {}, "seen from elsewhere in the middle of it"
            return real(self, *arguments, **options)

        return transfer

    monkeypatch.setattr(filesystem, "put_file", some(put_file))
    monkeypatch.setattr(filesystem, "cp_file", some(copy_file))
    for n in range(9):  # five files go up, and four are copied before the card is
        left = n
        with pytest.raises(ValueError, match=r"demo-one cannot be published to memory://\S+: the line went dead"):
            publish(load(demo_runs / "demo-one"), memory)
        assert remote_root(memory).look().found == {}
        assert not [name for name in files_under(memory) if name.startswith(".")]
    left = 10
    publish(load(demo_runs / "demo-one"), memory)
    assert list(remote_root(memory).look().found) == ["demo-one"]


def test_hidden_files_stay_here_and_links_are_refused(alone: Path, memory: str, demo_runs: Path) -> None:
    own = Path(shutil.copytree(demo_runs / "demo-one", alone / "demo-one"))
    (own / ".lock").write_text("x")
    publish(load(own), memory)
    assert not any(".lock" in name for name in files_under(memory))
    (own / "secret").symlink_to("/etc/hostname")
    with pytest.raises(ValueError, match="demo-one: secret is a link"):
        publish(load(own), memory, replace=True)


def test_somebody_else_at_the_same_place_is_noticed(memory: str, demo_runs: Path, monkeypatch) -> None:
    filesystem = type(fsspec.filesystem("memory"))
    remove = filesystem.rm

    def rm_and_meddle(self, path, **options):
        remove(self, path, **options)
        self.pipe_file(f"{memory}/demo-one/curves.parquet", b"theirs")

    monkeypatch.setattr(filesystem, "rm", rm_and_meddle)
    with pytest.raises(ValueError, match="somebody else published it"):
        publish(load(demo_runs / "demo-one"), memory)


def test_a_root_that_cannot_be_written_is_one_line(alone: Path, demo_runs: Path, capsys) -> None:
    (alone / "file").write_text("x")
    assert main(["publish", str(demo_runs / "demo-one"), str(alone / "file")]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and str(alone / "file") in error


def test_the_command_publishes_and_lists(memory: str, demo_runs: Path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("REPRLEARN_RUNS", memory)
    assert main(["publish", str(demo_runs / "demo-one"), memory]) == 0
    assert capsys.readouterr().err == f"published as {memory}/demo-one\n"
    assert main(["publish", str(demo_runs / "demo-one"), memory]) == 2
    assert "already" in capsys.readouterr().err
    assert main(["publish", str(demo_runs / "demo-one"), memory, "--replace"]) == 0
    assert main(["list"]) == 0
    assert "demo-one" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["map"], ["score"], ["similarity", "--store"]])
def test_nothing_is_stored_with_the_copy_of_a_run(memory: str, demo_runs: Path, capsys, monkeypatch, command) -> None:
    publish(load(demo_runs / "demo-one"), memory)
    monkeypatch.setenv("REPRLEARN_RUNS", memory)
    assert main([command[0], "demo-one", *command[1:]]) == 2
    assert f"demo-one is read from {memory}" in capsys.readouterr().err
