/** Where the walk begins: the score that a root element is given, or the empty place where nobody gave one. */

import { svgElement } from "../../element.js";
import { formatNumber, signOf } from "../../format.js";
import { svgText } from "./svg-text.js";

const SLOT = { gap: 34, width: 60, height: 34 };

/**
 * @param {import("../context.js").Context} _context
 * @param {import("../../layout/scene.js").SeedMark} seed
 * @returns {SVGElement}
 */
export function seedMark(_context, seed) {
  const group = svgElement("g", { class: "seed", transform: `translate(${seed.x} ${seed.y})` });
  if (seed.value !== null) {
    group.append(
      svgText(`◂ ${formatNumber(seed.value)}`, {
        class: `seed-value sign-${signOf(seed.value)}`,
        x: 12,
        y: 5,
      }),
    );
    return group;
  }
  group.classList.add("seed-missing");
  group.append(
    svgElement("path", { class: "seed-arrow", d: `M${SLOT.gap} 0H9` }),
    svgElement("path", { class: "seed-point", d: "M15 -5L8 0L15 5" }),
    svgElement("rect", { x: SLOT.gap, y: -SLOT.height / 2, width: SLOT.width, height: SLOT.height, rx: 6 }),
    svgText("?", { x: SLOT.gap + SLOT.width / 2, y: 6, "text-anchor": "middle" }),
  );
  return group;
}
