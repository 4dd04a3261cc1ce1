/** The left part of the inspector: the sum of one element, or the rule of the step. */

import { element } from "../element.js";
import { operationLabel } from "../operation-label.js";
import { elementTex, symbolTex } from "../symbols.js";
import { byId } from "../trace-types.js";
import { sumLatex } from "../sum-latex.js";
import { copyLatexButton } from "./copy.js";
import { formulaMark, targetTex } from "./formula.js";
import { ruleMark } from "./rule.js";
import { section } from "./section.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../walk.js").Known} Known
 * @typedef {import("../inspection.js").WrittenSum} WrittenSum
 * @typedef {ReturnType<typeof import("../inspection.js").targetOf>} Target
 */

/** @param {Context} context @param {Picture} picture @param {Target} target @param {WrittenSum} written */
export function sumSection(context, picture, target, written) {
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
  const foot = element("p", { class: "inspector-note" }, t("page.inspector.onlyRule"));
  if (!target.symbol) foot.append(" ", ...seedDefinition(context, picture, target));
  foot.append(" ", copyLatexButton(context, sumLatex(picture, targetTex(target), written)));
  return section(
    "why",
    title,
    notes.join(" · "),
    formulaMark(context, picture, targetTex(target), written),
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
export function ruleSection(context, picture, known) {
  const { t } = context;
  const tensors = byId(picture.trace.tensors);
  const op = picture.graph.ops.find(({ id }) => id === known.step?.op);
  const kind = known.step?.kind ?? "start";
  const call = known.call === null ? null : picture.trace.backward[known.call];
  const told = kind === "error" ? call?.error?.hint?.[context.lang ?? "en"] : null;
  const hint = element("p", { class: "inspector-note" }, told ?? t("page.inspector.choose"));
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
