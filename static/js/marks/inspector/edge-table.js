/** The diagram of one operation as a table of its edges. */

import { element } from "../../element.js";
import { plainNumber, scoreNumber, weightNumber } from "./number.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../why/edge-rows.js").EdgeRow} EdgeRow
 */

const COLUMNS = ["from", "to", "score", "weight", "product"];

/**
 * @param {Context} context
 * @param {string} name   of the operation
 * @param {{rows: EdgeRow[], total: number}} edges
 * @returns {HTMLElement}
 */
export function edgeTable({ t }, name, { rows, total }) {
  const heads = COLUMNS.map((column) => element("th", { scope: "col" }, t(`page.edges.${column}`)));
  const caption = element("caption", {}, t("page.edges.caption", { name, count: rows.length, total }));
  return element(
    "table",
    { class: "edge-table" },
    caption,
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows.map((row) => rowMark(t, row))),
  );
}

/** @param {import("../../i18n.js").Translate} t @param {EdgeRow} row */
function rowMark(t, { link, from, to, weight, score, product }) {
  const waiting = () => element("span", { class: "edge-table-waiting" }, t("page.edges.waiting"));
  const cells = [
    element("td", {}, element("code", {}, to)),
    element("td", {}, score === null ? waiting() : scoreNumber(score, "out")),
    element("td", {}, weight === null ? t("page.edges.gone") : weightNumber(weight)),
    element("td", {}, product === null ? waiting() : plainNumber(product)),
  ];
  const head = element("th", { scope: "row" }, element("code", {}, from));
  return element("tr", { "data-link": link }, head, ...cells);
}
