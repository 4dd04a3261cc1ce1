/** The small button that copies a formula as LaTeX; panels/copying.js listens to all of them. */

import { element } from "../../element.js";

/**
 * @param {import("../context.js").Context} context
 * @param {string} latex
 * @returns {HTMLElement}
 */
export function copyLatexButton({ t }, latex) {
  const name = t("page.copy.latex");
  return element(
    "button",
    { type: "button", class: "copy-latex", title: name, "aria-label": name, "data-copy": latex },
    "TeX",
  );
}
