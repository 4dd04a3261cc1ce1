/** The Jacobian as a table with margins: outputs down, inputs across, v at the right, what comes out at the foot. */

import { element } from "../element.js";
import { codeElement, formatNumber, signOf } from "../format.js";
import { elementTex } from "../symbols.js";
import { scoreNumber } from "./number.js";
import { spokenTex } from "./tex.js";

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
  const body = jacobian.rows.map((row, r) => bodyRow(context, picture, jacobian, row, r, most, tiled));
  const dense = !tiled && Math.max(jacobian.rows.length, jacobian.columns.length) > 4;
  const look = tiled ? " jacobian-tiles" : dense ? " jacobian-dense" : "";
  const caption = element("caption", { class: "unseen" }, context.t("page.inspector.jacobian"));
  const parts = [
    caption,
    element("thead", {}, headRow(picture, jacobian, tiled)),
    element("tbody", {}, ...body),
    element("tfoot", {}, footRow(jacobian, tiled)),
  ];
  return element("table", { class: `jacobian${look}` }, ...parts);
}

/** @param {Picture} picture @param {Jacobian} jacobian @param {boolean} tiled */
function headRow(picture, jacobian, tiled) {
  const heads = jacobian.columns.map((column, c) => columnHead(picture, jacobian, column, c, tiled));
  const v = element(
    "th",
    { scope: "col", class: "jacobian-gap jacobian-v" },
    spokenTex("\\boldsymbol{v}", "v"),
  );
  return element("tr", {}, element("td"), ...heads, v);
}

/** @param {Jacobian} jacobian @param {boolean} tiled */
function footRow(jacobian, tiled) {
  const name = element("th", { scope: "row" }, spokenTex("J^{\\mathsf T}\\boldsymbol{v}", "Jᵀv"));
  const cells = jacobian.foot.map((value, c) => element("td", frame(jacobian, c), score(value, "in", tiled)));
  return element("tr", { class: "jacobian-foot" }, name, ...cells, element("td"));
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
  return element("th", attributes, symbolOf(picture, jacobian.input, column, !tiled || selected));
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
  const name = symbolOf(picture, jacobian.output, row, !tiled || r % 5 === 0);
  const line = element("tr", {}, element("th", { scope: "row", class: "jacobian-output" }, name));
  jacobian.columns.forEach((_, c) => {
    const cell = element(
      "td",
      frame(jacobian, c),
      jacobian.gone ? goneCell(jacobian.cells[r][c]) : weightCell(context, jacobian.cells[r][c], most, tiled),
    );
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
    `${Math.round(4 + (tiled ? 86 : 16) * Math.min(1, Math.abs(weight) / most))}%`,
  );
  return cell;
}

/** An edge that lost its weight. @param {number | null} weight */
function goneCell(weight) {
  return element("span", { class: "jacobian-none" }, weight === null ? "·" : "?");
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

/**
 * The head of a row or column; where tiles leave no room it is only spoken.
 * @param {Picture} picture
 * @param {number} tensor
 * @param {number} index
 * @param {boolean} shown
 */
function symbolOf({ symbols, trace }, tensor, index, shown) {
  const symbol = symbols.get(tensor);
  const member = trace.tensors.find(({ id }) => id === tensor);
  const spoken = codeElement(member?.name ?? symbol?.text ?? "", index, member?.shape ?? []);
  if (!shown || !symbol) return element("span", { class: "unseen" }, spoken);
  return spokenTex(elementTex(symbol, index, member?.shape ?? []), spoken);
}
