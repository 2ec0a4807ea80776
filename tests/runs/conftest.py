"""Runs of no training, stores in this process' memory, and an S3 that runs here."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from reprlearn.runs import store
from reprlearn.runs.remote import remote_root


@pytest.fixture(scope="session")
def demo_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `demo-one` and `demo-two`, small shipped runs with few files, to read only."""
    root = tmp_path_factory.mktemp("demo")
    for name, shipped in (("demo-one", "synthetic-none"), ("demo-two", "synthetic-mask")):
        for file in ("card.json", "weights.safetensors", "events.json", "curves.parquet", "maps/input-umap-2d.parquet"):
            (root / name / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(store.SHIPPED / shipped / file, root / name / file)
    return root


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """No run anywhere, and a cache of its own; returns the folder that stands for the working directory."""
    monkeypatch.setattr(store, "SHIPPED", tmp_path / "shipped")
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("REPRLEARN_RUNS", raising=False)
    monkeypatch.delenv("REPRLEARN_CACHE_GB", raising=False)
    monkeypatch.chdir(tmp_path)
    remote_root.cache_clear()
    yield tmp_path
    remote_root.cache_clear()


@pytest.fixture
def memory(alone: Path) -> Iterator[str]:
    """The URL of an empty place in fsspec's memory."""
    import fsspec

    url = f"memory://runs-{uuid.uuid4().hex}"
    yield url
    fsspec.filesystem("memory").rm(url, recursive=True) if fsspec.filesystem("memory").exists(url) else None


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of moto's S3, served by a thread of this process."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def s3(alone: Path, s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of a place in an empty bucket."""
    import boto3
    from s3fs import S3FileSystem

    for name, value in {"AWS_ENDPOINT_URL": s3_server, "AWS_ACCESS_KEY_ID": "reader", "AWS_SECRET_ACCESS_KEY": "secret",
                        "AWS_DEFAULT_REGION": "us-east-1"}.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    bucket = f"runs-{uuid.uuid4().hex}"
    boto3.client("s3").create_bucket(Bucket=bucket)
    yield f"s3://{bucket}/lab"
    S3FileSystem.clear_instance_cache()
