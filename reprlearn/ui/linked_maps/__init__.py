"""One or two Plotly scatter maps of words that share a highlight and a selection.

`st.plotly_chart` drops zoom and selection whenever its figure changes, and cannot show the selection of one chart in another
without a round trip. This component keeps both in the browser: `frontend/linked_maps.js` around plotly.js. 3-D maps are drawn by
the plotly.js that ships inside the plotly package; 2-D maps by `frontend/plotly-2d.min.js`, the same version cut down to what
they need, which a browser has ready in a quarter of the time.

What travels, and when:

- plotly.js and the component's own script are served as files, once for a page load, not inside Streamlit's messages.
- A figure is served as a file named by its content and fetched only when the browser does not hold it. The message of a rerun
  carries the file's name, the highlight and little else (about 1 kB), so a searched word does not send the points again.
- The browser reports the ids of selected words, not Plotly's points (6 bytes a word instead of 131).
"""

from __future__ import annotations

from reprlearn.ui.linked_maps.component import MAX_POINTS, MapEvent, linked_maps

__all__ = ["MAX_POINTS", "MapEvent", "linked_maps"]
