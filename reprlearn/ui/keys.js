// Keys that press buttons of the page, as arrow keys and a presenter's clicker do, and how large the window is.
//
// The server names the buttons by their Streamlit keys; the browser presses what is on the page at that moment, so that a key
// does what a click does and nothing else. A key that somebody types into a field, or moves a slider with, stays theirs.

const REPORT_DELAY_MS = 250;
const WRITES = "input, textarea, select, [contenteditable=true]";
const MOVES = "[role=slider], [role=radiogroup], [role=listbox], [role=tablist], [role=menu]";
const instances = new WeakMap(); // host element -> Keys

class Keys {
  constructor() {
    this.onKey = (event) => this.press(event);
    this.onResize = () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.report(), REPORT_DELAY_MS); };
    // Before the page's own widgets see the key.
    document.addEventListener("keydown", this.onKey, true);
    globalThis.addEventListener("resize", this.onResize);
  }

  update(component) {
    this.component = component;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.report(), REPORT_DELAY_MS);
  }

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const name = this.component.data.buttons[event.key];
    if (name === undefined || this.isTheirs(event.key)) return;
    const button = document.querySelector(`.st-key-${name} button:not(:disabled), .st-key-${name} a`);
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    button.click();
  }

  /** Whether what has the focus has a use for the key. */
  isTheirs(key) {
    const focused = document.activeElement;
    if (!focused?.closest) return false;
    if (focused.matches("input[type=range]")) return key.startsWith("Arrow");
    if (focused.matches(WRITES) && !focused.matches("input[type=radio], input[type=checkbox]")) return true;
    // After a click with the mouse the arrows are the presenter's again, except on a slider.
    return key.startsWith("Arrow") && focused.closest(MOVES) !== null
      && (focused.matches("[role=slider]") || focused.matches(":focus-visible"));
  }

  /** Says how large the window is once the page stands: a report makes it run again, and would cut off a first run half-way. */
  report() {
    const { data, setStateValue } = this.component;
    if (data.scale === null) return;
    clearTimeout(this.timer);
    const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
    if (state !== undefined && state !== "notRunning") {
      this.timer = setTimeout(() => this.report(), REPORT_DELAY_MS);
      return;
    }
    const scale = Math.floor(Math.min(globalThis.innerWidth / data.width, globalThis.innerHeight / data.height) * 20) / 20;
    if (scale > 0 && scale !== data.scale && scale !== this.reported) {
      this.reported = scale;
      setStateValue("scale", scale);
    }
  }

  remove() {
    clearTimeout(this.timer);
    document.removeEventListener("keydown", this.onKey, true);
    globalThis.removeEventListener("resize", this.onResize);
  }
}

export default function render(component) {
  const host = component.parentElement;
  if (!instances.has(host)) instances.set(host, new Keys());
  instances.get(host).update(component);
  return () => {
    instances.get(host)?.remove();
    instances.delete(host);
  };
}
