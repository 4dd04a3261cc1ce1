/** The rooms that the page is shown in: which one, how the reader changes it, and what is looked at there. */

import { setAttribute } from "../../element.js";
import { pictureAt } from "../../picture/picture.js";
import { operandsOf } from "../../why/reading.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 */

/**
 * @param {HTMLElement} page  the root element
 * @param {Store} store
 */
export function mountPlaces(page, store) {
  const draw = () => {
    const { place } = store.get();
    page.dataset.place = place;
    for (const button of page.querySelectorAll("button[data-room]"))
      setAttribute(button, "aria-pressed", String(button.getAttribute("data-room") === place));
  };
  for (const button of page.querySelectorAll("button[data-room]")) {
    const room = /** @type {State["place"]} */ (button.getAttribute("data-room"));
    button.addEventListener("click", () => store.set({ place: room }));
  }
  document.addEventListener("keydown", (event) => {
    const { place, cells } = store.get();
    const target = event.target instanceof Element ? event.target : page;
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (held || !cells.length || place === "embed" || isWriting(target)) return;
    if (event.key.toLowerCase() === "p") store.set({ place: place === "projector" ? "study" : "projector" });
    if (event.key.toLowerCase() === "f") toggleFullScreen(page);
  });
  store.subscribe((state, previous) => {
    if (state.place !== previous.place) draw();
    if (ASKED.some((key) => state[key] !== previous[key])) follow(store);
  });
  draw();
}

const ASKED = /** @type {const} */ (["place", "chain", "trace", "step"]);

/**
 * Where one operation is shown at a time, the question goes along: to the same place of its first operand.
 * @param {Store} store
 */
function follow(store) {
  const state = store.get();
  if (state.place === "study" || !state.trace) return;
  const op = pictureAt(state.trace, state.steps, state.step, false, state)?.graph.ops[0];
  const { selection } = state;
  if (!op || (selection && [...op.inputs, ...op.outputs].includes(selection.tensor))) return;
  const operand = operandsOf(op)[0];
  const tensor = state.trace.tensors.find(({ id }) => id === operand);
  if (!tensor) return;
  const count = tensor.shape.reduce((product, size) => product * size, 1);
  const element = Math.min(selection?.element ?? 0, Math.max(0, count - 1));
  store.set({ selection: { tensor: tensor.id, element } });
}

/** @param {Element} target */
function isWriting(target) {
  return target.closest(".cm-editor, input, textarea, select, [role=menu]") !== null;
}

/** @param {HTMLElement} page */
function toggleFullScreen(page) {
  if (document.fullscreenElement) document.exitFullscreen();
  else page.requestFullscreen?.();
}
