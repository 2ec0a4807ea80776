"""Library: files are uploaded, recognised, refused in words, added for the visitor alone, published and deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from reprlearn.runs import Run, find_runs
from reprlearn.ui.library import staging
from reprlearn.ui.text import as_text, t
from tests import vector_files as made
from tests.pages.opening import opened

WORDS, MATRIX = made.places_and_foods()
GLOVE = made.glove(WORDS, MATRIX)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRLEARN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("REPRLEARN_RUNS", str(tmp_path / "runs"))
    monkeypatch.setattr("reprlearn.runs.store.SHIPPED", tmp_path / "shipped")
    monkeypatch.setattr("reprlearn.runs.uploads.SHIPPED", tmp_path / "shipped")
    monkeypatch.delenv("REPRLEARN_READONLY", raising=False)


def visit(page: str = "library") -> AppTest:
    """A new visitor."""
    return opened(page)


def go(at: AppTest, page: str, **query: str) -> AppTest:
    at.switch_page(f"pages/{page}.py" if page != "home" else "app.py")
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def upload(at: AppTest, **files: bytes) -> AppTest:
    """Files by name; a double underscore stands for the point."""
    for name, content in files.items():
        at.file_uploader[0].upload(name.replace("__", "."), content)
    at.run()
    assert not at.exception
    return at


def add(at: AppTest, name: str | None = None) -> AppTest:
    if name is not None:
        at.text_input[0].set_value(name)
    at.button(key="library_add").click().run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.markdown, *at.subheader, *at.header, *at.caption))


def errors(at: AppTest) -> list[str]:
    return [each.value for each in at.error]


def test_an_empty_library_says_what_can_be_brought() -> None:
    at = visit()
    assert all(as_text(name) in said(at) for name in ("GloVe text", "word2vec binary", "Hugging Face model"))
    assert t("library.everybodys.none") in said(at)


def test_what_is_uploaded_is_recognised_named_and_added() -> None:
    at = upload(visit(), my_vectors__txt=GLOVE)
    assert t("library.recognised", format=f"**{as_text('GloVe text')}**") in said(at)
    assert at.text_input[0].value == "my_vectors"
    at = add(at, "places-and-foods")
    assert [each.value for each in at.success] == [t("library.added", name=as_text("places-and-foods"))]
    assert f"**{as_text('places-and-foods')}**" in said(at) and not at.file_uploader[0].value
    at = go(at, "embedding_space", run="places-and-foods", word="rome")
    assert at.selectbox(key="run").value == "places-and-foods" and not at.error
    nearest = at.dataframe[0].value
    assert set(nearest["word"][:4]) == set(made.PLACES) - {"rome"} and "count" not in nearest
    at = go(at, "home")
    assert as_text("places-and-foods") in [each.value for each in at.subheader]


def test_nobody_else_sees_it_before_it_is_published() -> None:
    owner = add(upload(visit(), v__txt=GLOVE), "own")
    for name in ("first", "second"):  # there is something to compare
        everybodys = add(upload(visit(), v__txt=GLOVE), name)
        everybodys.button(key=f"publish_{name}").click().run()
    other = visit()
    assert "own" not in [link.label for link in other.main.page_link]
    assert {run.name for run in find_runs()[0]} == {"first", "second"}
    home = go(other, "home", card_a="own")
    assert any("own" in warning.value for warning in home.warning), "the link is told that there is none"
    assert home.selectbox and all("own" not in box.options for box in home.selectbox)
    assert as_text("own") not in [each.value for each in home.subheader]

    owner.button(key="publish_own").click().run()
    assert [each.value for each in owner.success] == [t("library.published", name="own")]
    assert "own" in [run.name for run in find_runs()[0]]
    other = visit()
    assert f"**{as_text('own')}**" in said(other) and not [each for each in other.button if each.key == "publish_own"]
    assert go(other, "embedding_space", run="own").selectbox(key="run").value == "own"


def test_a_published_model_is_deleted_for_all() -> None:
    at = add(upload(visit(), v__txt=GLOVE), "own")
    at.button(key="publish_own").click().run()
    at.button(key="delete_own").click().run()
    assert not at.exception and find_runs() == ([], [])
    assert [each.value for each in at.success] == [t("library.deleted", name="own")]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"v__txt": b"a 1 2\nb 3\n"}, "v.txt, line 2: 1 number, however"),
        ({"v__txt": b"a 1 2\na 3 4\n"}, "the word 'a' stands in line 1 already"),
    ],
)
def test_what_is_wrong_inside_is_said_when_it_is_added(files: dict[str, bytes], expected: str) -> None:
    at = add(upload(visit(), **files))
    assert len(errors(at)) == 1 and as_text(expected) in errors(at)[0]
    assert find_runs() == ([], []) and t("library.everybodys.none") in said(at)
    assert add(upload(at, **{}), "again").error, "the page still works"


def test_what_is_nothing_is_said_at_once() -> None:
    at = upload(visit(), m__pt=b"PK\x03\x04" + bytes(30))
    assert as_text("m.pt: is a zip archive") in errors(at)[0]
    assert not [each for each in at.button if each.key == "library_add"]


@pytest.mark.parametrize("name", ["../../x", "<script>alert(1)</script>", "", "a/b", ".x", "한국어"])
def test_a_name_that_may_not_be_is_refused(name: str, tmp_path: Path) -> None:
    at = add(upload(visit(), v__txt=GLOVE), name)
    assert as_text("a name is made of letters") in errors(at)[0]
    assert not list(tmp_path.rglob("card.json"))


def test_a_name_that_is_there_is_refused() -> None:
    at = add(upload(visit(), v__txt=GLOVE), "own")
    at = add(upload(at, w__txt=GLOVE), "own")
    assert errors(at) == [as_text(t("library.taken", name="own"))]


def test_of_a_pair_the_visitor_says_which_is_the_input(tmp_path: Path) -> None:
    at = upload(visit(), w__txt=GLOVE, c__txt=made.glove(WORDS, -MATRIX))
    at.radio(key="library_input").set_value(1).run()
    add(at, "pair")
    (card,) = (tmp_path / "cache").rglob("card.json")
    run = Run(card.parent)
    assert run.matrix("input")[0, 0] == -MATRIX[0, 0] and run.matrix("output")[0, 0] == MATRIX[0, 0]


class Sent:
    """A file as a client may send it, past the browser's checks."""

    def __init__(self, name: str, content: bytes = GLOVE, size: int | None = None) -> None:
        self.name, self.file_id, self._content = name, name, content
        self.size = len(content) if size is None else size

    def getbuffer(self) -> memoryview:
        return memoryview(self._content)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ([Sent("..")], "no file should have this name"),
        ([Sent("a/..")], "no file should have this name"),
        ([Sent("")], "no file should have this name"),
        ([Sent("a\x00b.txt")], "no file should have this name"),
        ([Sent("a\u202eb.txt")], "no file should have this name"),
        ([Sent("x" * 300)], "no file should have this name"),
        ([Sent("v.txt", size=(staging.MAX_FILE_MB << 20) + 1)], "larger than the 200 MB a file may have"),
        ([Sent(f"{i}.txt", size=180 << 20) for i in range(3)], "together larger than the 400 MB"),
        ([Sent(f"{i}.txt") for i in range(65)], "65 files are more than the 64"),
        ([Sent("a/v.txt"), Sent("b/v.txt")], "v.txt: two files have this name"),
    ],
)
def test_limits_hold_on_the_server(sent: list[Sent], expected: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=expected):
        staging._write(sent, tmp_path / "staged")
    assert not (tmp_path / "staged").exists()


@pytest.mark.parametrize("name", ["../../etc/x.txt", "C:\\dir\\x.txt", "/x.txt", "a/b/x.txt"])
def test_a_files_name_is_its_last_part(name: str, tmp_path: Path) -> None:
    (path,) = staging._write([Sent(name)], tmp_path / "staged")
    assert path == tmp_path / "staged" / "x.txt" and path.read_bytes() == GLOVE


def test_uploads_are_taken_from_the_disk_when_they_are_added_or_withdrawn(tmp_path: Path) -> None:
    at = upload(visit(), v__txt=GLOVE)
    assert list((tmp_path / "cache").rglob("v.txt"))
    add(at, "own")
    assert not list((tmp_path / "cache").rglob("v.txt"))


def test_read_only_nothing_is_added_published_or_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    at = add(upload(visit(), v__txt=GLOVE), "own")
    at.button(key="publish_own").click().run()
    monkeypatch.setenv("REPRLEARN_READONLY", "1")
    at = visit()
    assert [each.value for each in at.info] == [t("library.read_only")]
    assert not at.file_uploader and not at.button, "nothing to press"
    assert f"**{as_text('own')}**" in said(at)


def test_a_model_folder_opens_on_the_pages_of_language_models(tmp_path: Path) -> None:
    pytest.importorskip("transformers", reason="transformers is optional")
    folder = made.model_folder(tmp_path / "m", tied=False)
    at = upload(visit(), **{path.name.replace(".", "__"): path.read_bytes() for path in sorted(folder.iterdir())})
    assert at.text_input[0].value == "model"
    at = add(at, "my-gpt")
    assert {t("frame.embedding_space"), t("frame.next_token")} <= {link.label for link in at.main.page_link}
    at = go(at, "next_token", runs="my-gpt", prompt="the film", chosen="▁film")
    assert at.multiselect(key="runs").value == ["my-gpt"] and not at.error
    for matrix in ("input", "output"):
        at = go(at, "embedding_space", run="my-gpt", matrix=matrix, word="▁film")
        assert not at.error and at.dataframe[0].value["word"].size == 10
