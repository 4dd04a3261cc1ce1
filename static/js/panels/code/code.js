/** The code panel: notebook cells, their editors and outputs, run and add, fold and width. */

import { goTo, runAll } from "../../actions.js";
import { edited } from "../../code/cells.js";
import { codeMarks } from "../../code/code-marks.js";
import { element, setAttribute } from "../../element.js";
import { faultsOf } from "../../errors/faults.js";
import { noticeFixes } from "../../errors/fixes.js";
import { icon } from "../../icons.js";
import { typeGradient } from "../../gradient/live-edit.js";
import { shownProgram } from "../../programs.js";
import { cellChanges } from "./cell-changes.js";
import { createCellList } from "./cell-list.js";
import { mountDivider } from "./divider.js";
import { mountRunning } from "./running.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../code/cells.js").Cell} Cell
 * @typedef {import("../../code/edits.js").Edit} Edit
 */

/** Where the code is a drawer over the diagram or a bar above it (reflow.css), it makes room for what it produced. */
const DRAWER = window.matchMedia("(max-width: 1180px), (max-height: 579px)");

/**
 * @param {HTMLElement} root  holds `.code-head`, `.code-cells`, `.code-foot` of the template
 * @param {Store} store
 * @param {Translate} t
 * @returns {(edits: Edit[]) => void} writes into the cells of the last run, so that each cell can undo it
 */
export function mountCode(root, store, t) {
  const changes = cellChanges(part(root, ".code-undo"), store, t);
  const list = createCellList(part(root, ".code-cells"), t, (cell) => actionsOf(cell));
  const isSlow = mountRunning(part(root, ".stop-run"), part(root, ".run-all"), store, () => draw());
  mountFold(root, store, t);
  mountDivider(part(root, ".divider"), document.documentElement);
  part(root, ".run-all").addEventListener("click", () => runAll(store));
  part(root, ".guest button").addEventListener("click", () => runAll(store));
  part(root, ".add-cell").addEventListener("click", () => list.view(changes.add())?.focus());

  /** @param {Cell} cell @returns {import("./cell.js").CellActions} */
  function actionsOf({ id }) {
    return {
      edit: (source) => type(store, id, source),
      sources: () => store.get().cells.map(({ source }) => source),
      run: () => runAll(store),
      runTo: () => runAll(store, undefined, id),
      up: () => changes.move(id, -1),
      down: () => changes.move(id, 1),
      add: () => list.view(changes.add(id))?.focus(),
      remove: () => changes.remove(id),
      explain: () => explain(store, id),
      fixes: (notice) => fixesOfNotice(store.get(), id, notice),
      mend: ({ edits }) => {
        edit(edits);
        runAll(store);
      },
    };
  }

  /** @param {Edit[]} edits */
  function edit(edits) {
    const { cells } = store.get();
    const views = cells.flatMap(({ id, place }) => {
      const own = edits.filter(({ cell }) => cell === place);
      const view = own.length ? list.view(id) : undefined;
      view?.edit(own.map(({ from, to, insert }) => ({ from, to, insert })));
      return view ? [view] : [];
    });
    changes.repaired(() => {
      for (const view of views) view.undo();
    });
  }

  function draw() {
    const state = store.get();
    list.arrange(state.cells);
    state.cells.forEach((cell, position) => {
      list.view(cell.id)?.draw(cellState(state, position, isSlow(), t));
    });
    part(root, ".code-title").textContent = programTitle(state, t);
    part(root, ".guest").hidden = !state.guest;
  }
  store.subscribe(draw);
  draw();
  return edit;
}

/** Numbers of a gradient are followed at once; any other edit makes what ran stale. @param {Store} store @param {number} id @param {string} source */
function type(store, id, source) {
  const { cells } = store.get();
  const same = cells.some((cell) => cell.id === id && cell.source === source);
  if (!same && !typeGradient(store, id, source)) store.set({ cells: edited(store.get().cells, id, source) });
}

/**
 * What one cell shows of the state.
 * @param {State} state
 * @param {number} position
 * @param {boolean} slow
 * @param {Translate} t
 * @returns {import("./cell.js").CellState}
 */
function cellState(state, position, slow, t) {
  const cell = state.cells[position];
  const calls = state.trace?.backward.some(({ span }) => span?.cell === cell.place) ?? false;
  return {
    cell,
    position,
    count: state.cells.length,
    lang: state.lang,
    running: state.running && slow,
    part: calls ? "backward" : "forward",
    marks: codeMarks(state, cell, t),
  };
}

/** Opens the explanation of a cell's error where it happened. @param {Store} store @param {number} id */
function explain(store, id) {
  const { cells, trace, steps } = store.get();
  const place = cells.find((cell) => cell.id === id)?.place ?? null;
  const fault = trace && place !== null ? faultsOf(trace).find(({ cell }) => cell === place) : undefined;
  if (!fault) return;
  const stop = steps.findLastIndex(({ call }) => fault.call !== null && call === fault.call);
  store.set({ fault: fault.cell });
  if (stop >= 0) goTo(store, stop);
  document.getElementById("fault-title")?.focus();
}

/** @param {State} state @param {number} id @param {import("../../code/cells.js").Notice} notice */
function fixesOfNotice({ cells, trace, sources }, id, notice) {
  const cell = cells.find((each) => each.id === id);
  if (!trace || !cell || cell.place === null || cell.stale) return [];
  return noticeFixes(trace, sources, cell.place, notice);
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
