/** Sentences that the template wrote: found by their data attributes and said again in another language. */

/** @typedef {import("./i18n.js").Translate} Translate */

/** Attribute of the element ← data attribute that carries the key. */
const ATTRIBUTES = [
  ["aria-label", "data-t-label"],
  ["title", "data-t-title"],
];

/**
 * @param {ParentNode} root
 * @param {Translate} t
 */
export function relabel(root, t) {
  for (const node of root.querySelectorAll("[data-t]")) {
    node.textContent = t(node.getAttribute("data-t") ?? "");
  }
  for (const [attribute, carrier] of ATTRIBUTES) {
    for (const node of root.querySelectorAll(`[${carrier}]`)) {
      node.setAttribute(attribute, t(node.getAttribute(carrier) ?? ""));
    }
  }
}
