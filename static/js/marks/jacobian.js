/** The Jacobian as a table with margins: outputs down, inputs across, v at the right, what comes out at the foot. */

import { element } from "../element.js";
import { formatNumber, signOf } from "../format.js";
import { elementTex } from "../symbols.js";
import { scoreNumber } from "./number.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../jacobian.js").Jacobian} Jacobian
 */

const NUMBERS = 6;
export const TILES = 16;

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Jacobian} jacobian  at most 16 × 16
 * @returns {HTMLElement}
 */
export function jacobianMark(context, picture, jacobian) {
  const tiled = Math.max(jacobian.rows.length, jacobian.columns.length) > NUMBERS;
  const most = Math.max(...jacobian.cells.flat().map((cell) => Math.abs(cell ?? 0)), Number.MIN_VALUE);
  const head = element(
    "tr",
    {},
    element("td"),
    ...jacobian.columns.map((column, c) => columnHead(picture, jacobian, column, c, tiled)),
  );
  head.append(element("th", { scope: "col", class: "jacobian-gap jacobian-v" }, tex("\\boldsymbol{v}")));
  const body = jacobian.rows.map((row, r) => bodyRow(context, picture, jacobian, row, r, most, tiled));
  const foot = element(
    "tr",
    { class: "jacobian-foot" },
    element("th", { scope: "row" }, tex("J^{\\mathsf T}\\boldsymbol{v}")),
  );
  foot.append(
    ...jacobian.columns.map((_, c) =>
      element("td", frame(jacobian, c), score(jacobian.foot[c], "in", tiled)),
    ),
    element("td"),
  );
  const dense = !tiled && Math.max(jacobian.rows.length, jacobian.columns.length) > 4;
  const look = tiled ? " jacobian-tiles" : dense ? " jacobian-dense" : "";
  const caption = element("caption", { class: "unseen" }, context.t("page.inspector.jacobian"));
  const parts = [
    caption,
    element("thead", {}, head),
    element("tbody", {}, ...body),
    element("tfoot", {}, foot),
  ];
  return element("table", { class: `jacobian${look}` }, ...parts);
}

/** @param {Picture} picture @param {Jacobian} jacobian @param {number} column @param {number} c @param {boolean} tiled */
function columnHead(picture, jacobian, column, c, tiled) {
  const attributes = {
    scope: "col",
    class: "jacobian-input",
    "data-tensor": jacobian.input,
    "data-element": column,
  };
  const selected = jacobian.selected === c;
  return element("th", attributes, tiled && !selected ? null : symbolOf(picture, jacobian.input, column));
}

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Jacobian} jacobian
 * @param {number} row
 * @param {number} r
 * @param {number} most
 * @param {boolean} tiled
 */
function bodyRow(context, picture, jacobian, row, r, most, tiled) {
  const name = tiled && r % 5 ? null : symbolOf(picture, jacobian.output, row);
  const line = element("tr", {}, element("th", { scope: "row", class: "jacobian-output" }, name));
  jacobian.columns.forEach((_, c) => {
    const cell = element("td", frame(jacobian, c), weightCell(context, jacobian.cells[r][c], most, tiled));
    line.append(cell);
  });
  line.append(element("td", { class: "jacobian-gap jacobian-v-cell" }, score(jacobian.v[r], "out", tiled)));
  return line;
}

/** @param {Jacobian} jacobian @param {number} c */
function frame(jacobian, c) {
  return { class: jacobian.selected === c ? "jacobian-selected" : null };
}

/**
 * No edge is an empty place; a weight of 0 is a 0. The two are not the same.
 * @param {Context} context
 * @param {number | null} weight
 * @param {number} most
 * @param {boolean} tiled
 */
function weightCell({ t }, weight, most, tiled) {
  if (weight === null)
    return element("span", { class: "jacobian-none", title: t("page.inspector.noEdge") }, tiled ? "" : "·");
  const sign = signOf(weight);
  const cell = element("span", { class: `jacobian-cell sign-${sign}`, title: formatNumber(weight) });
  if (!tiled) cell.textContent = formatNumber(weight);
  else if (sign === "neg") cell.textContent = "–";
  cell.style.setProperty(
    "--level",
    `${Math.round(6 + (tiled ? 84 : 30) * Math.min(1, Math.abs(weight) / most))}%`,
  );
  return cell;
}

/** @param {number | null} value @param {"in" | "out"} cap @param {boolean} tiled */
function score(value, cap, tiled) {
  if (!tiled) return scoreNumber(value ?? undefined, cap);
  const text = value !== null && value < 0 ? "–" : "";
  return element(
    "span",
    { class: `jacobian-score cap-${cap} sign-${signOf(value)}`, title: formatNumber(value) },
    text,
  );
}

/** @param {Picture} picture @param {number} tensor @param {number} index */
function symbolOf({ symbols, layout }, tensor, index) {
  const symbol = symbols.get(tensor);
  const shape = layout.boxes.get(tensor)?.member.tensor.shape ?? [];
  return symbol ? tex(elementTex(symbol, index, shape)) : null;
}
