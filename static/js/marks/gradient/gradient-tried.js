/** Gradients that were tried, one to a line, each with the scores that it gave. */

import { element } from "../../element.js";
import { formatNumber } from "../../format.js";
import { scoreNumber } from "../inspector/number.js";

/**
 * @typedef {object} TriedRow
 * @property {number} place    in the list
 * @property {number[]} given  G
 * @property {number[]} found  scores of X
 * @property {boolean} now     it is the one that is shown
 */

/**
 * @param {import("../context.js").Context} context
 * @param {TriedRow[]} rows
 * @param {string} name  of X
 * @returns {HTMLElement}
 */
export function triedMark({ t }, rows, name) {
  const title = element(
    "p",
    { class: "g-tried-title", title: t("page.gradient.triedTitle", { name }) },
    t("page.gradient.tried"),
  );
  return element("div", { class: "g-tried-list" }, title, ...rows.map((row) => rowMark(t, row, name)));
}

/** @param {import("../../i18n.js").Translate} t @param {TriedRow} row @param {string} name */
function rowMark(t, { place, given, found, now }, name) {
  /** @param {number[]} numbers */
  const spoken = (numbers) => `[${numbers.map((number) => formatNumber(number)).join(", ")}]`;
  const label = t("page.gradient.triedRow", { given: spoken(given), found: spoken(found), name });
  return element(
    "button",
    {
      type: "button",
      class: "g-tried-row",
      "data-tried": place,
      "aria-pressed": String(now),
      "aria-label": label,
    },
    ...given.map((value) => scoreNumber(value, "out")),
    element("span", { class: "g-tried-arrow" }, "→"),
    ...found.map((value) => scoreNumber(value, "in")),
  );
}
