/** Where a weight comes from, in one line: ∂o₂/∂x₂ = o₂(1 − o₂) = 0.2447 × 0.7553 = 0.1848. */

import { element } from "../../element.js";
import { edgeLink } from "../../picture/links.js";
import { provenanceOf } from "../../why/provenance.js";
import { elementTexOf } from "../../why/sum-latex.js";
import { need, byId } from "../../trace/trace-types.js";
import { copyLatexButton } from "./copy.js";
import { hasOrigin, originMark } from "./origin.js";
import { weightNumber } from "./number.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../why/provenance.js").EdgePlace} EdgePlace
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {EdgePlace} place
 * @returns {HTMLElement | null} null when the trace does not hold the edge
 */
export function provenanceMark(context, picture, place) {
  const found = provenanceOf(picture, place);
  const op = need(byId(picture.trace.ops), place.op);
  const relation = op.relations[place.relation];
  if (hasOrigin(op)) return originMark(context, op, relation, place.edge);
  if (!found || !relation.edges) return null;
  const left = derivativeTex(picture, op, relation, place.edge);
  const weight = relation.edges.weight[place.edge];
  const steps = found.steps.slice(0, -1);
  const latex = [left, ...steps].join(" = ");
  return element(
    "p",
    { class: "provenance", "data-link": edgeLink(place.op, place.relation, place.edge) },
    element("span", { class: "provenance-title" }, context.t("page.inspector.weightFrom")),
    tex(latex.replaceAll("\\frac", "\\dfrac")),
    element("span", { class: "sum-sign" }, found.last),
    weightNumber(weight),
    copyLatexButton(context, `${latex} ${found.last === "=" ? "=" : "\\approx"} ${found.steps.at(-1)}`),
  );
}

/**
 * @param {Picture} picture
 * @param {import("../../trace/trace-types.js").TraceOp} op
 * @param {import("../../trace/trace-types.js").Relation} relation
 * @param {number} edge
 */
function derivativeTex(picture, op, relation, edge) {
  const [input, output] = [relation.edges?.input[edge] ?? 0, relation.edges?.output[edge] ?? 0];
  const above = elementTexOf(picture, op.outputs[relation.output], output);
  const below = elementTexOf(picture, op.inputs[relation.input], input);
  const uses = op.relations.filter(
    (other) =>
      other.carries &&
      op.inputs[other.input] === op.inputs[relation.input] &&
      other.output === relation.output,
  );
  const use = uses.length > 1 ? `^{(${uses.indexOf(relation) + 1})}` : "";
  return `\\frac{\\partial ${above}}{\\partial ${below}${use}}`;
}
