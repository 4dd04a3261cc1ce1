/** One number of G: a knob to drag, a field to type, arrow keys. */

import { element } from "../../element.js";
import { formatNumber, signOf } from "../../format.js";
import { MOST, snapped, STEP, typedNumber, within } from "../../gradient/gradient-presets.js";
import { elementLink } from "../../picture/links.js";

/**
 * @typedef {import("../../gradient/gradient-view.js").Cell} Cell
 * @typedef {import("../../gradient/gradient-view.js").RootView} RootView
 * @typedef {import("../../i18n.js").Translate} Translate
 *
 * @typedef {object} SliderActions
 * @property {(element: number, value: number, held: boolean) => void} set
 * @property {() => void} letGo
 *
 * @typedef {object} Slider
 * @property {HTMLElement} root
 * @property {(cell: Cell, held: boolean) => void} draw
 */

/** @type {Record<string, number>} */
const ARROWS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/**
 * @param {Translate} t
 * @param {RootView} view
 * @param {SliderActions} on
 * @returns {Slider}
 */
export function createSlider(t, view, on) {
  const knob = element("span", { class: "g-knob" });
  const fill = element("span", { class: "g-fill" });
  const track = element("div", {
    class: "g-track",
    role: "slider",
    tabindex: 0,
    "aria-valuemin": -MOST,
    "aria-valuemax": MOST,
  });
  track.append(fill, knob);
  const letter = element("span", { class: "g-letter", "aria-hidden": "true" });
  const field = element("input", {
    class: "g-field number",
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
  });
  const root = element("div", { class: view.slim ? "g-cell g-slim" : "g-cell" }, letter, field, track);
  /** @type {Cell | null} */
  let cell = null;
  let frozen = false;
  /** @param {number} value @param {boolean} held */
  const set = (value, held) => {
    if (cell && !frozen && value !== cell.value) on.set(cell.element, value, held);
  };
  drag(track, set, on.letGo);
  keys(track, field, set, () => cell?.value ?? 0);
  typing(field, set, () => (cell ? formatNumber(cell.value) : ""));
  return {
    root,
    draw(next, held) {
      name(t, root, letter, track, field, view, next);
      show(root, track, field, next.value);
      frozen = held;
      root.toggleAttribute("data-held", held);
      track.setAttribute("aria-disabled", String(held));
      field.disabled = held;
      cell = next;
    },
  };
}

/**
 * @param {Translate} t
 * @param {HTMLElement} root
 * @param {HTMLElement} letter
 * @param {HTMLElement} track
 * @param {HTMLElement} field
 * @param {RootView} view
 * @param {Cell} cell
 */
function name(t, root, letter, track, field, view, cell) {
  root.dataset.link = elementLink(view.root, cell.element);
  letter.replaceChildren(element("i", {}, "g"), element("sub", {}, cell.index));
  track.setAttribute("aria-label", t("page.gradient.slider", { code: cell.code }));
  field.setAttribute("aria-label", t("page.gradient.field", { code: cell.code }));
  root.style.setProperty("--x", String(cell.x));
  root.style.setProperty("--y", String(cell.y));
}

/** @param {HTMLElement} root @param {HTMLElement} track @param {HTMLInputElement} field @param {number} value */
function show(root, track, field, value) {
  const text = formatNumber(value);
  root.dataset.sign = signOf(value);
  root.style.setProperty("--at", String((within(value) + MOST) / (2 * MOST)));
  track.setAttribute("aria-valuenow", String(within(value)));
  track.setAttribute("aria-valuetext", text);
  if (field !== field.ownerDocument.activeElement || !field.dataset.typing) field.value = text;
}

/**
 * Sets one value per frame, however often the pointer reports.
 * @param {HTMLElement} track
 * @param {(value: number, held: boolean) => void} set
 * @param {() => void} letGo
 */
function drag(track, set, letGo) {
  let frame = 0;
  let wanted = 0;
  const flush = () => {
    frame = 0;
    set(wanted, true);
  };
  /** @param {PointerEvent} event */
  const follow = (event) => {
    const box = track.getBoundingClientRect();
    const raw = within(((event.clientX - box.left) / box.width) * 2 * MOST - MOST);
    wanted = snapped(raw, event.shiftKey ? STEP.fine : STEP.coarse);
    frame ||= requestAnimationFrame(flush);
  };
  track.addEventListener("pointerdown", (event) => {
    if (event.button || track.getAttribute("aria-disabled") === "true") return;
    event.preventDefault();
    track.focus({ preventScroll: true });
    track.setPointerCapture(event.pointerId);
    document.documentElement.dataset.dragging = "gradient";
    follow(event);
  });
  track.addEventListener("pointermove", (event) => {
    if (track.hasPointerCapture(event.pointerId)) follow(event);
  });
  track.addEventListener("lostpointercapture", () => {
    cancelAnimationFrame(frame);
    if (frame) flush();
    delete document.documentElement.dataset.dragging;
    letGo();
  });
}

/**
 * @param {HTMLElement} track
 * @param {HTMLInputElement} field
 * @param {(value: number, held: boolean) => void} set
 * @param {() => number} now
 */
function keys(track, field, set, now) {
  track.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = ARROWS[event.key];
    const end = event.key === "Home" ? -MOST : event.key === "End" ? MOST : null;
    if (by) set(snapped(now() + by * (event.shiftKey ? STEP.fine : STEP.coarse), STEP.fine), false);
    else if (end !== null) set(end, false);
    else if (!/^[\d.−-]$/.test(event.key)) return;
    else {
      field.focus();
      field.value = event.key;
      field.dataset.typing = "true";
    }
    event.preventDefault();
    event.stopPropagation();
  });
}

/**
 * What is typed counts as soon as it is a number; leaving the field writes it as the page does.
 * @param {HTMLInputElement} field
 * @param {(value: number, held: boolean) => void} set
 * @param {() => string} now
 */
function typing(field, set, now) {
  const take = () => {
    const value = typedNumber(field.value);
    if (value !== null) set(value, false);
  };
  const leave = () => {
    delete field.dataset.typing;
    field.value = now();
  };
  field.addEventListener("focus", () => field.select());
  field.addEventListener("input", () => {
    field.dataset.typing = "true";
    take();
  });
  field.addEventListener("blur", leave);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") {
      if (event.key === "Enter") take();
      leave();
      field.select();
      event.stopPropagation();
    }
  });
}
