/** A switch on the canvas, there when an operand is broadcast: draws the copies as a step of their own. */

import { spreads, withCopies, withoutCopies } from "../../trace/copies.js";
import { element } from "../../element.js";
import { graphAt } from "../../layout/graph.js";
import { steps as stepsOf } from "../../trace/steps.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../trace/steps.js").Step} Step
 */

/**
 * @param {HTMLElement} root  the canvas
 * @param {Store} store
 * @param {import("../../i18n.js").Translate} t
 */
export function mountCopiesSwitch(root, store, t) {
  const button = element("button", { type: "button" });
  const box = element("div", { class: "canvas-switch", hidden: true }, button);
  (root.querySelector(".canvas-foot") ?? root).append(box);
  button.addEventListener("click", () => store.set(switched(store.get(), !store.get().copies)));
  const draw = () => {
    const state = store.get();
    box.hidden = !state.copies && !hasSpread(state);
    button.textContent = t("page.canvas.copies");
    button.title = t("page.canvas.copiesTitle");
    button.setAttribute("aria-pressed", String(state.copies));
  };
  store.subscribe((state, previous) => {
    if (state.copies && state.trace && state.trace !== previous.trace && state.steps !== previous.steps)
      store.set(switched(state, true));
    const keys = /** @type {const} */ (["trace", "step", "lang", "copies"]);
    if (keys.some((key) => state[key] !== previous[key])) draw();
  });
  draw();
}

/** @param {State} state */
function hasSpread({ trace, steps, step }) {
  const graph = trace && graphAt(trace, steps[step] ?? null);
  return Boolean(trace && graph && spreads(trace, graph.ops));
}

/**
 * The same moment, told with or without the copies.
 * @param {State} state
 * @param {boolean} copies
 * @returns {Partial<State>}
 */
function switched({ trace, steps, step, selection }, copies) {
  if (!trace) return { copies };
  const told = copies ? withCopies(trace) : withoutCopies(trace);
  if (told === trace) return { copies };
  const list = stepsOf(told);
  const place = samePlace(list, steps, step);
  const kept = told.tensors.some(({ id }) => id === selection?.tensor) ? selection : null;
  return { copies, trace: told, steps: list, step: place, selection: kept };
}

/**
 * Where the step stands in the other list; a step of the copies gives way to the one before it.
 * @param {Step[]} list
 * @param {Step[]} before
 * @param {number} step
 */
function samePlace(list, before, step) {
  for (let k = step; k >= 0; k -= 1) {
    const { kind, call, op } = before[k];
    const found = list.findIndex((other) => other.kind === kind && other.call === call && other.op === op);
    if (found >= 0) return found;
  }
  return Math.min(step, 0);
}
