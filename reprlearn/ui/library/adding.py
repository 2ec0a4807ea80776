"""Files chosen, recognised, named, and made into a run that only this visitor sees."""

from __future__ import annotations

import streamlit as st

from reprlearn.data.vectors.recognise import FORMATS, Source
from reprlearn.jobs import readonly
from reprlearn.runs import uploads
from reprlearn.runs.imported import check_name, import_run, suggested_name
from reprlearn.ui import loaders
from reprlearn.ui.library import listing, staging
from reprlearn.ui.text import as_text, phrase, small, t
from reprlearn.ui.visitor import visitor

ROUND = "library_round"
COMMAND = "python -m reprlearn import glove.6B.300d.txt --name glove-300"


def show() -> None:
    """The form, and what can be brought; where nothing may be brought, that."""
    st.subheader(t("library.add"), anchor=False)
    if readonly():
        st.info(t("library.read_only"), icon=":material/lock:")
        return
    # A new key empties the field, and gives the files' memory back, once they are added.
    files = st.file_uploader(
        t("library.files"), accept_multiple_files=True, key=f"library_files_{st.session_state.get(ROUND, 0)}",
        max_upload_size=staging.MAX_FILE_MB, help=t("library.files.help"),
    )  # fmt: skip
    if not files:
        staging.drop()
        _formats()
        return
    found = staging.staged(files)
    if found.source is None:
        st.error(as_text(found.problem), icon=":material/error:")
        _formats()
        return
    _form(_in_order(found.source))


def _form(source: Source) -> None:
    """What the files are, the name, and the button."""
    st.markdown(t("library.recognised", format=f"**{as_text(phrase(FORMATS[source.format]))}**"))
    # Drawn with the suggestion once; after that the visitor's own text stands.
    name = st.text_input(
        t("library.name"), suggested_name(source), key=f"library_name_{st.session_state[staging.KEY].folder.parent.name}",
        max_chars=100, help=t("library.name.help"),
    )  # fmt: skip
    if st.button(t("library.add.button"), type="primary", icon=":material/add:", key="library_add"):
        _add(source, (name or "").strip())


def _in_order(source: Source) -> Source:
    """Which of two matrices is the input, as the visitor says."""
    if len(source.matrices) < 2 or source.format == "hugging-face":
        return source
    names = [tensor.name for tensor in source.tensors] or [path.name for path in source.matrices]
    chosen = st.radio(
        t("library.input"), [0, 1], format_func=lambda i: as_text(names[i]), key="library_input", horizontal=True,
        help=t("library.input.help"),
    )  # fmt: skip
    return source.swapped() if chosen == 1 else source


def _add(source: Source, name: str) -> None:
    folder, bar = uploads.folder_of(visitor()), st.progress(0.0, t("library.reading"))
    try:
        check_name(name)
        if any(run.name == name for run in loaders.runs()[0]):
            raise ValueError(t("library.taken", name=name))
        uploads.room_for_one(folder)
        import_run(source, folder / name, lambda share: bar.progress(min(1.0, share)))
    except (OSError, ValueError) as error:
        bar.empty()
        st.error(as_text(error.strerror or error if isinstance(error, OSError) else error), icon=":material/error:")
        return
    staging.drop()
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    listing.say("library.added", name)
    st.rerun()


def _formats() -> None:
    """What can be brought, as a table; and where to go with what is too large."""
    lines = [f"| {t('library.format')} | {t('library.format.files')} |", "|---|---|"]
    keys = {name.replace("-", "_"): said for name, said in FORMATS.items()}
    lines += [f"| **{as_text(phrase(said))}** | {t(f'library.format.{key}')} |" for key, said in keys.items()]
    st.markdown("\n".join(lines))
    st.markdown(small(t("library.large", n=staging.MAX_FILE_MB)))
    st.code(COMMAND, language="bash")
