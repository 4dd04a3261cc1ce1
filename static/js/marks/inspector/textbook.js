/** The table as textbooks write it: Jᵀ · v = v_x with upright vectors, or vᵀ · J as a row. */

import { element } from "../../element.js";
import { densityOf, lookOf } from "./jacobian.js";
import { headCell, marginCell, weightCell } from "./table-cells.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../tables/jacobian.js").Jacobian} Jacobian
 * @typedef {import("./table-cells.js").Look} Look
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Jacobian} table
 * @param {Pick<Look, "symbols" | "chosen">} given
 * @param {"column" | "row"} form
 * @returns {HTMLElement}
 */
export function textbookMark(context, picture, table, given, form) {
  const look = lookOf(table, given);
  const name = element("caption", { class: "unseen" }, context.t("page.inspector.jacobian"));
  const upright = form === "column";
  const matrix = upright ? turned(context, picture, table, look) : straight(context, picture, table, look);
  const grid = element("table", { class: `jacobian textbook-grid${densityOf(table)}` }, name, ...matrix);
  const v = vector(table.v, table.rows, "out", table.output, look, upright);
  const result = vector(table.foot, table.columns, "in", table.input, look, upright);
  const parts = upright
    ? [named(J_T, grid), named("\\boldsymbol{v}", v), equals(), named("\\boldsymbol{v}_x", result)]
    : [named(V_T, v), named("J", grid), equals(), named(`${V_T}_x`, result)];
  return element("div", { class: `textbook textbook-${form}` }, ...parts);
}

const J_T = "J^{\\mathsf T}";
const V_T = "\\boldsymbol{v}^{\\mathsf T}";

/** @param {string} name @param {HTMLElement} body */
function named(name, body) {
  return element(
    "div",
    { class: "textbook-factor" },
    element("div", { class: "textbook-bracket" }, body),
    tex(name, "textbook-name"),
  );
}

function equals() {
  return element("span", { class: "textbook-equals" }, "=");
}

/** Rows are outputs. @param {Context} context @param {Picture} picture @param {Jacobian} table @param {Look} look */
function straight(context, picture, table, look) {
  const heads = table.columns.map((column, c) =>
    element(
      "th",
      { scope: "col", class: "jacobian-input" },
      headCell(context, picture, table.input, column, { shown: !look.tiled, at: `-1 ${c}` }),
    ),
  );
  const rows = table.rows.map((row, r) => {
    const head = headCell(context, picture, table.output, row, { shown: !look.tiled, at: `${r} -1` });
    const cells = table.columns.map((_, c) => element("td", {}, weightCell(context, table, r, c, look)));
    return element("tr", {}, element("th", { scope: "row", class: "jacobian-output" }, head), ...cells);
  });
  return [element("thead", {}, element("tr", {}, element("td"), ...heads)), element("tbody", {}, ...rows)];
}

/** Rows are inputs: the same cells, turned over. @param {Context} context @param {Picture} picture @param {Jacobian} table @param {Look} look */
function turned(context, picture, table, look) {
  const heads = table.rows.map((row, r) =>
    element(
      "th",
      { scope: "col", class: "jacobian-output" },
      headCell(context, picture, table.output, row, { shown: !look.tiled, at: `${r} -1` }),
    ),
  );
  const rows = table.columns.map((column, c) => {
    const head = headCell(context, picture, table.input, column, { shown: !look.tiled, at: `-1 ${c}` });
    const cells = table.rows.map((_, r) => element("td", {}, weightCell(context, table, r, c, look)));
    const chosen = table.selected === c ? "jacobian-chosen" : null;
    return element(
      "tr",
      { class: chosen },
      element("th", { scope: "row", class: "jacobian-input" }, head),
      ...cells,
    );
  });
  return [element("thead", {}, element("tr", {}, element("td"), ...heads)), element("tbody", {}, ...rows)];
}

/**
 * @param {(number | null)[]} values
 * @param {number[]} elements
 * @param {"in" | "out"} cap
 * @param {number} tensor
 * @param {Look} look
 * @param {boolean} upright
 */
function vector(values, elements, cap, tensor, look, upright) {
  const cells = values.map((value, i) =>
    marginCell(value, cap, look.tiled, { tensor, element: elements[i] }),
  );
  const many = values.length > 3 ? " jacobian-dense" : "";
  return element(
    "div",
    {
      class: `jacobian textbook-vector${upright ? " textbook-upright" : ""}${look.tiled ? " jacobian-tiles" : many}`,
    },
    ...cells,
  );
}
