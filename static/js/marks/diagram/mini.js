/** A relation as a small diagram, by the same marks as on the canvas. */

import { describeElement } from "../../why/describe.js";
import { setAttribute, svgElement } from "../../element.js";
import { chosenChips, restingChips } from "../../layout/chips.js";
import { INPUT, named } from "../../layout/mini.js";
import { chipMark } from "./chip.js";
import { edgeMark } from "./edge.js";
import { nodeMark } from "./node.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/mini.js").Mini} Mini
 * @typedef {import("../../layout/mini.js").RelationPicture} RelationPicture
 */

const CROWDED = 16;

/**
 * @param {Context} context
 * @param {RelationPicture} picture
 * @param {Mini} mini
 * @param {string} name  what a screen reader calls the whole
 * @returns {SVGElement}
 */
export function miniMark(context, picture, mini, name) {
  const { width, height } = mini;
  const density = mini.edges.length > CROWDED ? 1 : 0;
  const rest = /** @type {const} */ ({
    emphasis: "rest",
    lost: false,
    looked: false,
    blocked: false,
  });
  const edges = mini.edges.map((edge) => edgeMark(context, { edge, density, ...rest }));
  const nodes = mini.nodes.map((node) => nodeOf(context, picture, mini, node));
  const frame = { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": name };
  return svgElement(
    "svg",
    { ...frame, class: "mini" },
    svgElement("g", { class: "mini-edges" }, ...edges),
    svgElement("g", {}, ...nodes),
    svgElement("g", { class: "mini-chips" }),
  );
}

/**
 * Inputs can be looked at; outputs are told by their edges.
 * @param {Context} context
 * @param {RelationPicture} picture
 * @param {Mini} mini
 * @param {Mini["nodes"][number]} node
 */
function nodeOf(context, picture, { edges }, node) {
  const count = edges.filter(({ from }) => from.element === node.element).length;
  const tensor = named(INPUT, picture.input);
  const facts = { value: node.value, score: node.score, edges: count, grey: !picture.carries };
  const inputs = node.tensor === INPUT;
  const mark = nodeMark(context, node, inputs ? describeElement(context.t, tensor, node.element, facts) : "");
  if (inputs) return mark;
  for (const name of ["role", "tabindex", "aria-label", "aria-pressed"]) mark.removeAttribute(name);
  setAttribute(mark, "aria-hidden", "true");
  return mark;
}

/**
 * Lights one input's edges and shows their weights; with null, all rest.
 * @param {Context} context
 * @param {SVGElement} svg
 * @param {Mini} mini
 * @param {number | null} chosen  element
 */
export function lightMini(context, svg, mini, chosen) {
  const lit = mini.edges.filter(({ from, carries }) => carries && from.element === chosen);
  const keys = new Set(lit.map(({ key }) => key));
  for (const mark of svg.querySelectorAll(".edge")) {
    const emphasis = !lit.length
      ? "rest"
      : keys.has(mark.getAttribute("data-edge") ?? "")
        ? "chosen"
        : "pushed";
    mark.classList.remove("edge-rest", "edge-chosen", "edge-pushed");
    mark.classList.add(`edge-${emphasis}`);
  }
  for (const mark of svg.querySelectorAll("[role=button]")) {
    const own = mark.getAttribute("data-element") === String(chosen);
    mark.classList.toggle("node-selected", own);
    mark.setAttribute("aria-pressed", String(own));
  }
  const chips = lit.length ? chosenChips(lit, [], "input") : chosen === null ? restingChips(mini.edges) : [];
  const marks = chips.map((chip) => chipMark(context, { chip, quiet: false, lost: false, blocked: false }));
  svg.querySelector(".mini-chips")?.replaceChildren(...marks);
}
