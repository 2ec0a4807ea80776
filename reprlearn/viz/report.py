"""Views gathered into one page of its own: figures and tables, what was written about them, and the cards of their runs.

Everything in it may come from outside (words, names of runs, what a visitor typed): all of it is text here, escaped where it is
written down, and the page runs no script but those of `reprlearn.viz.html`.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reprlearn.viz import style
from reprlearn.viz.html import document
from reprlearn.viz.words import say

DEFAULT_PX, LOWEST_PX, HIGHEST_PX = 460, 120, 2_000


@dataclass(frozen=True)
class View:
    """Something seen, as it was: figures (JSON as `go.Figure.to_json` writes it, side by side) or a table, and what is known of it.

    alt:     says in words what the figures show.  table: rows of texts, the header first.
    runs:    names of the runs it shows.  made: when it was seen.  link: opens it again; "" for none.
    theme:   "light" or "dark": the page the figures were drawn for.
    heights: of the figures in pixels, where one is known.  n_left_out: rows that the table had beside these.
    """

    title: str
    alt: str
    made: datetime
    figures: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    runs: tuple[str, ...] = ()
    link: str = ""
    theme: str = "light"
    note: str = ""
    heights: tuple[int | None, ...] = ()
    n_left_out: int = 0

    @property
    def n_bytes(self) -> int:
        """What it adds to a page, nearly."""
        cells = sum(len(cell) for row in self.table for cell in row)
        return sum(len(figure) for figure in self.figures) + cells + len(self.alt) + len(self.note)


@dataclass(frozen=True)
class RunCard:
    """A run as its card tells of it: {section: [(field, value)]}, all of it text."""

    name: str
    summary: str
    sections: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


def report_html(
    views: Sequence[View],
    cards: Sequence[RunCard],
    title: str,
    made: datetime,
    *,
    theme: str = "light",
    language: str = "en",
) -> bytes:
    """The page, in the words of the language that is spoken (`viz.words`): views in their order, then a card a run.

    Needs no network and no server; its figures stay interactive; on paper it is light. ValueError for an unknown theme.
    """
    places = {card.name: f"run-{i}" for i, card in enumerate(cards)}
    figures: dict[str, str] = {}
    parts = [_view(view, i, places, figures) for i, view in enumerate(views)]
    contents = "".join(f'<li><a href="#view-{i}">{_text(view.title)}</a></li>' for i, view in enumerate(views))
    runs = "".join(_card(card, places[card.name]) for card in cards)
    body = f"""<main>
<header><h1>{_text(title)}</h1><p class="small">{_text(say("report.made", time=_when(made)))}</p></header>
{f'<nav aria-label="{_text(say("report.contents"))}"><ol>{contents}</ol></nav>' if len(views) > 1 else ""}
{"".join(parts)}
{f'<section><h2 id="runs">{_text(say("report.runs"))}</h2>{runs}</section>' if cards else ""}
</main>
<noscript><p>{_text(say("report.noscript"))}</p></noscript>"""
    return document(title, body, _look(theme), figures, language)


def _view(view: View, i: int, places: Mapping[str, str], figures: dict[str, str]) -> str:
    """One view; adds its figures to those of the page."""
    drawn = []
    for j, figure in enumerate(view.figures):
        name = f"figure-{i}-{j}"
        figures[name] = figure
        asked = view.heights[j] if j < len(view.heights) else None
        height = min(max(int(asked or DEFAULT_PX), LOWEST_PX), HIGHEST_PX)
        # The id ends the name of a saved picture.
        drawn.append(
            f'<div class="figure" data-figure="{name}" data-name="{name}" role="img" aria-label="{_text(view.alt)}" '
            f'style="height:{height}px"></div>'
        )
    theme = "dark" if view.theme == "dark" else "light"
    shown = f'<div class="figures {theme}">{"".join(drawn)}</div>' if drawn else ""
    note = "".join(f"<p>{_text(line)}</p>" for line in view.note.splitlines() if line.strip())
    return f"""<section class="view" id="view-{i}">
<h2>{_text(view.title)}</h2>
{f'<div class="note">{note}</div>' if note else ""}
{shown}{_table(view.table, view.n_left_out)}
<p class="small">{_about(view, places)}</p>
</section>
"""


def _about(view: View, places: Mapping[str, str]) -> str:
    """Which runs it shows, when it was seen, and the way back to it."""
    runs = [
        f'<a href="#{places[name]}">{_text(name)}</a>' if name in places else _text(say("report.gone", name=name))
        for name in view.runs
    ]
    said = [", ".join(runs), _text(say("report.seen", time=_when(view.made)))]
    # Only addresses of the web: a link may not run anything.
    if view.link.startswith(("http://", "https://")):
        said.append(f'<a href="{_text(view.link)}" rel="noreferrer">{_text(say("report.open"))}</a>')
    return " · ".join(filter(None, said))


def _table(rows: Sequence[Sequence[str]], n_left_out: int) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in rows[1:])
    more = f'<p class="small">{_text(say("report.more", n=f"{n_left_out:,}"))}</p>' if n_left_out else ""
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}'


def _card(card: RunCard, place: str) -> str:
    sections = "".join(
        f"<div><h4>{_text(name)}</h4><dl>{''.join(f'<dt>{_text(key)}</dt><dd>{_text(value)}</dd>' for key, value in rows)}</dl></div>"
        for name, rows in card.sections.items()
        if rows
    )
    summary = f"<p>{_text(card.summary)}</p>" if card.summary else ""
    return f'<article class="card" id="{place}"><h3>{_text(card.name)}</h3>{summary}<div class="sections">{sections}</div></article>'


def _text(text: object) -> str:
    return html.escape(str(text), quote=True)


def _when(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"


def _look(theme: str) -> str:
    """The style sheet. A figure keeps the background of the theme it was drawn for; paper is white."""
    colours = {name: _colours(name) for name in ("light", "dark")}
    page = colours.get(theme, "")
    if not page:
        raise ValueError(f"theme must be 'light' or 'dark', however: {theme=}")
    return f""":root {{ {page} color-scheme: {theme}; }}
.light {{ {colours["light"]} }} .dark {{ {colours["dark"]} }}
body {{ margin: 0; background: var(--page); color: var(--text); font: 17px/1.5 {style.FONT}; }}
main {{ max-width: 1080px; margin: 0 auto; padding: 2rem 1.5rem 4rem; }}
h1, h2, h3 {{ font-family: 'Source Serif', 'Noto Serif', 'Noto Serif KR', Georgia, serif; line-height: 1.25; overflow-wrap: anywhere; }}
h1 {{ font-size: 2.1rem; margin-bottom: .2rem; }} h2 {{ font-size: 1.4rem; margin: 2.6rem 0 .6rem; }}
h3 {{ margin: 0 0 .2rem; }} h4 {{ margin: .8rem 0 .2rem; }}
a {{ color: var(--link); }} .small {{ font-size: .88rem; color: var(--soft); overflow-wrap: anywhere; }}
.note {{ border-left: 3px solid var(--line); padding-left: .9rem; margin: .6rem 0 1rem; }} .note p {{ margin: .2rem 0; }}
.figures {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: .5rem; background: var(--page);
  border: 1px solid var(--line); border-radius: 6px; padding: .5rem; }}
.figure {{ min-width: 0; }}
.table {{ overflow-x: auto; }} table {{ border-collapse: collapse; font-size: .92rem; }}
th, td {{ text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }}
.card {{ border: 1px solid var(--line); border-radius: 6px; padding: 1rem 1.2rem; margin: 1rem 0; }}
.sections {{ columns: 2 22rem; column-gap: 2rem; }} .sections > div {{ break-inside: avoid-column; }}
dl {{ display: grid; grid-template-columns: minmax(8rem, 40%) 1fr; gap: .1rem .8rem; margin: 0; font-size: .9rem; }}
dt {{ color: var(--soft); }} dd {{ margin: 0; overflow-wrap: anywhere; }}
@media print {{
  :root {{ {colours["light"]} color-scheme: light; }}
  main {{ max-width: none; padding: 0; }} nav {{ display: none; }} .modebar-container {{ display: none; }}
  .view {{ break-inside: avoid; }} h2 {{ break-after: avoid; }} .card {{ break-inside: auto; }}
  .figures {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
}}
"""


def _colours(theme: str) -> str:
    text, link, soft, line = {
        "light": ("#1F2430", "#0B6E5F", "#565D6B", "#D9D5C9"),
        "dark": ("#F1F3F7", "#63CDB9", "#B4BAC6", "#363D4A"),
    }[theme]
    return f"--page: {style.page_colour(theme)}; --text: {text}; --link: {link}; --soft: {soft}; --line: {line};"
