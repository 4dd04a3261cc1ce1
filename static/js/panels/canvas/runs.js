/** One run of an operation's loop: the way in and out, the stepper, the strip of all runs, and the keys , and . */

import { element, setAttribute } from "../../element.js";
import { icon } from "../../icons.js";
import { firstOf, gridOf } from "../../layout/runs/run-grid.js";
import { loopOf } from "../../loops/loop.js";
import { operationLabel } from "../../trace/operation-label.js";
import { pictureAt } from "../../picture/picture.js";
import { movedTo, runCandidate, runShown, SHOWN_BY } from "../../loops/run-view.js";
import { byId } from "../../trace/trace-types.js";
import { busy } from "../time/keyboard.js";
import { createStrip } from "./run-strip.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../loops/loop.js").Loop} Loop
 */

/**
 * @param {HTMLElement} canvas
 * @param {Store} store
 * @param {Translate} t
 */
export function mountRuns(canvas, store, t) {
  const enter = element("button", { type: "button", class: "run-enter" });
  const back = element("button", { type: "button", class: "run-back" });
  const place = element("span", { class: "run-place", "aria-live": "polite" });
  const [before, after] = [-1, 1].map((by) => stepButton(by, () => go(store, by)));
  const shades = element("div", { class: "run-shades", role: "group" });
  const bar = element("div", { class: "run-bar", role: "group" }, back, before, place, after, shades);
  const strip = createStrip(t, (index) => showRun(store, index));
  canvas.append(enter, bar, strip.root);
  swipe(bar, (by) => go(store, by));

  const draw = () => {
    const state = store.get();
    const graph = graphOf(state);
    const shown = runShown(state, graph);
    const candidate = shown ? null : runCandidate(state, graph);
    enter.hidden = !candidate;
    if (candidate && state.trace) {
      const label = operationLabel(candidate.op, byId(state.trace.tensors));
      enter.replaceChildren(element("span", {}, t("page.runs.enter")), element("code", {}, label));
    }
    const loop = shown && state.trace ? loopOf(state.trace, shown.op, shown.input) : null;
    bar.hidden = !loop;
    if (!loop || !shown) {
      strip.root.hidden = true;
      setAttribute(canvas, "data-run", null);
      return;
    }
    bar.setAttribute("aria-label", t("page.runs.stepper"));
    back.replaceChildren(icon("close"), element("span", {}, t("page.runs.back")));
    place.textContent = t("page.runs.place", { index: shown.index + 1, count: loop.count });
    for (const [button, key] of /** @type {const} */ ([
      [before, "previous"],
      [after, "next"],
    ]))
      for (const name of ["title", "aria-label"]) button.setAttribute(name, t(`page.runs.${key}`));
    before.disabled = shown.index <= 0;
    after.disabled = shown.index >= loop.count - 1;
    shades.replaceChildren(...shadeButtons(store, t));
    strip.draw(state, loop, shown.index);
    setAttribute(canvas, "data-grids", hasTiles(loop) ? "tiles" : null);
    setAttribute(canvas, "data-run", strip.kind());
  };

  canvas.addEventListener("click", (event) => openBlock(event, store), true);
  enter.addEventListener("click", () => open(store));
  back.addEventListener("click", () => store.set({ run: {} }));
  document.addEventListener("keydown", (event) => onKey(event, store));
  store.subscribe((state, previous) => {
    if (state.selection !== previous.selection) follow(store);
    if (SHOWN_BY.some((key) => state[key] !== previous[key])) draw();
  });
  draw();
}

/** @param {Loop} loop */
function hasTiles({ input, output }) {
  return [input, output].some((tensor) => !gridOf(tensor, []).numbers);
}

/** @param {State} state */
function graphOf({ trace, steps, step }) {
  return pictureAt(trace, steps, step)?.graph ?? null;
}

/** @param {Store} store */
function shownLoop(store) {
  const state = store.get();
  const shown = runShown(state, graphOf(state));
  const loop = shown && state.trace ? loopOf(state.trace, shown.op, shown.input) : null;
  return shown && loop ? { shown, loop, state } : null;
}

/** The run of the selected element comes first. @param {Store} store */
function open(store) {
  const state = store.get();
  const candidate = runCandidate(state, graphOf(state));
  if (!candidate || !state.trace) return;
  const loop = loopOf(state.trace, candidate.op, candidate.input);
  const index = loop ? runOfSelection(loop, state.selection) : -1;
  store.set({ run: { [candidate.op.id]: Math.max(0, index) } });
}

/** A block of a tensor too large to be drawn opens at its first element's run. @param {Event} event @param {Store} store */
function openBlock(event, store) {
  const mark = /** @type {Element} */ (event.target).closest("[data-block]");
  const { trace } = store.get();
  const tensor = trace?.tensors.find(({ id }) => id === Number(mark?.getAttribute("data-of")));
  if (!mark || !tensor?.summary) return;
  event.stopPropagation();
  const element = firstOf(Number(mark.getAttribute("data-block")), tensor.summary.blocks.shape, tensor.shape);
  store.set({ selection: { tensor: tensor.id, element }, edge: null });
  if (!shownLoop(store)) open(store);
}

/** @param {Loop} loop @param {State["selection"]} selection */
function runOfSelection(loop, selection) {
  if (selection?.tensor === loop.input.id) return loop.runOf("input", selection.element);
  return selection?.tensor === loop.output.id ? loop.runOf("output", selection.element) : -1;
}

/** The picture goes to the run of what the reader selects. @param {Store} store */
function follow(store) {
  const found = shownLoop(store);
  const index = found ? runOfSelection(found.loop, found.state.selection) : -1;
  if (!found || index < 0 || index === found.shown.index) return;
  store.set({ run: { ...found.state.run, [found.shown.op.id]: index } });
}

/** The selection goes along to its place in the other run. @param {Store} store @param {number} index */
function showRun(store, index) {
  const found = shownLoop(store);
  if (!found) return;
  const { loop, shown, state } = found;
  const wanted = Math.max(0, Math.min(loop.count - 1, index));
  const selection = movedTo(loop, state.selection, wanted) ?? state.selection;
  store.set({ run: { ...state.run, [shown.op.id]: wanted }, selection });
}

/** @param {Store} store @param {number} by */
function go(store, by) {
  const found = shownLoop(store);
  if (found) showRun(store, found.shown.index + by);
}

/** @param {KeyboardEvent} event @param {Store} store */
function onKey(event, store) {
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.ctrlKey || event.metaKey || event.altKey || busy(target) || !shownLoop(store)) return;
  if (event.key === "," || event.key === ".") go(store, event.key === "," ? -1 : 1);
  else if (event.key === "Escape" && !store.get().selection) store.set({ run: {} });
  else return;
  event.preventDefault();
}

/** @param {number} by @param {() => void} act */
function stepButton(by, act) {
  const key = by < 0 ? "," : ".";
  const button = element("button", { type: "button", class: "run-step", "aria-keyshortcuts": key });
  button.append(icon(by < 0 ? "back" : "forward"));
  button.addEventListener("click", act);
  return button;
}

/** What the tiles of large grids show. @param {Store} store @param {Translate} t */
function shadeButtons(store, t) {
  return /** @type {const} */ (["value", "score"]).map((shade) => {
    const pressed = String(store.get().shade === shade);
    const button = element("button", { type: "button", "aria-pressed": pressed }, t(`page.runs.${shade}`));
    button.addEventListener("click", () => store.set({ shade }));
    return button;
  });
}

/** A finger drawn sideways over the bar. @param {HTMLElement} bar @param {(by: number) => void} act */
function swipe(bar, act) {
  let from = 0;
  bar.addEventListener("touchstart", (event) => {
    from = event.touches[0].clientX;
  });
  bar.addEventListener("touchend", (event) => {
    const way = event.changedTouches[0].clientX - from;
    if (Math.abs(way) > 40) act(way < 0 ? 1 : -1);
  });
}
