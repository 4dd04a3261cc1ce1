/** The diagram as a file of its own: what style sheets say is written onto its marks, so that it needs none. */

import { facesOf } from "./drawing-fonts.js";

/**
 * @typedef {{file: Blob, width: number, height: number}} Drawing  sizes in px of the screen
 */

/** Properties that a mark takes over from its parent, and those that it does not; all can be attributes. */
const INHERITED = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-opacity",
  "font-family",
  "font-size",
  "font-style",
  "font-weight",
  "text-anchor",
  "paint-order",
  "visibility",
];
const OWN = [
  ["opacity", "1"],
  ["dominant-baseline", "auto"],
];
/** What a program may put into a name and no XML file may hold: control characters, halves of pairs, two non-characters. */
const NO_XML = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;
/** What only the page needs: its hooks, and the keyboard's. */
const HOOKS = /^(class|tabindex|role|style|data-.*|aria-pressed|aria-selected|aria-current)$/;
/** Free space around what is drawn, px. */
const MARGIN = 16;

/**
 * @param {Document} page
 * @returns {Promise<Drawing | null>} what the canvas shows at this moment, cut to what is drawn; null where nothing is
 */
export async function standaloneDrawing(page) {
  const svg = /** @type {SVGSVGElement | null} */ (page.querySelector("#canvas svg.diagram"));
  if (!svg?.querySelector(".world")?.childElementCount) return null;
  const view = svg.getBoundingClientRect();
  const box = shownBox(svg, view);
  const copy = /** @type {SVGSVGElement} */ (styled(svg, null));
  const fonts = facesOf(page, svg);
  const frame = { viewBox: `${box.x} ${box.y} ${box.width} ${box.height}` };
  const size = { width: box.width, height: box.height };
  const ground = page.createElementNS(svg.namespaceURI, "rect");
  for (const [name, value] of Object.entries({ ...box, fill: groundOf(svg) }))
    ground.setAttribute(name, String(value));
  for (const [name, value] of Object.entries({ ...frame, ...size })) copy.setAttribute(name, String(value));
  copy.setAttribute("xmlns", svg.namespaceURI ?? "");
  copy.setAttribute("role", "img");
  copy.setAttribute("aria-label", page.title.replace(NO_XML, "\ufffd"));
  const faces = page.createElementNS(svg.namespaceURI, "style");
  copy.prepend(faces, ground, ...paintings(svg, view));
  faces.textContent = await fonts;
  const text = new XMLSerializer().serializeToString(copy);
  return { file: new Blob([text], { type: "image/svg+xml" }), ...size };
}

/**
 * What is drawn and in sight, in the coordinates of the view.
 * @param {SVGSVGElement} svg
 * @param {DOMRect} view
 */
function shownBox(svg, view) {
  const world = /** @type {SVGGElement} */ (svg.querySelector(".world")).getBoundingClientRect();
  const left = Math.max(0, Math.floor(world.left - view.left - MARGIN));
  const top = Math.max(0, Math.floor(world.top - view.top - MARGIN));
  const right = Math.min(view.width, Math.ceil(world.right - view.left + MARGIN));
  const bottom = Math.min(view.height, Math.ceil(world.bottom - view.top + MARGIN));
  if (right <= left || bottom <= top) return { x: 0, y: 0, width: view.width, height: view.height };
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The paper that the canvas lies on. @param {Element} svg */
function groundOf(svg) {
  const canvas = svg.closest("#canvas") ?? svg;
  return getComputedStyle(canvas).backgroundColor;
}

/**
 * Where many edges are painted on canvases under the marks, their pixels come along.
 * @param {SVGSVGElement} svg
 * @param {DOMRect} view
 */
function paintings(svg, view) {
  const canvases = [...(svg.closest("#canvas")?.querySelectorAll("canvas") ?? [])];
  return canvases
    .filter((canvas) => canvas.width && canvas.height && canvas.getClientRects().length)
    .map((canvas) => {
      const place = canvas.getBoundingClientRect();
      const image = svg.ownerDocument.createElementNS(svg.namespaceURI, "image");
      const size = { width: place.width, height: place.height };
      const at = { x: place.left - view.left, y: place.top - view.top };
      for (const [name, value] of Object.entries({ ...at, ...size })) image.setAttribute(name, String(value));
      image.setAttribute("href", canvas.toDataURL());
      return image;
    });
}

/**
 * @param {Element} mark
 * @param {CSSStyleDeclaration | null} above  style of its parent; null for the root
 * @returns {Element | null} a copy with its look as attributes; null for what is not shown
 */
function styled(mark, above) {
  const style = getComputedStyle(mark);
  if (style.display === "none") return null;
  const copy = /** @type {Element} */ (mark.cloneNode(false));
  for (const { name, value } of [...copy.attributes]) {
    if (HOOKS.test(name)) copy.removeAttribute(name);
    else copy.setAttribute(name, value.replace(NO_XML, "\ufffd"));
  }
  for (const name of INHERITED) {
    const value = style.getPropertyValue(name);
    if (!above || value !== above.getPropertyValue(name)) copy.setAttribute(name, value);
    else copy.removeAttribute(name);
  }
  for (const [name, usual] of OWN) {
    const value = style.getPropertyValue(name);
    if (value !== usual) copy.setAttribute(name, value);
  }
  for (const child of mark.childNodes) {
    const part =
      child instanceof Element ? styled(child, style) : child.textContent?.replace(NO_XML, "\ufffd");
    if (part) copy.append(part);
  }
  return copy;
}
