/** The weight on an edge, as a pill: ×3, or ×? where the saved value that gave it is gone. */

import { svgElement } from "../../element.js";
import { signOf } from "../../format.js";
import { CHIP } from "../../layout/chips.js";
import { edgeLink } from "../../picture/links.js";
import { svgText } from "./svg-text.js";

/**
 * @param {import("../context.js").Context} _context
 * @param {{chip: import("../../layout/chips.js").Chip, quiet: boolean, lost: boolean, blocked: boolean}} mark
 * @returns {SVGElement}
 */
export function chipMark(_context, { chip, quiet, lost, blocked }) {
  const text = lost || blocked ? "×?" : chip.text;
  const width = lost || blocked ? 30 + chip.use.length * 7.6 : chip.width;
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
    label(chip, text),
  );
}

/**
 * The weight; on parallel edges after the number of the place that it belongs to.
 * @param {import("../../layout/chips.js").Chip} chip
 * @param {string} text
 */
function label(chip, text) {
  const written = svgText(text, { x: chip.x, y: chip.y + CHIP.type * 0.36, "text-anchor": "middle" });
  if (!chip.use) return written;
  const place = svgElement("tspan", { class: "chip-use" });
  place.textContent = chip.use;
  written.prepend(place);
  return written;
}
