/** The code panel: notebook cells, their editors and outputs, run and add, fold and width. */

import { runAll } from "../actions.js";
import { edited, extended, without } from "../cells.js";
import { element, setAttribute } from "../element.js";
import { icon } from "../icons.js";
import { lineValues } from "../line-values.js";
import { typeGradient } from "../live-edit.js";
import { shownProgram } from "../programs.js";
import { mountDivider } from "./divider.js";
import { createCell } from "./cell.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store.js").State} State
 * @typedef {import("../i18n.js").Translate} Translate
 * @typedef {import("./cell.js").CellView} CellView
 */

/** Where the code is a drawer over the diagram or a bar above it (reflow.css), it makes room for what it produced. */
const DRAWER = window.matchMedia("(max-width: 1180px), (max-height: 579px)");

/** A run that is quicker than this, in ms, shows no sign of waiting. */
const PATIENCE = 400;

/**
 * @param {HTMLElement} root  holds `.code-head`, `.code-cells`, `.code-foot` of the template
 * @param {Store} store
 * @param {Translate} t
 */
export function mountCode(root, store, t) {
  const list = part(root, ".code-cells");
  /** @type {Map<number, CellView>} */
  const views = new Map();
  mountFold(root, store, t);
  mountDivider(part(root, ".divider"), document.documentElement);
  part(root, ".run-all").addEventListener("click", () => runAll(store));
  part(root, ".guest button").addEventListener("click", () => runAll(store));
  part(root, ".add-cell").addEventListener("click", () => {
    store.set({ cells: extended(store.get().cells) });
    [...views.values()].at(-1)?.focus();
  });
  let slow = false;
  let timer = 0;
  const draw = () => {
    const state = store.get();
    reconcile(list, views, store, t);
    for (const [position, cell] of state.cells.entries()) {
      views.get(cell.id)?.draw(cellState({ ...state, running: state.running && slow }, position));
    }
    part(root, ".code-title").textContent = programTitle(state, t);
    part(root, ".guest").hidden = !state.guest;
    setAttribute(part(root, ".run-all"), "aria-busy", state.running ? "true" : null);
  };
  const wait = () => {
    slow = true;
    draw();
  };
  store.subscribe((state, previous) => {
    if (state.running !== previous.running) {
      slow = false;
      clearTimeout(timer);
      if (state.running) timer = setTimeout(wait, PATIENCE);
    }
    draw();
  });
  draw();
}

/**
 * One view per cell, kept as long as the cell lives, so that editors keep their cursor and history.
 * @param {HTMLElement} list
 * @param {Map<number, CellView>} views
 * @param {Store} store
 * @param {Translate} t
 */
function reconcile(list, views, store, t) {
  const { cells } = store.get();
  const ids = new Set(cells.map((cell) => cell.id));
  for (const [id, view] of views) {
    if (ids.has(id)) continue;
    view.destroy();
    views.delete(id);
  }
  for (const cell of cells) {
    if (views.has(cell.id)) continue;
    const view = createCell(cell, t, {
      edit: (source) => edit(store, cell.id, source),
      run: () => runAll(store),
      remove: () => store.set({ cells: without(store.get().cells, cell.id) }),
    });
    views.set(cell.id, view);
    list.append(view.root);
  }
}

/** Numbers of a gradient are followed at once; any other edit makes what ran stale. @param {Store} store @param {number} id @param {string} source */
function edit(store, id, source) {
  const { cells } = store.get();
  const same = cells.some((cell) => cell.id === id && cell.source === source);
  if (!same && !typeGradient(store, id, source)) store.set({ cells: edited(store.get().cells, id, source) });
}

/**
 * What one cell shows of the state.
 * @param {State} state
 * @param {number} position
 * @returns {import("./cell.js").CellState}
 */
function cellState(state, position) {
  const { trace, steps, step, lang, running } = state;
  const cell = state.cells[position];
  const current = steps[step] ?? null;
  const call = trace && current && current.call !== null ? trace.backward[current.call] : null;
  const op = current?.op === null ? null : trace?.ops.find(({ id }) => id === current?.op);
  const fresh = trace !== null && !cell.stale;
  const calls = trace?.backward.some(({ span }) => span?.cell === position) ?? false;
  /** @param {import("../trace-types.js").Span | null | undefined} span */
  const here = (span) => (fresh && span?.cell === position ? span : null);
  return {
    cell,
    position,
    lang,
    running,
    alone: state.cells.length === 1,
    part: calls ? "backward" : "forward",
    now: here(call ? call.span : op?.span),
    origin: call ? here(op?.span) : null,
    values: fresh && trace ? valuesBeside(trace, position, here(call?.span), current) : new Map(),
  };
}

/**
 * Forward values at line ends; beside the backward call that is being shown, the operation it has reached.
 * @param {import("../trace-types.js").Trace} trace
 * @param {number} position
 * @param {import("../trace-types.js").Span | null} call
 * @param {import("../steps.js").Step | null} step
 */
function valuesBeside(trace, position, call, step) {
  const values = lineValues(trace, position);
  return call && step?.kind === "backward" ? new Map(values).set(call.end_line, `◂ ${step.label}`) : values;
}

/** @param {State} state @param {Translate} t */
function programTitle(state, t) {
  const program = shownProgram(state);
  return t(program === null ? "page.topbar.own" : `program.${program}.title`);
}

/** @param {HTMLElement} root @param {Store} store @param {Translate} t */
function mountFold(root, store, t) {
  const button = part(root, ".fold");
  button.addEventListener("click", () => store.set({ folded: !store.get().folded }));
  const draw = () => {
    const { folded } = store.get();
    const label = t(folded ? "page.code.unfold" : "page.code.fold");
    button.setAttribute("aria-label", label);
    button.setAttribute("aria-expanded", String(!folded));
    button.title = label;
    button.replaceChildren(icon(folded ? "unfold" : "fold"), element("span", {}, t("page.code.label")));
    setAttribute(/** @type {HTMLElement} */ (root.parentElement), "data-folded", folded);
  };
  store.subscribe((state, previous) => {
    if (state.trace !== previous.trace && !previous.trace && DRAWER.matches) store.set({ folded: true });
    if (state.guest && !previous.guest) store.set({ folded: false });
    if (state.folded !== previous.folded || state.lang !== previous.lang) draw();
  });
  draw();
}

/**
 * @param {HTMLElement} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
function part(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}
