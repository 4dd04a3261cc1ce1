/** A small picture of one kind of relation: blue round inputs, green square outputs, and which of them are joined. */

import { svgElement } from "../element.js";

const WIDTH = 176;
const HEIGHT = 92;
const NODE = { width: 36, height: 18 };
const GAP = 30;

/** Inputs, outputs, and the edges between them; the second edge of a fan is drawn negative where signs differ. */
/** @type {Record<string, {inputs: number, outputs: number, edges: [number, number, number][]}>} */
const KINDS = {
  "one-to-one": {
    inputs: 3,
    outputs: 3,
    edges: [
      [0, 0, 1],
      [1, 1, 0.6],
      [2, 2, -0.5],
    ],
  },
  "one-to-many": {
    inputs: 1,
    outputs: 3,
    edges: [
      [0, 0, 1],
      [0, 1, 1],
      [0, 2, 1],
    ],
  },
  "many-to-one": {
    inputs: 3,
    outputs: 1,
    edges: [
      [0, 0, 1],
      [1, 0, 1],
      [2, 0, 1],
    ],
  },
  "many-to-many": {
    inputs: 3,
    outputs: 3,
    edges: [
      [0, 0, 1],
      [0, 1, -0.3],
      [0, 2, -0.3],
      [1, 0, -0.3],
      [1, 1, 1],
      [1, 2, -0.3],
      [2, 0, -0.3],
      [2, 1, -0.3],
      [2, 2, 1],
    ],
  },
};

/**
 * @param {string} kind
 * @returns {SVGElement | null} null for a kind without a picture
 */
export function kindPicture(kind) {
  const plan = KINDS[kind];
  if (!plan) return null;
  const frame = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, "aria-hidden": "true" };
  return svgElement(
    "svg",
    { ...frame, class: "kind-picture" },
    ...plan.edges.map(([from, to, weight]) => edge(rowY(from, plan.inputs), rowY(to, plan.outputs), weight)),
    ...rows(plan.inputs).map((y) => node(2, y, "in")),
    ...rows(plan.outputs).map((y) => node(WIDTH - NODE.width - 2, y, "out")),
  );
}

/** @param {number} row @param {number} count */
function rowY(row, count) {
  return HEIGHT / 2 + (row - (count - 1) / 2) * GAP;
}

/** @param {number} count */
function rows(count) {
  return Array.from({ length: count }, (_, row) => rowY(row, count));
}

/** @param {number} from @param {number} to @param {number} weight */
function edge(from, to, weight) {
  const x1 = NODE.width + 2;
  const x2 = WIDTH - NODE.width - 2;
  const bend = (x2 - x1) * 0.38;
  const d = `M${x1} ${from}C${x1 + bend} ${from} ${x2 - bend} ${to} ${x2} ${to}`;
  const width = 1.2 + 1.8 * Math.abs(weight);
  return svgElement("path", { d, class: weight < 0 ? "edge-neg" : "edge-pos", "stroke-width": width });
}

/** @param {number} x @param {number} y @param {"in" | "out"} role */
function node(x, y, role) {
  const { width, height } = NODE;
  const radius = role === "in" ? height / 2 : 3;
  const box = { x, y: y - height / 2, width, height, rx: radius };
  return svgElement("rect", { ...box, class: `node-${role}` });
}
