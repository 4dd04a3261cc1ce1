/** A small sign at every tensor whose score a hook changed, once the score has come. */

import { formatNumber } from "../format.js";
import { hookedScores } from "../trace/hooks.js";

/** @typedef {{tensor: number, x: number, y: number, before: string, after: string}} HookMark */

const SHOWN = 4;

/**
 * @param {import("./scene.js").Picture} picture
 * @param {import("../trace/walk.js").Known} known
 * @returns {HookMark[]}
 */
export function hookMarks({ trace, layout }, known) {
  return [...hookedScores(trace, known.call).values()].flatMap(({ tensor, before, after }) => {
    const box = layout.boxes.get(tensor);
    if (!box || !known.scores.has(tensor)) return [];
    return { tensor, x: box.x + 2, y: box.y - 1, before: listed(before), after: listed(after) };
  });
}

/** @param {import("../trace/trace-types.js").Scalar[] | null} values */
function listed(values) {
  if (!values) return "…";
  const shown = values.slice(0, SHOWN).map((value) => formatNumber(value));
  return shown.join(", ") + (values.length > SHOWN ? ", …" : "");
}
