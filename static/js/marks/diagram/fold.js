/** A folded operation: its label on a chip. A group of operations carries its name and how many they are. */

import { svgElement } from "../../element.js";
import { groupId } from "../../layout/levels/collapsed.js";
import { octagon } from "../../icons.js";
import { operationLink } from "../../picture/links.js";
import { unfoldSign } from "./frame.js";
import { ownSign } from "./own.js";
import { svgText } from "./svg-text.js";

/**
 * @param {import("../context.js").Context} context
 * @param {import("../../layout/levels/folds.js").FoldMark} fold
 * @returns {SVGElement}
 */
export function foldMark({ t }, fold) {
  const { width, height } = fold;
  const group = svgElement("g", {
    class: `fold fold-${fold.state}${fold.group ? " fold-group" : ""}`,
    transform: `translate(${fold.x} ${fold.y})`,
    role: "button",
    tabindex: -1,
    "aria-label": t(fold.group ? "page.diagram.fold.group" : "page.diagram.fold.operation", {
      label: fold.label,
      count: fold.ops.length,
    }),
    "aria-expanded": "false",
    "data-op": fold.op,
    "data-toggle": `open ${fold.group ? groupId(fold) : fold.op}`,
    "data-link": [...new Set([fold.op, ...fold.ops])].map(operationLink).join(" "),
  });
  const frame = { x: -width / 2, y: -height / 2, width, height, rx: 8 };
  if (fold.group)
    group.append(svgElement("rect", { ...frame, class: "fold-under", transform: "translate(4 -4)" }));
  group.append(svgElement("rect", { ...frame, class: "fold-body" }));
  group.append(labelOf(fold.label));
  const own = fold.group ? null : fold.facts[0]?.own;
  if (own) group.append(ownSign(t, own, { x: -width / 2 + 3, y: -height / 2 + 2 }));
  if (fold.layer) group.append(unfoldSign(t, fold.layer, { x: width / 2 - 3, y: -height / 2 + 2 }, fold.op));
  if (fold.state === "error") {
    const sign = octagon(20);
    sign.setAttribute("x", String(width / 2 - 10));
    sign.setAttribute("y", String(-height / 2 - 10));
    group.append(sign);
  }
  return group;
}

/** A module's class stands in grey behind its name. @param {string} label */
function labelOf(label) {
  const [name, ...kind] = label.split(" · ");
  const text = svgText(name, { class: "fold-label", y: 5, "text-anchor": "middle" });
  if (!kind.length) return text;
  const grey = svgElement("tspan", { class: "fold-class" });
  grey.textContent = ` · ${kind.join(" · ")}`;
  text.append(grey);
  return text;
}

/**
 * The bare name of a tensor that is shown elsewhere in the picture.
 * @param {import("../context.js").Context} _context
 * @param {import("../../layout/levels/folded.js").Name} name
 * @returns {SVGElement}
 */
export function nameMark(_context, { x, y, width, height, label }) {
  const frame = { x: x - width / 2, y: y - height / 2, width, height, rx: height / 2 };
  return svgElement(
    "g",
    { class: "tensor-name" },
    svgElement("rect", frame),
    svgText(label, { x, y: y + 5, "text-anchor": "middle" }),
  );
}
