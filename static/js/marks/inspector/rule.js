/** The rule of an operation in symbols: one line for every operand that a score goes to. */

import { element, svgElement } from "../../element.js";
import { copyLatexButton } from "./copy.js";
import { relationIcon } from "../diagram/relation-icon.js";
import { hasOrigin, originMark } from "./origin.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../../trace/trace-types.js").Relation} Relation
 */

/**
 * @param {Context} context
 * @param {TraceOp} op
 * @param {string[]} names   of the operation's inputs
 * @returns {HTMLElement}
 */
export function ruleMark({ t }, op, names) {
  const carrying = op.relations.filter(({ carries }) => carries);
  const lines = carrying.map((relation) => ruleLine(t, op, relation, names[relation.input]));
  if (!lines.length) lines.push(element("p", { class: "rule-note" }, t("page.inspector.noScore")));
  return element("div", { class: "rules" }, ...lines);
}

/** @param {import("../../i18n.js").Translate} t @param {TraceOp} op @param {Relation} relation @param {string} name */
function ruleLine(t, op, relation, name) {
  const icon = svgElement("svg", {
    class: "rule-icon",
    width: 24,
    height: 16,
    viewBox: "0 -1 24 16",
    "aria-hidden": "true",
  });
  icon.append(relationIcon(relation.kind));
  const { count, inputs, outputs } = relation.units;
  const kind = relation.kind ? t(`page.inspector.kind.${relation.kind}`) : "";
  const units = t("page.inspector.units", { count, inputs, outputs });
  return element(
    "div",
    { class: "rule" },
    element(
      "p",
      { class: "rule-head" },
      icon,
      element("b", {}, t("page.inspector.wrt", { name })),
      element("span", {}, `${kind} · ${units}`),
    ),
    hasOrigin(op) ? originMark({ t }, op, relation, null) : null,
    relation.local && !op.custom ? tex(`\\displaystyle ${relation.local}`, "rule-local") : null,
    relation.local && !op.custom ? copyLatexButton({ t }, relation.local) : null,
  );
}
