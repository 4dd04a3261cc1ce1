/** The Jacobian as a table with margins: outputs down, inputs across, v at the right, what comes out at the foot. */

import { element } from "../../element.js";
import { headCell, marginCell, weightCell } from "./table-cells.js";
import { spokenTex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../tables/jacobian.js").Jacobian} Jacobian
 * @typedef {import("./table-cells.js").Look} Look
 */

/** Beyond so many rows or columns the lines stand closer. */
const ROOMY = 3;

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Jacobian} table  at most 16 × 16
 * @param {Pick<Look, "symbols" | "chosen">} given
 * @returns {HTMLElement}
 */
export function jacobianMark(context, picture, table, given) {
  const look = lookOf(table, given);
  const body = table.rows.map((_, r) => bodyRow(context, picture, table, r, look));
  const caption = element("caption", { class: "unseen" }, context.t("page.inspector.jacobian"));
  const parts = [
    caption,
    element("thead", {}, headRow(context, picture, table, look)),
    element("tbody", {}, ...body),
    element("tfoot", {}, footRow(table, look)),
  ];
  return element("table", { class: `jacobian${densityOf(table)}` }, ...parts);
}

/** @param {Jacobian} table @param {Pick<Look, "symbols" | "chosen">} given @returns {Look} */
export function lookOf(table, given) {
  const most = Math.max(...table.cells.flat().map((cell) => Math.abs(cell ?? 0)), Number.MIN_VALUE);
  return { ...given, tiled: table.detail === "tiles", most };
}

/** @param {Jacobian} table */
export function densityOf({ detail, rows, columns }) {
  if (detail === "tiles") return " jacobian-tiles";
  return Math.max(rows.length, columns.length) > ROOMY ? " jacobian-dense" : "";
}

/** @param {Context} context @param {Picture} picture @param {Jacobian} table @param {Look} look */
function headRow(context, picture, table, { tiled }) {
  const heads = table.columns.map((column, c) => {
    const shown = !tiled || table.selected === c;
    return element(
      "th",
      { scope: "col", class: `jacobian-input${runStart(table.breaks.columns, c, "column")}` },
      headCell(context, picture, table.input, column, { shown, at: `-1 ${c}` }),
    );
  });
  const v = element(
    "th",
    { scope: "col", class: "jacobian-gap jacobian-v" },
    spokenTex("\\boldsymbol{v}", "v"),
  );
  return element("tr", {}, element("td"), ...heads, v);
}

/** @param {Jacobian} table @param {Look} look */
function footRow(table, { tiled }) {
  const name = element("th", { scope: "row" }, spokenTex("J^{\\mathsf T}\\boldsymbol{v}", "Jᵀv"));
  const cells = table.foot.map((value, c) =>
    element(
      "td",
      { class: frame(table, c) },
      marginCell(value, "in", tiled, { tensor: table.input, element: table.columns[c] }),
    ),
  );
  return element("tr", { class: "jacobian-foot" }, name, ...cells, element("td"));
}

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Jacobian} table
 * @param {number} r
 * @param {Look} look
 */
function bodyRow(context, picture, table, r, look) {
  const shown = !look.tiled || r % 5 === 0 || r === table.selectedRow;
  const head = headCell(context, picture, table.output, table.rows[r], { shown, at: `${r} -1` });
  const chosen = r === table.selectedRow ? " jacobian-chosen" : "";
  const line = element(
    "tr",
    { class: `${chosen}${runStart(table.breaks.rows, r, "row")}`.trim() || null },
    element("th", { scope: "row", class: "jacobian-output" }, head),
  );
  table.columns.forEach((_, c) => {
    const look2 = `${frame(table, c) ?? ""}${runStart(table.breaks.columns, c, "column")}`.trim();
    line.append(element("td", { class: look2 || null }, weightCell(context, table, r, c, look)));
  });
  const place = { tensor: table.output, element: table.rows[r] };
  const v = marginCell(table.v[r], "out", look.tiled, place);
  line.append(element("td", { class: "jacobian-gap jacobian-v-cell" }, v));
  return line;
}

/** @param {Jacobian} table @param {number} c */
function frame(table, c) {
  return table.selected === c ? "jacobian-selected" : null;
}

/** @param {Set<number>} starts @param {number} at @param {"row" | "column"} axis */
function runStart(starts, at, axis) {
  return starts.has(at) ? ` jacobian-${axis}-start` : "";
}
