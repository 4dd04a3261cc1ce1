/** The cells that tables of weights are made of: weights, places without an edge, scores in the margins, heads. */

import { flatPlace } from "../../why/describe.js";
import { element } from "../../element.js";
import { codeElement, formatNumber, signOf } from "../../format.js";
import { edgeLink, elementLink } from "../../picture/links.js";
import { elementTex } from "../../picture/symbols.js";
import { scoreNumber } from "./number.js";
import { spokenTex, tex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../tables/jacobian.js").Jacobian} Jacobian
 *
 * @typedef {object} Look   How a table is drawn.
 * @property {boolean} tiled
 * @property {number} most                       the largest magnitude of a weight
 * @property {((r: number, c: number) => string | null) | null} symbols  LaTeX of a cell; null for numbers
 * @property {{relation: number, edge: number} | null} chosen  the edge that is looked at, if it is of this operation
 */

/**
 * No edge is an empty place; a weight of 0 is a 0. The two are not the same.
 * @param {Context} context
 * @param {Jacobian} table
 * @param {number} r
 * @param {number} c
 * @param {Look} look
 * @returns {HTMLElement}
 */
export function weightCell({ t }, table, r, c, look) {
  const weight = table.cells[r][c];
  if (weight === null)
    return element(
      "span",
      { class: "jacobian-none", title: t("page.inspector.noEdge") },
      look.tiled ? "" : "·",
    );
  const sign = table.gone ? "none" : signOf(weight);
  const links = table.joined[r][c].map(({ relation, edge }) => edgeLink(table.op, relation, edge));
  const own = table.joined[r][c].some(
    ({ relation, edge }) => relation === look.chosen?.relation && edge === look.chosen.edge,
  );
  const attributes = {
    class: `jacobian-cell sign-${sign}${own ? " jacobian-own" : ""}`,
    "data-link": links.length ? links.join(" ") : null,
    "data-lights": links.length ? null : endsOf(table, r, c),
    "data-at": `${r} ${c}`,
    title: table.gone ? null : formatNumber(weight),
  };
  const cell = links.length
    ? element("button", { type: "button", tabindex: -1, "aria-pressed": String(own), ...attributes })
    : element("span", attributes);
  const content = table.gone ? "?" : weightContent(weight, r, c, look);
  cell.append(content);
  const level = 4 + (look.tiled ? 86 : 16) * Math.min(1, Math.abs(weight) / look.most);
  cell.style.setProperty("--level", `${Math.round(level)}%`);
  return cell;
}

/** A cell that belongs to no single edge lights its two elements. @param {Jacobian} table @param {number} r @param {number} c */
function endsOf({ input, output, columns, rows }, r, c) {
  return `${elementLink(input, columns[c])} ${elementLink(output, rows[r])}`;
}

/** @param {number} weight @param {number} r @param {number} c @param {Look} look */
function weightContent(weight, r, c, { tiled, symbols }) {
  if (tiled) return weight < 0 ? "–" : "";
  const symbol = symbols?.(r, c);
  return symbol ? tex(symbol) : formatNumber(weight);
}

/**
 * A score in a margin: as a number with its cap, or as a tile.
 * @param {number | null} value
 * @param {"in" | "out"} cap
 * @param {boolean} tiled
 * @param {{tensor: number, element: number}} place
 */
export function marginCell(value, cap, tiled, place) {
  const link = elementLink(place.tensor, place.element);
  if (!tiled) {
    const number = scoreNumber(value ?? undefined, cap);
    number.dataset.link = link;
    return number;
  }
  const look = `jacobian-score cap-${cap} sign-${signOf(value)}`;
  const text = value !== null && value < 0 ? "–" : "";
  return element("span", { class: look, title: formatNumber(value), "data-link": link }, text);
}

/**
 * The head of a row or column, which chooses its element; where tiles leave no room it is only spoken.
 * @param {Context} context
 * @param {Picture} picture
 * @param {number} tensor
 * @param {number} index
 * @param {{shown: boolean, at: string}} how
 */
export function headCell({ t }, { symbols, trace }, tensor, index, { shown, at }) {
  const symbol = symbols.get(tensor);
  const member = trace.tensors.find(({ id }) => id === tensor);
  const spoken = codeElement(member?.name ?? symbol?.text ?? "", index, member?.shape ?? []);
  const name =
    shown && symbol
      ? spokenTex(elementTex(symbol, index, member?.shape ?? []), spoken)
      : element("span", { class: "unseen" }, spoken);
  const title = [spoken, flatPlace(t, member?.shape ?? [], index)].filter(Boolean).join(" · ");
  const attributes = { "data-link": elementLink(tensor, index), "data-at": at, title };
  return element("button", { type: "button", class: "jacobian-head", tabindex: -1, ...attributes }, name);
}
