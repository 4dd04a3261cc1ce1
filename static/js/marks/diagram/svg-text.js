/** SVG text: plain, and the symbol of an element as mathematics. */

import { svgElement } from "../../element.js";

/**
 * @param {string} text
 * @param {Record<string, string | number>} attributes
 */
export function svgText(text, attributes) {
  const node = svgElement("text", attributes);
  node.textContent = text;
  return node;
}

/**
 * A letter in italics or a word upright, with its subscript at 0.66.
 * @param {import("../../picture/symbols.js").Symbol} symbol
 * @param {string} index
 * @param {{x: number, y: number, size: number}} at  size in px
 */
export function symbolText(symbol, index, { x, y, size }) {
  const text = svgElement("text", { x, y, class: "symbol" });
  const name = svgElement("tspan", {
    class: symbol.word ? "symbol-word" : "symbol-letter",
  });
  text.style.setProperty("--size", `${size}px`);
  name.textContent = symbol.text + (symbol.primes.length <= 3 ? symbol.primes : "");
  text.append(name);
  if (index) {
    const sub = svgElement("tspan", { class: "symbol-index", dy: size * 0.22 });
    sub.textContent = index;
    text.append(sub);
  }
  return text;
}
