/** The part with the table: which of its views the reader chose, and what its cells and heads do. */

import { tableSection } from "../marks/table-section.js";
import { cellLatex, tableLatex } from "../table-latex.js";
import { tableAt } from "../tables.js";
import { tableSymbols } from "../table-symbols.js";
import { listenToTables } from "./table-cells.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store.js").State} State
 * @typedef {import("../marks/context.js").Context} Context
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../walk.js").Known} Known
 * @typedef {import("../jacobian.js").Jacobian} Jacobian
 * @typedef {import("../jacobian.js").View} View
 * @typedef {import("../marks/table-switches.js").Form} Form
 * @typedef {import("../marks/table-switches.js").Notation} Notation
 */

/**
 * @param {HTMLElement} body  where the part is drawn
 * @param {Store} store
 * @param {() => void} redraw
 */
export function createTablePart(body, store, redraw) {
  /** @type {{view: View | null, form: Form, notation: Notation}} */
  const choice = { view: null, form: "margins", notation: "numbers" };
  /** @type {Jacobian | null} */
  let shown = null;
  listenToTables(body, store, () => shown);
  body.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement)) return;
    if (target.dataset.choose === "view") choice.view = /** @type {View} */ (target.value);
    else if (target.dataset.choose === "form") choice.form = /** @type {Form} */ (target.value);
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
      shown = tableAt(picture, known, state, choice.view);
      const part = tableSection(context, picture, shown, shownAs(picture, shown, choice, state));
      part.querySelector(".jacobian [data-at]")?.setAttribute("tabindex", "0");
      return part;
    },
  };
}

/**
 * @param {Picture} picture
 * @param {Jacobian | null} table
 * @param {{form: Form, notation: Notation}} choice
 * @param {State} state
 * @returns {import("../marks/table-section.js").Shown}
 */
function shownAs(picture, table, { form, notation }, { edge }) {
  const chosen = table && edge?.op === table.op ? edge : null;
  const written = table?.detail === "numbers" && !table.gone;
  const all = table && written ? tableSymbols(picture, table) : null;
  const symbols = notation === "symbols" ? all : null;
  const cell = table && chosen ? cellOf(table, chosen) : null;
  return {
    chosen: {
      shown: table?.view ?? "full",
      views: table?.choosable ? ["run", "full", "grouped"] : ["full"],
      form: table?.detail === "numbers" || table?.detail === "tiles" ? form : null,
      notation: all ? notation : null,
    },
    look: { symbols, chosen },
    latex: table && written ? tableLatex(picture, table, symbols) : null,
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
