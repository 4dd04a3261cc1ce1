/** A small diagram that answers to pointer and keys: looking at a blue node lights its edges. */

import { element } from "../../element.js";
import { miniOf } from "../../layout/mini.js";
import { lightMini, miniMark } from "../../marks/diagram/mini.js";

/**
 * @typedef {import("../../layout/mini.js").RelationPicture} RelationPicture
 * @typedef {object} MiniOptions
 * @property {string} name        what a screen reader calls it
 * @property {number | null} rest the element that is lit while nobody looks at one
 * @property {() => void} open
 * @property {(element: number | null) => void} [onLook]
 */

/**
 * @param {import("../../marks/context.js").Context} context
 * @param {RelationPicture} picture
 * @param {MiniOptions} options
 * @returns {HTMLElement}
 */
export function liveMini(context, picture, { name, rest, open, onLook }) {
  const mini = miniOf(picture);
  const svg = miniMark(context, picture, mini, name);
  // Listening for focus on the drawing itself would make it a stop for Tab.
  const frame = element("div", { class: "mini-frame", "data-links": true }, svg);
  const nodes = /** @type {SVGElement[]} */ ([...svg.querySelectorAll("[role=button]")]);
  /** @type {number | null | undefined} */
  let looked;
  /** @param {number | null} chosen */
  const look = (chosen) => {
    if (chosen === looked) return;
    looked = chosen;
    lightMini(context, svg, mini, chosen);
    const stop = Math.max(0, picture.input.elements.indexOf(chosen ?? -1));
    nodes.forEach((node, i) => {
      node.setAttribute("tabindex", i === stop ? "0" : "-1");
    });
    onLook?.(chosen);
  };
  frame.addEventListener("pointerover", (event) => {
    const pointed = elementOf(event);
    if (pointed !== null && event.pointerType === "mouse") look(pointed);
  });
  frame.addEventListener("pointerleave", () => {
    if (!frame.contains(document.activeElement)) look(rest);
  });
  frame.addEventListener("focusin", (event) => look(elementOf(event)));
  frame.addEventListener("focusout", (event) => {
    if (!(event.relatedTarget instanceof Node && frame.contains(event.relatedTarget))) look(rest);
  });
  // A finger has not pointed before it taps: the first tap looks, the second opens.
  /** @type {number | null | undefined} */
  let before;
  frame.addEventListener("pointerdown", () => {
    before = looked;
  });
  frame.addEventListener("click", (event) => {
    const pointed = elementOf(event);
    if (pointed === null || pointed === before) open();
    else look(pointed);
  });
  frame.addEventListener("keydown", (event) => {
    const at = nodes.indexOf(/** @type {SVGElement} */ (event.target));
    if (at >= 0 && act(event.key, at)) event.preventDefault();
  });
  /** @param {string} key @param {number} at */
  const act = (key, at) => {
    if (key === "Enter" || key === " ") open();
    else if (key === "ArrowDown") nodes[at + 1]?.focus();
    else if (key === "ArrowUp") nodes[at - 1]?.focus();
    else return false;
    return true;
  };
  look(rest);
  return frame;
}

/** The input under an event. @param {Event} event */
function elementOf({ target }) {
  const node = target instanceof Element ? target.closest("[role=button]") : null;
  return node ? Number(node.getAttribute("data-element")) : null;
}
