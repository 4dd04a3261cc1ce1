/** A formula as DOM nodes. Only render() is used: it builds nodes, so no markup is ever parsed. */

import katex from "vendor/katex.js";
import { element } from "../element.js";

const OPTIONS = /** @type {const} */ ({ throwOnError: false, strict: "ignore", trust: false });

/**
 * @param {string} source  LaTeX
 * @param {string} [name]  class
 * @returns {HTMLElement}
 */
export function tex(source, name = "") {
  const span = element("span", { class: name ? `tex ${name}` : "tex" });
  katex.render(source, span, OPTIONS);
  return span;
}
