/** A formula as DOM nodes. Only render() is used: it builds nodes, so no markup is ever parsed. */

import katex from "vendor/katex.js";
import { element } from "../../element.js";

/** A formula with a mistake throws: KaTeX would colour it by a style attribute, which the page's policy refuses. */
const OPTIONS = /** @type {const} */ ({ throwOnError: true, strict: "ignore", trust: false });

/** Formulas that were set before are copied, which costs a fraction. @type {Map<string, HTMLElement>} */
const kept = new Map();
const MOST = 500;

/**
 * @param {string} source  LaTeX
 * @param {string} [name]  class
 * @returns {HTMLElement}
 */
export function tex(source, name = "") {
  const key = `${name} ${source}`;
  const known = kept.get(key);
  if (known) return /** @type {HTMLElement} */ (known.cloneNode(true));
  const span = element("span", { class: name ? `tex ${name}` : "tex" });
  try {
    katex.render(source, span, OPTIONS);
  } catch {
    span.replaceChildren(element("code", {}, source));
  }
  if (kept.size >= MOST) kept.clear();
  kept.set(key, /** @type {HTMLElement} */ (span.cloneNode(true)));
  return span;
}

/**
 * A formula with the words that a screen reader says instead of it.
 * @param {string} source
 * @param {string} spoken
 * @returns {HTMLElement}
 */
export function spokenTex(source, spoken) {
  const formula = tex(source);
  formula.setAttribute("aria-hidden", "true");
  return element("span", {}, element("span", { class: "unseen" }, spoken), formula);
}
