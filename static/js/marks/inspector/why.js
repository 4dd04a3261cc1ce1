/** Why this number: the part of the inspector about the selected element, or about the step's rule. */

import { element } from "../../element.js";
import { operationLabel } from "../../trace/operation-label.js";
import { elementTexOf, sumLatex } from "../../why/sum-latex.js";
import { elementTex, symbolTex } from "../../picture/symbols.js";
import { pointsOf } from "../../why/curve-plot.js";
import { byId, need } from "../../trace/trace-types.js";
import { zerosOfHandOut, zerosOfSum } from "../../why/zeros.js";
import { curveMark } from "./curve.js";
import { computationMark } from "./computation.js";
import { copyLatexButton } from "./copy.js";
import { formulaMark, targetTex } from "./formula.js";
import { handOutMark } from "./hand-out.js";
import { provenanceMark } from "./provenance.js";
import { ruleMark } from "./rule.js";
import { section } from "./section.js";
import { zerosMark } from "./zeros.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../trace/walk.js").Known} Known
 * @typedef {import("../../why/inspection.js").WrittenSum} WrittenSum
 * @typedef {import("../../why/hand-out.js").HandOut} HandOut
 * @typedef {import("../../why/provenance.js").EdgePlace} EdgePlace
 * @typedef {import("../../why/curve-plot.js").Curve} Curve
 * @typedef {ReturnType<typeof import("../../why/inspection.js").targetOf>} Target
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Known} known
 * @param {Target} target
 * @param {{written: WrittenSum | null, given: HandOut | null, edge: EdgePlace | null, curve: Curve | null}} why  at most
 *   one of the first two; the edge whose weight is explained; its operation's curve where the reader asked for it
 */
export function whySection(context, picture, known, target, { written, given, edge, curve }) {
  const weight = edge && provenanceMark(context, picture, edge);
  if (curve && edge) return curveSection(context, picture, edge, curve, weight);
  if (given) return handOutSection(context, picture, target, given, weight);
  return written
    ? sumSection(context, picture, target, written, weight)
    : ruleSection(context, picture, known);
}

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {EdgePlace} edge
 * @param {Curve} curve
 * @param {HTMLElement | null} weight
 */
function curveSection(context, picture, edge, curve, weight) {
  const op = need(byId(picture.trace.ops), edge.op);
  const input = op.inputs[op.relations[edge.relation].input];
  const code = element("code", { class: "inspector-op" }, operationLabel(op, byId(picture.trace.tensors)));
  const points = pointsOf(picture.trace, edge, curve);
  return section(
    "why",
    [context.t("page.curve.title"), code],
    "",
    curveMark(context, input, curve, points),
    weight,
  );
}

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Target} target
 * @param {HandOut} given
 * @param {HTMLElement | null} weight
 */
function handOutSection(context, picture, target, given, weight) {
  const { t } = context;
  const title = [tex(elementTexOf(picture, given.tensor.id, given.element)), t("page.inspector.handedOut")];
  const count = given.shares.length + given.rest;
  const note = [t("page.inspector.inCode", { code: given.code }), t("page.inspector.handed", { count })].join(
    " · ",
  );
  const zeros = zerosMark(context, zerosOfHandOut(picture, given));
  const foot = element("p", { class: "inspector-note" }, zeros ? "" : t("page.inspector.handRule"));
  if (!target.symbol) foot.append(" ", ...seedDefinition(context, picture, target));
  return section(
    "why",
    title,
    note,
    computationMark(context, picture, given.op, { tensor: given.tensor.id, element: given.element }),
    handOutMark(context, picture, targetTex(target), given),
    weight,
    zeros,
    foot,
  );
}

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Target} target
 * @param {WrittenSum} written
 * @param {HTMLElement | null} weight
 */
function sumSection(context, picture, target, written, weight) {
  const { t } = context;
  const symbol = picture.symbols.get(written.tensor.id);
  const title = symbol
    ? [tex(elementTex(symbol, written.element, written.tensor.shape)), t("page.inspector.scoreOf")]
    : [];
  const edges = t("page.inspector.gathered", { count: written.sum.terms.length });
  const twice = written.sum.terms.some(({ uses }) => uses > 1) ? t("page.inspector.twice") : "";
  const notes = [
    t("page.inspector.inCode", { code: written.code }),
    written.sum.terms.length ? edges : "",
    twice,
  ].filter(Boolean);
  const zeros = zerosMark(context, zerosOfSum(picture, written));
  const foot = element("p", { class: "inspector-note" }, zeros ? "" : t("page.inspector.onlyRule"));
  if (!target.symbol) foot.append(" ", ...seedDefinition(context, picture, target));
  foot.append(" ", copyLatexButton(context, sumLatex(picture, targetTex(target), written)));
  return section(
    "why",
    title,
    notes.join(" · "),
    formulaMark(context, picture, targetTex(target), written),
    weight,
    zeros,
    foot,
  );
}

/** L is the number that backward(G) is the backward of. @param {Context} context @param {Picture} picture @param {Target} target */
function seedDefinition({ t }, { symbols }, { roots }) {
  const sums = roots.map(({ id }) => {
    const symbol = symbols.get(id);
    return symbol ? `\\textstyle\\sum_i g_i\\, ${symbolTex(symbol)}_i` : "";
  });
  return [
    element("span", {}, t("page.inspector.seedSum")),
    " ",
    tex(`L = ${sums.filter(Boolean).join(" + ")}`),
  ];
}

/** @param {Context} context @param {Picture} picture @param {Known} known */
function ruleSection(context, picture, known) {
  const { t } = context;
  const tensors = byId(picture.trace.tensors);
  const op = picture.graph.ops.find(({ id }) => id === known.step?.op);
  const kind = known.step?.kind ?? "start";
  // An error is explained beside the canvas.
  const hint =
    kind === "error" ? null : element("p", { class: "inspector-note" }, t("page.inspector.choose"));
  if (!op)
    return section(
      "why",
      [t(`page.inspector.step.${kind}`)],
      "",
      element("p", {}, t(`page.inspector.explain.${kind}`)),
      hint,
    );
  const names = op.inputs.map((id) => tensors.get(id)?.name ?? tensors.get(id)?.label ?? "");
  const code = element("code", { class: "inspector-op" }, operationLabel(op, tensors));
  const explain = t(`page.inspector.explain.${kind}`);
  return section("why", [t("page.inspector.ruleOf"), code], explain, ruleMark(context, op, names), hint);
}
