/** Cells added, removed, moved and repaired, and taking that back: Ctrl+Z outside editors, or the button that appears. */

import { extended, moved, restored, without } from "../../code/cells.js";
import { element } from "../../element.js";

/**
 * @typedef {import("../../code/cells.js").Cell} Cell
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../i18n.js").Translate} Translate
 */

/** How long the way back is offered, ms; the keys work longer. */
const OFFERED = 12_000;
const MOST = 50;

/**
 * @param {HTMLElement} offer  where the way back is offered; it speaks
 * @param {Store} store
 * @param {Translate} t
 */
export function cellChanges(offer, store, t) {
  /** What takes each change back, latest last. @type {(() => void)[]} */
  let past = [];
  let timer = 0;

  /** @param {() => void} takeBack */
  const remember = (takeBack) => {
    past = [...past.slice(1 - MOST), takeBack];
  };
  /** @param {Cell[]} cells */
  const change = (cells) => {
    const before = store.get().cells;
    remember(() => store.set({ cells: restored(store.get().cells, before) }));
    store.set({ cells });
  };
  const withdraw = () => {
    clearTimeout(timer);
    offer.replaceChildren();
  };
  const undo = () => {
    const takeBack = past.pop();
    takeBack?.();
    withdraw();
    return takeBack !== undefined;
  };
  /** @param {string} sentence */
  const propose = (sentence) => {
    const button = element("button", { type: "button", class: "button" }, t("page.code.undo"));
    button.addEventListener("click", undo);
    offer.replaceChildren(element("span", {}, sentence), button);
    clearTimeout(timer);
    timer = setTimeout(withdraw, OFFERED);
  };
  document.addEventListener("keydown", (event) => {
    const asked = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    const target = event.target instanceof Element ? event.target : document.body;
    if (!asked || target.closest(".cm-editor, input, textarea") || !undo()) return;
    event.preventDefault();
  });
  store.subscribe(({ cells, lang }, previous) => {
    const same = previous.cells.some(({ id }) => cells.some((cell) => cell.id === id));
    if (!same) past = [];
    if (!same || lang !== previous.lang) withdraw();
  });
  return {
    /** A repair was written into cells. @param {() => void} takeBack */
    repaired(takeBack) {
      remember(takeBack);
      propose(t("page.code.repaired"));
    },
    /** @param {number} [after] @returns {number} id of the new cell */
    add(after) {
      const { cells, added } = extended(store.get().cells, after);
      change(cells);
      return added;
    },
    /** @param {number} id */
    remove(id) {
      const { cells } = store.get();
      const number = cells.findIndex((cell) => cell.id === id) + 1;
      change(without(cells, id));
      propose(t("page.code.removed", { number }));
    },
    /** @param {number} id @param {-1 | 1} by */
    move(id, by) {
      const { cells } = store.get();
      const next = moved(cells, id, by);
      if (next !== cells) change(next);
    },
  };
}
