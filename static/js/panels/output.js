/** What stands under a cell: printed text, the value of its last line, notices, and the error in PyTorch's own words. */

import { element } from "../element.js";
import { octagon } from "../icons.js";

/**
 * @typedef {import("../cells.js").Cell} Cell
 * @typedef {import("../cells.js").CellError} CellError
 * @typedef {import("../i18n.js").Translate} Translate
 * @typedef {import("../store.js").Language} Language
 */

/**
 * @param {Cell} cell
 * @param {string} label
 * @returns {HTMLElement | null} null when the cell said nothing
 */
export function printedOutput(cell, label) {
  if (!cell.stdout && cell.result === null) return null;
  const text = [cell.stdout.replace(/\n$/, ""), cell.result].filter((part) => part).join("\n");
  return element("pre", { class: "cell-output", tabindex: 0, role: "region", "aria-label": label }, text);
}

/**
 * What a run remarks, each thing once with all its lines.
 * @param {Cell} cell
 * @param {Translate} t
 * @param {Language} lang
 * @returns {HTMLElement[]}
 */
export function noticeLines(cell, t, lang) {
  /** @type {Map<string, Set<number>>} */
  const lines = new Map();
  for (const notice of cell.notices) {
    lines.set(notice[lang], (lines.get(notice[lang]) ?? new Set()).add(notice.line));
  }
  return [...lines].map(([text, numbers]) => {
    const places = t("page.code.line", { line: [...numbers].join(", ") });
    return element("p", { class: "cell-notice" }, element("b", {}, places), ` ${text}`);
  });
}

/**
 * The original message is what people search for, so it stays English and whole; the hint below is the reader's.
 * @param {CellError} error
 * @param {Translate} t
 * @param {Language} lang
 * @returns {HTMLElement}
 */
export function errorCard(error, t, lang) {
  const place = error.line ? t("page.code.line", { line: error.line }) : "";
  return element(
    "section",
    { class: "error-card" },
    element("h3", {}, octagon(17), error.type, element("span", { class: "error-place" }, place)),
    element("p", { class: "error-original", lang: "en" }, error.message),
    error.hint ? element("p", { class: "error-hint" }, error.hint[lang]) : null,
  );
}
