/** A wire that an in-place write has cut: two loose ends, and the word where there is room for it. */

import { svgElement } from "../../element.js";
import { elementLink } from "../../picture/links.js";
import { svgText } from "./svg-text.js";

const STUB = { out: 26, in: 20, ring: 4 };
/** The word needs this much free line between the ends, px, and stands on it only where the line is level. */
const ROOM = 96;

/**
 * @param {import("../context.js").Context} context
 * @param {import("../../layout/versions.js").Cut} cut
 * @returns {SVGElement}
 */
export function cutMark({ t }, { tensor, element, from, to }) {
  const ends = [from[0] + STUB.out, to[0] - STUB.in];
  const word = t("page.diagram.cut");
  const title = svgElement("title", {});
  title.textContent = t("page.diagram.cutTitle");
  const group = svgElement("g", { class: "cut", "data-link": elementLink(tensor, element) }, title);
  group.append(
    svgElement("path", { d: `M${from[0]} ${from[1]}H${ends[0]}M${ends[1]} ${to[1]}H${to[0]}` }),
    svgElement("circle", { cx: ends[0] + STUB.ring, cy: from[1], r: STUB.ring }),
    svgElement("circle", { cx: ends[1] - STUB.ring, cy: to[1], r: STUB.ring }),
  );
  if (ends[1] - ends[0] >= ROOM)
    group.append(svgText(word, { class: "cut-word", x: ends[0] + 14, y: from[1] + 4.5 }));
  return group;
}
