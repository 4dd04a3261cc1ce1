/** How a green node was computed, in one line: y₁ = w₁₁·x₁ + w₁₂·x₂ = 1 × 2 + 3 × 1 = 5. */

import { element } from "../../element.js";
import { forwardOf } from "../../why/forward.js";
import { elementTexOf } from "../../why/sum-latex.js";
import { copyLatexButton } from "./copy.js";
import { tex } from "./tex.js";

/**
 * @param {import("../context.js").Context} context
 * @param {import("../../layout/scene.js").Picture} picture
 * @param {import("../../trace/trace-types.js").TraceOp} op
 * @param {{tensor: number, element: number}} output
 * @returns {HTMLElement | null} null where the trace's formulas do not tell
 */
export function computationMark(context, picture, op, output) {
  const found = forwardOf(picture, op, output);
  if (!found) return null;
  const left = elementTexOf(picture, output.tensor, output.element);
  const last = found.last === "=" ? "=" : "\\approx";
  const latex = [left, ...found.steps.slice(0, -1)].join(" = ").concat(` ${last} ${found.steps.at(-1)}`);
  return element(
    "p",
    { class: "provenance computation" },
    element("span", { class: "provenance-title" }, context.t("page.inspector.computed")),
    tex(latex),
    copyLatexButton(context, latex),
  );
}
