/** The wire of a tensor between folded operations: grey, because what runs along it is written elsewhere. */

import { svgElement } from "../../element.js";
import { pathData } from "../../layout/curves.js";

/**
 * @param {import("../context.js").Context} _context
 * @param {import("../../layout/levels/folds.js").WireMark} mark
 * @returns {SVGElement}
 */
export function wireMark(_context, { wire, now }) {
  const look = `wire${wire.grey ? " wire-grey" : ""}${now ? " wire-now" : ""}`;
  return svgElement("path", { class: look, d: pathData(wire.pieces), "data-wire": wire.tensor });
}
