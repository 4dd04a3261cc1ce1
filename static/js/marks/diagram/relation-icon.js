/** The four kinds of relation as tiny diagrams: blue dots, green squares, the lines between them. */

import { svgElement } from "../../element.js";

const ROWS = [2, 7, 12];
const ONE = [7];

/** @type {Record<string, {left: number[], right: number[], pairs: [number, number][]}>} */
const KINDS = {
  "one-to-one": {
    left: ROWS,
    right: ROWS,
    pairs: [
      [0, 0],
      [1, 1],
      [2, 2],
    ],
  },
  "one-to-many": {
    left: ONE,
    right: ROWS,
    pairs: [
      [0, 0],
      [0, 1],
      [0, 2],
    ],
  },
  "many-to-one": {
    left: ROWS,
    right: ONE,
    pairs: [
      [0, 0],
      [1, 0],
      [2, 0],
    ],
  },
  "many-to-many": {
    left: ROWS,
    right: ROWS,
    pairs: ROWS.flatMap((_, i) => ROWS.map((__, j) => /** @type {[number, number]} */ ([i, j]))),
  },
};

/**
 * A group 22 × 14 px, to be placed by its transform.
 * @param {string | null} kind
 * @returns {SVGElement}
 */
export function relationIcon(kind) {
  const group = svgElement("g", { class: "relation-icon" });
  const shape = kind === null ? undefined : KINDS[kind];
  if (!shape) return group;
  const { left, right, pairs } = shape;
  for (const [i, j] of pairs) group.append(svgElement("line", { x1: 3, y1: left[i], x2: 19, y2: right[j] }));
  for (const y of left) group.append(svgElement("circle", { cx: 3, cy: y, r: 2.3 }));
  for (const y of right) group.append(svgElement("rect", { x: 17, y: y - 2.2, width: 4.4, height: 4.4 }));
  return group;
}
