/** Where weights come from that no formula tells: all paths through a layer, or a learner's own backward. */

import { element } from "../../element.js";
import { formatNumber } from "../../format.js";
import { weightNumber } from "./number.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../../trace/trace-types.js").Relation} Relation
 */

/** @param {TraceOp} op */
export function hasOrigin({ layer, custom }) {
  return custom === true || Boolean(layer?.parts.length);
}

/**
 * @param {Context} context
 * @param {TraceOp} op
 * @param {Relation} relation
 * @param {number | null} edge  the one looked at
 * @returns {HTMLElement}
 */
export function originMark({ t }, op, relation, edge) {
  const key = op.custom ? "page.own.weight" : "page.modules.weight";
  const note = element("p", { class: "provenance origin" });
  if (edge !== null && relation.edges) {
    const title = element("span", { class: "provenance-title" }, t("page.inspector.weightFrom"));
    note.append(title, weightNumber(relation.edges.weight[edge]));
  }
  if (relation.differs) note.append(differsMark(t, relation, relation.differs, edge));
  note.append(element("span", { class: "origin-words" }, t(key, { name: op.layer?.name ?? op.name })));
  return note;
}

/**
 * Both numbers of the pair of elements that is furthest off.
 * @param {import("../../i18n.js").Translate} t
 * @param {Relation} relation
 * @param {NonNullable<Relation["differs"]>} differs
 * @param {number | null} edge
 */
function differsMark(t, { edges }, { input, output, weight, quotient }, edge) {
  const own = edge !== null && edges?.input[edge] === input && edges.output[edge] === output;
  const numbers = { yours: formatNumber(weight), measured: formatNumber(quotient) };
  return element(
    "strong",
    { class: "origin-differs" },
    t(own ? "page.own.differs" : "page.own.most", numbers),
  );
}
