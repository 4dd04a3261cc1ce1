/** The part with the table: which of its views the reader chose, and what its cells and heads do. */

import { betweenSection } from "../../marks/inspector/between-section.js";
import { tableSection } from "../../marks/inspector/table-section.js";
import { cellLatex, tableLatex } from "../../tables/table-latex.js";
import { tableAt } from "../../tables/tables.js";
import { tableSymbols } from "../../tables/table-symbols.js";
import { createBetween } from "./between.js";
import { listenToTables } from "./table-cells.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../marks/context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../trace/walk.js").Known} Known
 * @typedef {import("../../tables/jacobian.js").Jacobian} Jacobian
 * @typedef {import("../../tables/jacobian.js").View} View
 * @typedef {import("../../marks/inspector/table-switches.js").Form} Form
 * @typedef {import("../../marks/inspector/table-switches.js").Notation} Notation
 */

/**
 * @param {HTMLElement} body  where the part is drawn
 * @param {Store} store
 * @param {() => void} redraw
 * @param {import("../../i18n.js").Translate} t
 */
export function createTablePart(body, store, redraw, t) {
  /** @type {{view: View | "between" | null, form: Form, notation: Notation}} */
  const choice = { view: null, form: "margins", notation: "numbers" };
  /** @type {Jacobian | null} */
  let shown = null;
  const between = createBetween(redraw, t);
  listenToTables(body, store, () => shown);
  body.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement)) return;
    const name = target.dataset.choose;
    if (name === "view") choice.view = /** @type {View | "between"} */ (target.value);
    else if (name === "form") choice.form = /** @type {Form} */ (target.value);
    else if (name === "from" || name === "to") between.choose(name, Number(target.value));
    else return;
    redraw();
  });
  body.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-notation]") : null;
    if (!(button instanceof HTMLElement)) return;
    choice.notation = /** @type {Notation} */ (button.dataset.notation);
    redraw();
  });
  return {
    /** @param {Context} context @param {Picture} picture @param {Known} known @param {State} state */
    draw(context, picture, known, state) {
      const ends = choice.view === "between" ? between.shown(picture, known, state) : null;
      const view = choice.view === "between" ? null : choice.view;
      const table = tableAt(picture, known, state, view);
      shown = ends ? ends.table : table;
      if (ends) return betweenSection(context, picture, ends, { ...BETWEEN, views: viewsOf(table) });
      const part = tableSection(context, picture, shown, shownAs(picture, shown, choice, state));
      part.querySelector(".jacobian [data-at]")?.setAttribute("tabindex", "0");
      return part;
    },
  };
}

/** @type {import("../../marks/inspector/table-switches.js").Chosen} */
const BETWEEN = { shown: "between", views: [], form: null, notation: null };

/** @param {Jacobian | null} table @returns {import("../../marks/inspector/table-switches.js").Shown[]} */
function viewsOf(table) {
  if (table?.choosable) return ["run", "full", "grouped", "between"];
  return [table && !table.whole ? "run" : "full", "between"];
}

/**
 * @param {Picture} picture
 * @param {Jacobian | null} table
 * @param {{form: Form, notation: Notation}} choice
 * @param {State} state
 * @returns {import("../../marks/inspector/table-section.js").Shown}
 */
function shownAs(picture, table, { form, notation }, { edge }) {
  const chosen = table && edge?.op === table.op ? edge : null;
  const written = table?.detail === "numbers" && !table.gone;
  const all = table && written ? tableSymbols(picture, table) : null;
  const symbols = notation === "symbols" ? all : null;
  const cell = table && chosen ? cellOf(table, chosen) : null;
  return {
    chosen: {
      shown: table && (table.choosable || !table.whole) ? table.view : "full",
      views: viewsOf(table),
      form: table?.detail === "numbers" || table?.detail === "tiles" ? form : null,
      notation: all ? notation : null,
    },
    look: { symbols, chosen },
    latex: table && !table.gone && table.cells.length ? tableLatex(picture, table, symbols) : null,
    cell: table && cell && written ? cellLatex(picture, table, cell, all) : null,
  };
}

/** @param {Jacobian} table @param {{relation: number, edge: number}} edge */
function cellOf({ joined }, { relation, edge }) {
  for (const [r, row] of joined.entries()) {
    const c = row.findIndex((places) =>
      places.some((place) => place.relation === relation && place.edge === edge),
    );
    if (c >= 0) return { r, c };
  }
  return null;
}
