// One or two Plotly scatter maps that share a highlight and a selection.
//
// The server says what to show (figures, highlighted words, a selection it commands); the browser owns what the visitor is
// doing (zoom, camera, drag mode, selection) and reports only results: `selected` as state, `clicked` as a trigger.
// Every drawing goes through `draw`, which builds the whole figure from that state, so no order of events can lose a part of it.

// The full plotly.js takes a browser about a second to evaluate; 2-D maps are drawn by a bundle of what they need of it.
const PLOTLY_2D_URL = new URL("plotly-2d.min.js", import.meta.url).href;
const PLOTLY_URL = new URL("../plotly.package_data/plotly.min.js", import.meta.url).href;
const REPORT_DELAY_MS = 200;
const DOUBLE_CLICK_MS = 350;
const LABEL_FONT_PX = 14;
const TOOL_PX = 18;
const GROUP_FONT_PX = 15; // of the style's labels, when a figure does not say
const MAX_KEPT_FIGURES = 8;

const instances = new WeakMap(); // host element -> LinkedMaps
const keptViews = new Map(); // component key -> what a visitor had done before the component was taken off the page
const keptFigures = new Map(); // url -> Promise of a decoded figure; the urls are content hashes

/**
 * Promise of a plotly.js that draws the kind of map. Both name themselves `Plotly`, and a drawing belongs to the one that made
 * it: whoever draws keeps the one it was given.
 */
function loadPlotly(is3d) {
  const loads = (globalThis.__reprlearnPlotly ??= new Map());
  const url = is3d || loads.has(PLOTLY_URL) ? PLOTLY_URL : PLOTLY_2D_URL;
  if (!loads.has(url)) {
    const load = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = () => resolve(globalThis.Plotly);
      script.onerror = () => reject(new Error("plotly.js could not be loaded"));
      document.head.append(script);
    });
    load.catch(() => loads.delete(url)); // a failed download may be tried again
    loads.set(url, load);
  }
  return loads.get(url);
}

function hasWebGL() {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext(); // browsers allow only a handful of contexts
  return context !== null;
}

// ---------------------------------------------------------------------------------------------------------- figures

const ARRAY_TYPES = {
  f4: Float32Array, f8: Float64Array, i1: Int8Array, u1: Uint8Array,
  i2: Int16Array, u2: Uint16Array, i4: Int32Array, u4: Uint32Array,
};

/** Replace Plotly's {dtype, bdata} objects by typed arrays, in place, so that redrawing does not decode them again. */
function decodeArrays(node) {
  for (const [name, value] of Object.entries(node)) {
    if (value === null || typeof value !== "object") continue;
    if (value.bdata !== undefined && value.shape === undefined) {
      const bytes = Uint8Array.from(atob(value.bdata), (character) => character.charCodeAt(0));
      node[name] = new ARRAY_TYPES[value.dtype](bytes.buffer);
    } else if (!Array.isArray(value) || name === "data") {
      decodeArrays(value);
    }
  }
  return node;
}

function fetchFigure(url) {
  if (!keptFigures.has(url)) {
    const figure = fetch(url).then((response) => {
      if (!response.ok) throw new Error(`figure: ${response.status}`);
      return response.json();
    }).then((json) => {
      const { data, layout } = decodeArrays(json);
      const points = data[0];
      const indexOf = new Map(Array.from(points.customdata, (id, index) => [Number(id), index]));
      return { data, layout, points, indexOf, is3d: points.type === "scatter3d" };
    });
    figure.catch(() => keptFigures.delete(url)); // a failed download may be tried again
    keptFigures.set(url, figure);
    if (keptFigures.size > MAX_KEPT_FIGURES) keptFigures.delete(keptFigures.keys().next().value);
  }
  return keptFigures.get(url);
}

// ------------------------------------------------------------------------------------------------------------ theme

function readTheme(element) {
  const style = getComputedStyle(element);
  const value = (name) => style.getPropertyValue(`--st-${name}`).trim();
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = value("background-color") || "#ffffff";
  return {
    background: probe.fillStyle,
    text: value("text-color") || "#31333f",
    border: value("border-color") || "#d5d6d9",
    panel: value("secondary-background-color") || "#f0f2f6",
    accent: value("primary-color") || "#ff4b4b",
    font: value("font") || "sans-serif",
  };
}

/** The figure's own layout, in the colours of the page. */
function themedLayout(figure, theme) {
  const own = figure.layout;
  const layout = {
    ...own,
    autosize: true,
    width: undefined,
    height: undefined,
    paper_bgcolor: theme.background,
    plot_bgcolor: theme.background,
    font: { ...own.font, color: theme.text, family: theme.font },
    hoverlabel: { ...own.hoverlabel, bgcolor: theme.panel, bordercolor: theme.border,
                  font: { color: theme.text, family: theme.font, size: 15 } },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: theme.text, activecolor: theme.accent },
    annotations: (own.annotations ?? []).map((note) => themedNote(note, theme)),
    selections: [],
    margin: own.title?.text ? own.margin : { l: 8, r: 8, b: 8, ...own.margin, t: 36 }, // room for the tools alone
  };
  // No line colours: naming one would draw the line.
  const axis = { gridcolor: theme.border, color: theme.text };
  if (figure.is3d) {
    layout.scene = { ...own.scene, bgcolor: theme.background, dragmode: undefined };
    for (const name of ["xaxis", "yaxis", "zaxis"]) layout.scene[name] = { ...axis, ...own.scene?.[name], ...axis };
  } else {
    for (const name of ["xaxis", "yaxis"]) layout[name] = { ...axis, ...own[name], ...axis };
  }
  return layout;
}

function themedNote(note, theme) {
  return { ...note, bgcolor: withAlpha(theme.background, 0.72), font: { color: theme.text, ...note.font } };
}

function withAlpha(hex, alpha) {
  return hex + Math.round(alpha * 255).toString(16).padStart(2, "0");
}



// ----------------------------------------------------------------------------------------------------------- labels

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const boxAt = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

// Letters of Korean, Chinese and Japanese, which take the room of two others.
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/g;

/** Size of a label in pixels, near enough to keep labels apart. */
const labelSize = (note, fontSize) => [note.text.replace(/&\w+;/g, "_").replace(WIDE, "__").length * fontSize * 0.56 + 8, fontSize + 10];

/** Whether a part of the line {x0, y0, x1, y1} lies in the box. */
function crosses(line, box) {
  let [first, last] = [0, 1]; // the share of the line that is left, cut at one side after the other
  for (const [start, end, low, high] of [[line.x0, line.x1, box.left, box.right], [line.y0, line.y1, box.top, box.bottom]]) {
    if (start === end && !(low < start && start < high)) return false;
    if (start === end) continue;
    const sides = [(low - start) / (end - start), (high - start) / (end - start)];
    [first, last] = [Math.max(first, Math.min(...sides)), Math.min(last, Math.max(...sides))];
  }
  return first < last;
}

/**
 * Where labels go so that none covers another, a highlighted dot or the edge, and so that few lines to them run through others.
 * `labels`: {x, y, width, height} with the dot at (x, y); the first has the first choice. Returns a box each, or null.
 */
function placeLabels(labels, area) {
  const dots = labels.map(({ x, y }) => boxAt(x, y, 12, 12));
  const taken = [], lines = [];
  return labels.map(({ x, y, width, height }) => {
    let best = null;
    for (const radius of [10, 22, 38, 58, 82, 110]) {
      for (let step = 0; step < 12; step++) {
        const angle = -Math.PI / 2 + (step % 2 ? 1 : -1) * Math.ceil(step / 2) * (Math.PI / 6);
        const at = { x: x + Math.cos(angle) * (radius + width / 2), y: y + Math.sin(angle) * (radius + height / 2) };
        const box = boxAt(at.x, at.y, width, height);
        const inside = box.left > 0 && box.right < area.width && box.top > 0 && box.bottom < area.height;
        if (!inside || [...dots, ...taken].some((other) => overlap(other, box))) continue;
        const line = { x0: x, y0: y, x1: at.x, y1: at.y };
        const crossed = taken.filter((other) => crosses(line, other)).length + lines.filter((other) => crosses(other, box)).length;
        if (!best || crossed < best.crossed) best = { box, line, crossed };
      }
    }
    if (!best) return null;
    taken.push(best.box);
    lines.push(best.line);
    return best.box;
  });
}

// ------------------------------------------------------------------------------------------------------------ panel

/** One map: a div with a Plotly figure in it. */
class Panel {
  constructor(owner, index, plotly) {
    this.owner = owner;
    this.plotly = plotly;
    this.index = index;
    this.element = document.createElement("div");
    this.element.className = "linked-map";
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "application");
    this.element.onkeydown = (event) => this.onKey(event);
    this.element.addEventListener("pointerdown", (event) => this.onPointer(event), true);
    // On the way to another page the element is gone before the observer is: plotly refuses to resize what is not shown.
    this.resizes = new ResizeObserver(() => this.drawn && this.element.offsetWidth && this.plotly.Plots.resize(this.element));
    this.resizes.observe(this.element);
  }

  /** Taken off the page. A drawing that still runs sees it after each of its waits, and cleans up behind itself. */
  remove() {
    this.removed = true;
    this.resizes.disconnect();
    this.element.remove();
    if (!this.drawing) this.plotly.purge(this.element);
  }

  describe(figure, spec, messages) {
    this.figure = figure;
    this.spec = spec;
    this.element.setAttribute("aria-label", `${spec.alt} ${messages.keys}`.trim());
  }

  get view() {
    const layout = this.element.layout ?? {};
    return this.figure?.is3d ? { camera: this.camera }
      : { xaxis: layout.xaxis?.range, yaxis: layout.yaxis?.range };
  }

  /** Indices into trace 0 of the given words; words this map does not show are left out. */
  indices(ids) {
    return ids.map((id) => this.figure.indexOf.get(id)).filter((index) => index !== undefined);
  }

  traces(theme) {
    const { data, points, is3d } = this.figure;
    const { selected } = this.owner;
    const shown = { ...points, marker: withScaleInside(points.marker, theme, this.owner.scale) };
    const overlays = [];
    const chosen = this.indices([...selected]);
    if (!is3d) {
      // An empty array would dim every point of a map that shows none of the selected words, which is what is true of it.
      shown.selectedpoints = selected.size ? chosen : null;
      shown.selected = { marker: { opacity: 1 } };
      shown.unselected = { marker: { opacity: 0.12 } };
    } else if (selected.size) {
      // Plotly's 3-D scatter has no selection state: dim all and draw the selected ones again.
      shown.opacity = 0.15;
      overlays.push(this.overlay(chosen, { ...pick(points.marker, chosen), opacity: 1 }));
    }
    // In 3-D no label makes room for another: the names of the groups give way to the highlighted words.
    const more = data.slice(1).filter((trace) => !(is3d && trace.mode === "text" && this.owner.highlight.length));
    return [shown, ...more.map((trace) => themedTrace(trace, theme)), ...overlays];
  }

  overlay(indices, marker) {
    const { points } = this.figure;
    const at = (values) => indices.map((index) => values[index]);
    return { type: points.type, mode: "markers", x: at(points.x), y: at(points.y), z: at(points.z), marker, showlegend: false,
             customdata: at(points.customdata), text: at(points.text), hovertemplate: "%{text}<extra></extra>" };
  }

  /**
   * The highlight as annotations: a dot, a line and the word. They lie above the points, move with them, are part of
   * downloaded images, and changing them does not redraw the points.
   */
  notes(theme) {
    const { points, is3d, indexOf } = this.figure;
    const { highlight, highlightColour: colour, scale } = this.owner;
    const size = LABEL_FONT_PX * scale;
    const notes = this.indices(highlight).map((index) => ({
      x: points.x[index], y: points.y[index], text: String(points.text[index]), index,
      showarrow: true, arrowhead: 6, arrowwidth: 1.4 * scale, arrowsize: 2.2, arrowcolor: colour, borderpad: 2, ax: 0, ay: -16 * scale,
      bgcolor: withAlpha(theme.background, 0.85), font: { size, color: theme.text, family: theme.font },
    }));
    if (notes.length && indexOf.has(highlight[0])) {
      Object.assign(notes[0], { arrowsize: 3.4, bgcolor: colour, borderpad: 4,
                                font: { size: size + 5 * scale, color: "#ffffff", weight: 700, family: theme.font } });
    }
    return notes;
  }

  /** The highlight and the figure's own labels, in `layout`: none covers another, the searched word first, and more fit as one zooms in. */
  addLabels(layout, theme) {
    const { scale } = this.owner;
    const notes = this.notes(theme);
    if (this.figure.is3d) { // labels turn with the scene, so they only stand apart from their own dots
      const sides = notes.map((note, rank) => ({
        ...note, z: this.figure.points.z[note.index],
        ax: scale * (rank === 0 ? 0 : (rank % 2 ? 105 : -105)),
        ay: scale * (rank === 0 ? -88 : -56 + 26 * Math.floor((rank - 1) / 2)),
      }));
      layout.scene.annotations = [...(layout.scene.annotations ?? []), ...sides];
      return;
    }
    const { xaxis, yaxis } = this.element._fullLayout ?? {};
    if (!xaxis?.d2p) return;
    const area = { width: xaxis._length, height: yaxis._length };
    const labels = notes.map((note) => {
      const [width, height] = labelSize(note, note.font.size);
      return { note, x: xaxis.d2p(note.x), y: yaxis.d2p(note.y), width, height };
    }).filter(({ x, y }) => x >= 0 && x <= area.width && y >= 0 && y <= area.height);
    const boxes = placeLabels(labels, area);
    const highlight = labels.map(({ note, x, y }, at) => {
      const box = boxes[at]; // a word without room for its label keeps its dot
      return box ? { ...note, ax: (box.left + box.right) / 2 - x, ay: (box.top + box.bottom) / 2 - y }
        : { ...note, text: " ", bgcolor: "rgba(0,0,0,0)", ay: -1 };
    });
    const taken = [...boxes.filter(Boolean), ...labels.map(({ x, y }) => boxAt(x, y, 14, 14))];
    const own = layout.annotations.filter((note) => {
      if (note.name !== "cluster") return true;
      const [width, height] = labelSize(note, note.font?.size ?? GROUP_FONT_PX * this.owner.scale);
      const box = boxAt(xaxis.d2p(note.x) + (note.xshift ?? 0), yaxis.d2p(note.y) - (note.yshift ?? 0), width, height);
      if (taken.some((other) => overlap(other, box))) return false;
      taken.push(box);
      return true;
    });
    layout.annotations = [...own, ...highlight.reverse()]; // the last is drawn on top: the searched word
  }

  /** Draw the state as it is now. Calls while a drawing runs are folded into one that follows it. */
  async draw() {
    if (this.removed) return;
    if (this.drawing) { this.again = true; return; }
    this.drawing = true;
    try {
      do {
        this.again = false;
        await this.drawOnce();
      } while (this.again && !this.removed);
    } finally {
      this.drawing = false;
      if (this.removed) this.plotly.purge(this.element);
    }
  }

  async drawOnce() {
    const theme = readTheme(this.element);
    const layout = themedLayout(this.figure, theme);
    layout.uirevision = this.spec.revision;
    if (!this.figure.is3d) layout.dragmode = this.owner.dragmode;
    // A new revision each time: what we pass, not what Plotly remembers, is the selection and the tool.
    layout.selectionrevision = layout.modebar.uirevision = this.draws = (this.draws ?? 0) + 1;
    if (!this.drawn) this.restore(layout);
    else if (this.figure.is3d) this.keepCamera(layout);
    // Labels are placed in pixels of the axes as drawn last; right after the first drawing they are placed once more.
    const kept = this.drawn && this.drawnRevision === this.spec.revision;
    if (kept) this.addLabels(layout, theme);
    else if (!this.figure.is3d) layout.annotations = [];
    await this.plotly.react(this.element, this.traces(theme), layout, (this.config ??= this.makeConfig()));
    if (this.removed) return;
    if (!this.drawn) this.listen();
    this.drawn = true;
    this.drawnRevision = this.spec.revision;
    this.element.dataset.points = String(this.figure.points.x.length);
    if (!kept && (!this.figure.is3d || this.owner.highlight.length)) {
      await new Promise((resolve) => setTimeout(resolve)); // the points are shown first, then named
      if (this.removed) return;
      await this.relabel();
    }
    this.element.dataset.drawn = String(this.draws);
  }

  restore(layout) {
    const kept = this.owner.kept?.views[this.index];
    if (kept?.revision !== this.spec.revision) return;
    if (kept.camera) layout.scene.camera = kept.camera;
    for (const name of ["xaxis", "yaxis"]) if (kept[name]) layout[name] = { ...layout[name], range: kept[name], autorange: false };
  }

  /** Plotly takes the camera down at `mouseup`, before the last movement has reached it; the scene itself knows better. */
  keepCamera(layout) {
    layout.scene.uirevision = this.draws;
    if (this.drawnRevision === this.spec.revision) layout.scene.camera = this.camera;
  }

  get camera() {
    return this.element._fullLayout?.scene?._scene?.getCamera();
  }

  /** Place the labels anew, without touching the points: after a zoom or a resize. */
  async relabel() {
    const theme = readTheme(this.element);
    const layout = themedLayout(this.figure, theme);
    this.addLabels(layout, theme);
    const change = this.figure.is3d ? { "scene.annotations": layout.scene.annotations } : { annotations: layout.annotations };
    this.relabelling = true;
    await this.plotly.relayout(this.element, change);
    this.relabelling = false;
  }

  /** Made once: Plotly starts over, without zoom and selection, when a configuration is not the one it had. */
  makeConfig() {
    const { messages } = this.owner;
    const { Icons } = this.plotly;
    const download = (format, title, icon) => ({
      name: format, title, icon,
      click: (element) => this.plotly.downloadImage(element, { format, filename: this.spec.filename, scale: format === "png" ? 2 : 1,
                                                          width: element.offsetWidth, height: element.offsetHeight }),
    });
    const images = [download("png", messages.png, Icons.camera), download("svg", messages.svg, Icons.disk)];
    const moves = this.figure.is3d ? [["orbitRotation", "pan3d", "zoom3d"], ["resetCameraDefault3d"]]
      : [["pan2d", "zoom2d", "lasso2d", "select2d"], ["zoomIn2d", "zoomOut2d", "resetScale2d"]];
    return { displaylogo: false, displayModeBar: true, scrollZoom: true, plotGlPixelRatio: Math.max(1, globalThis.devicePixelRatio ?? 1), doubleClick: false, responsive: false, showAxisDragHandles: false,
             modeBarButtons: [images, ...moves] };
  }

  listen() {
    const { element, owner } = this;
    const ids = (points) => points.filter((point) => point.curveNumber === 0).map((point) => Number(point.customdata));
    element.on("plotly_click", ({ points }) => {
      const [id] = points.filter((point) => point.customdata !== undefined).map((point) => Number(point.customdata));
      if (id !== undefined) owner.click(id);
    });
    // Plotly sends an empty event when we ourselves clear the outline of a lasso.
    element.on("plotly_selected", (event) => { if (event?.points && (event.range || event.lassoPoints)) owner.select(ids(event.points), this.adding); });
    element.on("plotly_relayout", (change) => {
      if (change.dragmode) owner.shareDragMode(change.dragmode);
      if (!this.relabelling && !this.figure.is3d) this.relabel();
    });
  }

  resetView() {
    const own = this.figure.layout;
    const change = {};
    if (this.figure.is3d) change["scene.camera"] = own.scene?.camera ?? null;
    else for (const name of ["xaxis", "yaxis"]) {
      if (own[name]?.range) change[`${name}.range`] = [...own[name].range];
      else change[`${name}.autorange`] = true;
    }
    return this.plotly.relayout(this.element, change);
  }

  /** Notes whether a lasso adds, and tells double clicks itself: Plotly's reach us in some drag modes and not in others. */
  onPointer(event) {
    this.adding = event.shiftKey;
    if (event.target.closest?.(".modebar, .colorbar")) return;
    const last = this.lastPointer;
    const twice = last && event.timeStamp - last.at < DOUBLE_CLICK_MS && Math.hypot(event.clientX - last.x, event.clientY - last.y) < 8;
    this.lastPointer = twice ? null : { at: event.timeStamp, x: event.clientX, y: event.clientY };
    if (twice) this.owner.selected.size ? this.owner.clear() : this.resetView();
  }

  onKey(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const zoom = { "+": 0.8, "=": 0.8, "-": 1.25 }[event.key];
    if (event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.owner.clear();
    else if (event.key === "0") this.resetView();
    else if (step || zoom) this.figure.is3d ? this.moveCamera(step, zoom) : this.moveAxes(step ?? [0, 0], zoom ?? 1);
    else return;
    event.preventDefault();
  }

  moveAxes(step, zoom) {
    const change = {};
    ["xaxis", "yaxis"].forEach((name, at) => {
      const [from, to] = this.element._fullLayout[name].range;
      const middle = (from + to) / 2 + step[at] * 0.15 * (to - from);
      const half = (to - from) / 2 * zoom;
      change[`${name}.range`] = [middle - half, middle + half];
    });
    this.plotly.relayout(this.element, change);
  }

  moveCamera(step, zoom) {
    const { eye, ...camera } = this.camera;
    const angle = (step?.[0] ?? 0) * 0.2;
    const scale = zoom ?? 1;
    const turned = { x: (eye.x * Math.cos(angle) - eye.y * Math.sin(angle)) * scale,
                     y: (eye.x * Math.sin(angle) + eye.y * Math.cos(angle)) * scale,
                     z: (eye.z + (step?.[1] ?? 0) * 0.25) * scale };
    this.plotly.relayout(this.element, { "scene.camera": { ...camera, eye: turned } });
  }
}

/** The colour bar lies over the map's edge, so that a colour with one and a colour without leave the map the same room. */
function withScaleInside(marker, theme, scale) {
  if (!marker?.showscale) return marker;
  const { title, ...bar } = marker.colorbar ?? {};
  return { ...marker, colorbar: { ...bar, title: { ...title, side: "top", font: { size: LABEL_FONT_PX * scale } }, thickness: 12 * scale, len: 0.5, x: 1,
                                  xanchor: "right", y: 1, yanchor: "top", xpad: 6, ypad: 6, tickfont: { size: LABEL_FONT_PX * scale },
                                  bgcolor: withAlpha(theme.background, 0.7) } };
}

/** A marker whose per-point arrays are cut down to the given points. */
function pick(marker, indices) {
  const picked = { ...marker, colorbar: undefined, showscale: false };
  for (const name of ["color", "size"]) {
    if (marker?.[name]?.length && typeof marker[name] !== "string") {
      if (name === "color" && marker.cmin === undefined && typeof marker.color[0] === "number") {
        picked.cmin = marker.color.reduce((low, value) => Math.min(low, value), Infinity);
        picked.cmax = marker.color.reduce((high, value) => Math.max(high, value), -Infinity);
      }
      picked[name] = indices.map((index) => marker[name][index]);
    }
  }
  return picked;
}

function themedTrace(trace, theme) {
  return trace.mode?.includes("text") ? { ...trace, textfont: { color: theme.text, family: theme.font, ...trace.textfont } } : trace;
}

// ---------------------------------------------------------------------------------------------------------- the maps

class LinkedMaps {
  constructor(host) {
    this.host = host;
    this.panels = [];
    this.highlight = [];
    this.selected = new Set();
    this.commandSeen = -1;
    this.dragmode = "pan";
    this.root = document.createElement("div");
    this.root.className = "linked-maps";
    this.note = document.createElement("p");
    this.note.className = "linked-maps-note";
    this.note.setAttribute("role", "status");
    host.append(this.note, this.root);
  }

  async update({ data, setStateValue, setTriggerValue }) {
    Object.assign(this, { setStateValue, setTriggerValue, messages: data.messages, highlightColour: data.highlight_colour,
                          scale: data.scale, key: data.key });
    if (!this.panels.length && keptViews.has(data.key)) {
      this.kept = keptViews.get(data.key);
      this.selected = new Set(this.kept.selected);
      this.commandSeen = this.kept.commandSeen;
      this.dragmode = this.kept.dragmode;
    }
    if (data.command.nonce > this.commandSeen) {
      this.commandSeen = data.command.nonce;
      this.selected = new Set(data.command.ids);
    } else if (!this.panels.length && this.selected.size) {
      this.tell(); // Streamlit forgets what a component reported when its visitor leaves the page; we do not
    }
    this.highlight = data.highlight;
    this.root.style.setProperty("--linked-maps-tool", `${TOOL_PX * this.scale}px`);
    this.root.style.height = `max(${data.height}px, 60vh)`; // a large screen gets a large map
    if (this.webgl !== false) this.fetch(data).catch(() => {}); // on their way while the browser is asked for WebGL, which takes a while
    if (this.webgl ??= hasWebGL()) await this.show(data);
    else this.say(this.messages.no_webgl);
  }

  fetch(data) {
    return Promise.all([loadPlotly(data.is3d), ...data.figures.map(({ url }) => fetchFigure(url))]);
  }

  async show(data) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    if (!this.panels.length) this.say(this.messages.loading);
    let plotly, figures;
    try {
      [plotly, ...figures] = await this.fetch(data);
    } catch (error) {
      console.error(error);
      if (turn === this.turn) this.say(this.messages.failed);
      return;
    }
    if (turn !== this.turn) return; // a newer update is already on its way
    this.say("");
    while (this.panels.length > figures.length) this.panels.pop().remove();
    figures.forEach((figure, index) => {
      let panel = this.panels[index];
      if (panel?.figure && panel.figure.is3d !== figure.is3d) { // another kind of scene needs a fresh canvas
        panel.remove();
        panel = null;
      }
      panel ??= new Panel(this, index, plotly);
      this.panels[index] = panel;
      if (this.root.children[index] !== panel.element) this.root.insertBefore(panel.element, this.root.children[index] ?? null);
      panel.describe(figure, data.figures[index], this.messages);
    });
    await this.draw();
  }

  draw() {
    return Promise.all(this.panels.map((panel) => panel.draw()));
  }

  say(text) {
    this.note.textContent = text;
    this.note.hidden = !text;
  }

  /** One tool for both maps. */
  shareDragMode(mode) {
    for (const { element, drawn, plotly } of this.panels) {
      if (drawn && element.layout.dragmode !== mode) plotly.relayout(element, { dragmode: mode });
    }
    this.dragmode = mode;
  }

  click(id) {
    this.setTriggerValue("clicked", id);
  }

  select(ids, adding) {
    this.selected = new Set(adding ? [...this.selected, ...ids] : ids);
    this.changed();
  }

  clear() {
    if (!this.selected.size) return;
    this.selected = new Set();
    this.changed();
  }

  /** Show the selection in all maps at once; tell the server when the visitor has come to rest. */
  changed() {
    this.draw();
    this.tell();
  }

  tell() {
    clearTimeout(this.report);
    this.report = setTimeout(
      () => this.setStateValue("selected", { ids: [...this.selected], nonce: this.commandSeen }), REPORT_DELAY_MS);
  }

  remove() {
    clearTimeout(this.report);
    this.turn = NaN; // no update that still waits for its figures is the newest any more
    keptViews.set(this.key, {
      selected: [...this.selected], commandSeen: this.commandSeen,
      dragmode: this.dragmode,
      views: this.panels.map((panel) => ({ ...panel.view, revision: panel.spec?.revision })),
    });
    this.panels.forEach((panel) => panel.remove());
    this.root.remove();
    this.note.remove();
  }
}

export default function render(component) {
  const host = component.parentElement;
  if (!instances.has(host)) instances.set(host, new LinkedMaps(host));
  instances.get(host).update(component);
  return () => {
    instances.get(host)?.remove();
    instances.delete(host);
  };
}
