"""Which data: what comes with the project, or a file of the visitor's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from reprlearn.jobs import JobError, uploads
from reprlearn.jobs.uploads import Upload
from reprlearn.recipes import Recipe
from reprlearn.recipes.fields import fields_of, with_values
from reprlearn.ui.links import buttons
from reprlearn.ui.text import as_text, phrase, small, t
from reprlearn.ui.text.numbers import compact
from reprlearn.ui.train import changes, table
from reprlearn.ui.train.field import key_of, widget

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

WHOSE, UPLOAD = "data", "upload"
# Of this visitor: who they are to the store of uploads, the file that was read last, and how often the field was emptied.
OWNER, SEEN, EMPTIED, PROBLEM = "train_owner", "train_seen", "train_emptied", "train_upload_problem"
HELD = "train_upload_held"
SPLITS = {"train": "train.split.train", "valid": "train.split.valid", "test": "train.split.test"}


@dataclass(frozen=True)
class Data:
    """own: the data are the visitor's.  upload: which; None where they are to choose one yet.  recipe: with these data.

    chosen: {path: value} of the fields that were asked for here
    """

    own: bool
    upload: Upload | None
    recipe: Recipe | None
    chosen: dict[str, str] = field(default_factory=dict)


def choose(recipe: Recipe) -> Data:
    """Draw the choice, and what is known of the data."""
    kind = recipe.data.kind
    if kind == "labelled":
        st.markdown(t("train.data.labelled"))
        return Data(False, None, recipe)

    if buttons(WHOSE, ("shipped", "own"), "train.data", labelled=True) == "shipped":
        return _shipped(recipe)
    _receive(kind)
    upload = _held(kind)
    if upload is None:
        return Data(True, None, None)
    with st.container(border=True):
        if kind == "text":
            _show_text(upload)
            made = upload.in_recipe(recipe)
        else:
            made = table.roles(recipe, upload)
    return Data(True, upload, made)


def _shipped(recipe: Recipe) -> Data:
    """The corpus, or the log, of those that come with the project."""
    (which,) = (each for each in fields_of(recipe) if each.path in ("data.corpus", "data.log"))
    name = widget(which, key_of(recipe, which), changes.starts(recipe)[which.path])
    st.markdown(small(as_text(phrase(which.help))))
    chosen = {which.path: name if name in which.options else which.value}  # a client may send anything
    return Data(False, None, with_values(recipe, chosen), chosen)


def _receive(kind: str) -> None:
    """The field for a file. What is sent is taken in once; why it was not is said for as long as it stands there."""
    endings = uploads.TEXT_ENDINGS if kind == "text" else uploads.TABLE_ENDINGS
    file: UploadedFile | None = st.file_uploader(
        t("train.upload.text") if kind == "text" else t("train.upload.table"),
        type=list(endings),
        key=f"train_file_{kind}_{st.session_state.get(EMPTIED, 0)}",
        max_upload_size=uploads.MOST_BYTES >> 20,
        help=t("train.upload.help", size=uploads.MOST_BYTES >> 20, days=uploads.DAYS),
    )
    if file is None:
        st.session_state.pop(PROBLEM, None)
    elif file.file_id != st.session_state.get(SEEN):
        st.session_state[SEEN] = file.file_id
        st.session_state.pop(PROBLEM, None)
        try:
            with st.spinner(as_text(file.name)):
                upload = uploads.receive(_owner(), file.name, file.getvalue())
        except JobError as error:
            st.session_state[PROBLEM] = str(error)
            _let_go()
        else:
            st.query_params[UPLOAD] = upload.key
    if problem := st.session_state.get(PROBLEM):
        st.error(as_text(problem), icon=":material/upload_file:")


def _owner() -> str:
    if OWNER not in st.session_state:
        st.session_state[OWNER] = uploads.new_owner()
    return st.session_state[OWNER]


def _held(kind: str) -> Upload | None:
    """The upload that the link names, so that a reload finds it, or that this visitor sent, if it is of this kind."""
    key = st.query_params.get(UPLOAD) or st.session_state.get(HELD)
    if not key:
        return None
    try:
        upload = uploads.find(key)
    except JobError as error:
        st.warning(as_text(error), icon=":material/link_off:")
        return None
    st.query_params[UPLOAD] = st.session_state[HELD] = upload.key
    if (upload.text is None) == (kind == "text"):
        st.markdown(t("train.upload.other", name=as_text(upload.name)))
        return None
    return upload


def remove_button(upload: Upload) -> None:
    """Takes the upload away for good."""
    st.button(
        t("train.upload.remove"), on_click=_remove, args=(upload.key,), key="remove_upload", type="tertiary",
        icon=":material/delete:",
    )  # fmt: skip


def _remove(key: str) -> None:
    try:
        uploads.forget(key)
    except JobError as error:
        st.session_state[PROBLEM] = str(error)
        return
    st.session_state[EMPTIED] = st.session_state.get(EMPTIED, 0) + 1
    _let_go()


def _let_go() -> None:
    st.query_params.pop(UPLOAD, None)
    st.session_state.pop(HELD, None)


def _show_text(upload: Upload) -> None:
    about = upload.text
    assert about is not None
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{as_text(upload.name)}**", width="content")
        remove_button(upload)
    sizes = [
        t(
            "train.upload.size",
            split=t(SPLITS[split]), words=compact(size["words"]), paragraphs=f"{size['paragraphs']:,}",
        )
        for split, size in about["sizes"].items()
        if split in SPLITS
    ]  # fmt: skip
    st.markdown(" · ".join(sizes))
    st.markdown(small(t("train.upload.split") if about["split"] else t("train.upload.given")))
    st.markdown(small(f"{t('train.upload.first')}: *{as_text(about['first'][0])}*"))
