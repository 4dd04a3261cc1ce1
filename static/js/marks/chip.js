/** The weight on an edge, as a pill: ×3, or ×? where the saved value that gave it is gone. */

import { svgElement } from "../element.js";
import { signOf } from "../format.js";
import { CHIP } from "../layout/chips.js";
import { edgeLink } from "../links.js";
import { svgText } from "./svg-text.js";

/**
 * @param {import("./context.js").Context} _context
 * @param {{chip: import("../layout/chips.js").Chip, quiet: boolean, lost: boolean, blocked: boolean}} mark
 * @returns {SVGElement}
 */
export function chipMark(_context, { chip, quiet, lost, blocked }) {
  const text = lost || blocked ? "×?" : chip.text;
  const width = lost || blocked ? 30 : chip.width;
  const weight = `chip-${signOf(chip.edge.weight)}${quiet ? " chip-quiet" : ""}`;
  const look = blocked ? "chip-blocked" : lost ? "chip-lost" : weight;
  const height = blocked ? 26 : CHIP.height;
  const frame = { x: chip.x - width / 2, y: chip.y - height / 2, width, height, rx: height / 2 };
  return svgElement(
    "g",
    {
      class: `chip ${look}`,
      "data-edge": chip.edge.key,
      "data-link": edgeLink(chip.edge.op, chip.edge.relation, chip.edge.index),
    },
    svgElement("rect", frame),
    svgText(text, { x: chip.x, y: chip.y + CHIP.type * 0.36, "text-anchor": "middle" }),
  );
}
