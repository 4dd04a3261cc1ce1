/** The three parts of the inspector, each with its heading. */

import { element } from "../element.js";
import { operationLabel } from "../operation-label.js";
import { elementTex, symbolTex } from "../symbols.js";
import { byId } from "../trace-types.js";
import { sumLatex } from "../sum-latex.js";
import { copyLatexButton } from "./copy.js";
import { formulaMark, targetTex } from "./formula.js";
import { jacobianMark, TILES } from "./jacobian.js";
import { ledgerMark } from "./ledger.js";
import { ruleMark } from "./rule.js";
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

/** @param {Context} context @param {Picture} picture @param {import("../jacobian.js").Jacobian | null} table */
export function tableSection(context, picture, table) {
  const { t } = context;
  if (!table)
    return section(
      "table",
      [t("page.inspector.jacobian")],
      "",
      element("p", { class: "inspector-note" }, t("page.inspector.noTable")),
    );
  const size = { rows: table.rows.length, columns: table.columns.length };
  const names = { output: nameOf(picture, table.output), input: nameOf(picture, table.input) };
  const note = t(table.whole || table.units === 1 ? "page.inspector.axes" : "page.inspector.axesUnit", {
    ...names,
    ...size,
    count: table.units,
  });
  const large = Math.max(size.rows, size.columns) > TILES;
  const body = large
    ? element("p", {}, t("page.inspector.largeTable", size))
    : jacobianMark(context, picture, table);
  const total = table.merged.reduce((sum, weight) => sum + weight, 0);
  const merged =
    table.merged.length > 1
      ? tex(`${table.merged.join(" + ").replaceAll("+ -", "- ")} = ${Number(total.toPrecision(12))}`)
      : null;
  const foot = element(
    "p",
    { class: "inspector-note" },
    t(`page.inspector.${table.gone ? "gone" : merged ? "merged" : "foot"}`),
  );
  if (merged) foot.append(" ", merged);
  return section("table", [t("page.inspector.jacobian")], note, body, large ? null : foot);
}

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Known} known
 * @param {{leaves: number[], shown: number | undefined, selection: {tensor: number, element: number} | null}} choice
 * @param {import("../bookings.js").Drawer | null} drawer
 */
export function drawerSection(context, picture, known, { leaves, shown, selection }, drawer) {
  const { t } = context;
  const member = picture.graph.members.find(({ tensor }) => tensor.id === shown);
  const symbol = shown === undefined ? undefined : picture.symbols.get(shown);
  if (!drawer || !member || !symbol || shown === undefined) {
    return section(
      "drawer",
      [element("code", {}, ".grad")],
      "",
      element("p", { class: "inspector-note" }, t("page.inspector.noDrawer")),
    );
  }
  const chosen = selection?.tensor === shown ? selection.element : null;
  const pending = !(known.call === picture.graph.call && known.booked);
  const data = { drawer, symbol, shape: member.tensor.shape, pending, element: chosen };
  const title = [element("code", {}, `${nameOf(picture, shown)}.grad`)];
  const choices = leaves.length > 1 ? leafButtons(picture, leaves, shown) : null;
  const foot = element(
    "p",
    { class: "inspector-note" },
    t(pending ? "page.inspector.pending" : "page.inspector.booked"),
  );
  return section("drawer", title, t("page.inspector.accumulates"), choices, ledgerMark(context, data), foot);
}

/** @param {Picture} picture @param {number[]} leaves @param {number} shown */
function leafButtons(picture, leaves, shown) {
  const buttons = leaves.map((id) =>
    element(
      "button",
      { type: "button", "data-leaf": id, "aria-pressed": String(id === shown) },
      `${nameOf(picture, id)}.grad`,
    ),
  );
  return element("div", { class: "ledger-leaves" }, ...buttons);
}

/** @param {Picture} picture @param {number} id */
function nameOf({ graph, symbols }, id) {
  const tensor = graph.members.find((member) => member.tensor.id === id)?.tensor;
  return tensor?.name ?? symbols.get(id)?.text ?? tensor?.label ?? "";
}

/**
 * @param {string} name
 * @param {(Node | string)[]} title
 * @param {string} note
 * @param {...(Node | null)} content
 */
function section(name, title, note, ...content) {
  const id = `inspector-${name}`;
  const heading = element("h2", { class: "inspector-title", id }, ...title);
  const aside = note ? element("span", { class: "inspector-aside" }, note) : null;
  const head = element("header", { class: "inspector-head" }, heading, aside);
  return element(
    "section",
    { class: `inspector-part inspector-${name}`, "aria-labelledby": id },
    head,
    ...content,
  );
}
