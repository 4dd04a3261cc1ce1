/** What stands under a cell: printed text, the value of its last line, notices, and the error in PyTorch's own words. */

import { element } from "../../element.js";
import { octagon } from "../../icons.js";

/**
 * @typedef {import("../../code/cells.js").Cell} Cell
 * @typedef {import("../../code/cells.js").Notice} Notice
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../store.js").Language} Language
 */

/**
 * @param {Cell} cell
 * @param {string} label
 * @param {string} [dated]  said of an output that may still show the numbers of the run before
 * @returns {HTMLElement | null} null when the cell said nothing
 */
export function printedOutput(cell, label, dated) {
  if (!cell.stdout && cell.result === null) return null;
  const text = [cell.stdout.replace(/\n$/, ""), cell.result].filter((part) => part).join("\n");
  const attributes = { tabindex: 0, role: "region", "aria-label": label, title: cell.dated ? dated : null };
  return element("pre", { class: cell.dated ? "cell-output dated" : "cell-output", ...attributes }, text);
}

/**
 * What a run remarks, each thing once with all its lines, and what can be done about it.
 * @param {Cell} cell
 * @param {Translate} t
 * @param {Language} lang
 * @param {Pick<import("./cell.js").CellActions, "fixes" | "mend">} on
 * @returns {HTMLElement[]}
 */
export function noticeLines(cell, t, lang, on) {
  /** @type {Map<string, {lines: Set<number>, first: Notice}>} */
  const remarks = new Map();
  for (const notice of cell.notices) {
    const known = remarks.get(notice[lang]) ?? { lines: new Set(), first: notice };
    remarks.set(notice[lang], { ...known, lines: known.lines.add(notice.line) });
  }
  return [...remarks].map(([text, { lines, first }]) => {
    const places = t("page.code.line", { line: [...lines].join(", ") });
    const remark = element("p", { class: "cell-notice" }, element("b", {}, places), ` ${text}`);
    for (const fix of on.fixes(first)) {
      const button = element(
        "button",
        { type: "button", class: "button" },
        t(`page.fix.${fix.label}`, fix.values),
      );
      button.addEventListener("click", () => on.mend(fix));
      remark.append(button);
    }
    return remark;
  });
}

/**
 * The original message is what people search for, so it stays English and whole; the hint below is the reader's.
 * @param {Cell} cell
 * @param {Translate} t
 * @param {Language} lang
 * @param {() => void} explain
 * @returns {HTMLElement}
 */
export function errorCard({ error, place, stale }, t, lang, explain) {
  if (!error) return element("section", {});
  const line = error.line ? t("page.code.line", { line: error.line }) : "";
  const button = element("button", { type: "button", class: "button error-why" }, t("page.fault.open"));
  button.addEventListener("click", explain);
  return element(
    "section",
    { class: "error-card" },
    element("h3", {}, octagon(17), error.type, element("span", { class: "error-place" }, line)),
    element("p", { class: "error-original", lang: "en" }, error.message),
    error.hint ? element("p", { class: "error-hint" }, error.hint[lang]) : null,
    error.hint && place !== null && !stale ? button : null,
  );
}
