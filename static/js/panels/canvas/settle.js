/** Puts what changed of a new drawing into the old one, so that the browser lays out again only what is another. */

/**
 * @param {Element} parent
 * @param {Node[]} next  its new children
 */
export function settleChildren(parent, next) {
  const old = [...parent.childNodes];
  if (old.length !== next.length) {
    parent.replaceChildren(...next);
    return;
  }
  for (const [i, node] of next.entries()) {
    const kept = settled(old[i], node);
    if (kept !== old[i]) parent.replaceChild(kept, old[i]);
  }
}

/**
 * @param {Node} old
 * @param {Node} next
 * @returns {Node} the old node where it can say the same as the new one
 */
function settled(old, next) {
  if (old.nodeName !== next.nodeName || old.nodeType !== next.nodeType) return next;
  if (!(old instanceof Element) || !(next instanceof Element)) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return old;
  }
  if (old.namespaceURI !== next.namespaceURI) return next;
  if (!old.isEqualNode(next)) {
    settleAttributes(old, next);
    settleChildren(old, [...next.childNodes]);
  }
  if (old instanceof HTMLSelectElement && next instanceof HTMLSelectElement) old.value = next.value;
  return old;
}

/**
 * A style goes by its own door: as an attribute it would be markup, which the page's policy refuses.
 * @param {Element} old
 * @param {Element} next
 */
function settleAttributes(old, next) {
  for (const name of old.getAttributeNames()) if (!next.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) === value) continue;
    if (name === "style" && (old instanceof HTMLElement || old instanceof SVGElement))
      old.style.cssText = value;
    else old.setAttribute(name, value);
  }
}
