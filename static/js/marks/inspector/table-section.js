/** The inspector's part with the table: its switches, the table in one of its forms, what is to be said about it. */

import { element } from "../../element.js";
import { nameOf } from "../../trace/tensor-name.js";
import { copyLatexButton } from "./copy.js";
import { heatMark } from "./heat.js";
import { jacobianMark } from "./jacobian.js";
import { section } from "./section.js";
import { tableSwitches } from "./table-switches.js";
import { tex } from "./tex.js";
import { textbookMark } from "./textbook.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../tables/jacobian.js").Jacobian} Jacobian
 * @typedef {import("./table-cells.js").Look} Look
 *
 * @typedef {object} Shown   How the reader wants to see the table.
 * @property {import("./table-switches.js").Chosen} chosen
 * @property {Pick<Look, "symbols" | "chosen">} look
 * @property {string | null} latex      of the whole table
 * @property {string | null} cell       of the chosen cell
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Jacobian | null} table
 * @param {Shown} shown
 */
export function tableSection(context, picture, table, shown) {
  const { t } = context;
  const title = [t("page.inspector.jacobian")];
  if (!table)
    return section(
      "table",
      title,
      "",
      element("p", { class: "inspector-note" }, t("page.inspector.noTable")),
    );
  const body = tableBody(context, picture, table, shown);
  const part = section("table", title, "", axesNote(context, picture, table), body);
  const foot = footNote(context, table, shown);
  if (foot) part.append(foot);
  part.querySelector(".inspector-head")?.append(tableSwitches(context, shown.chosen, shown.latex));
  return part;
}

/** @param {Context} context @param {Picture} picture @param {Jacobian} table @param {Shown} shown */
function tableBody(context, picture, table, { chosen, look }) {
  if (table.detail === "heat") return heatMark(context, table);
  if (table.detail === "beyond") {
    const size = { rows: table.rows.length, columns: table.columns.length };
    return element("p", {}, context.t("page.inspector.largeTable", size));
  }
  return chosen.form === "column" || chosen.form === "row"
    ? textbookMark(context, picture, table, look, chosen.form)
    : jacobianMark(context, picture, table, look);
}

/** @param {Context} context @param {Picture} picture @param {Jacobian} table */
function axesNote({ t }, picture, table) {
  const names = { output: nameOf(picture, table.output), input: nameOf(picture, table.input) };
  const one = table.view === "run" && !table.whole;
  const key = table.part ? "axesPart" : one ? "axesUnit" : table.view === "grouped" ? "axesGrouped" : "axes";
  const text = t(`page.inspector.${key}`, { ...names, count: table.units });
  return element("p", { class: "table-note" }, text);
}

/** @param {Context} context @param {Jacobian} table @param {Shown} shown */
function footNote(context, table, { cell }) {
  const { t } = context;
  const total = table.merged.reduce((sum, weight) => sum + weight, 0);
  const merged =
    table.merged.length > 1
      ? tex(`${table.merged.join(" + ").replaceAll("+ -", "- ")} = ${Number(total.toPrecision(12))}`)
      : null;
  const roomy = table.rows.length <= 4 && table.detail === "numbers";
  const key = table.gone ? "gone" : merged ? "merged" : roomy && !cell ? "foot" : null;
  if (key === null && !cell) return null;
  const foot = element("p", { class: "inspector-note" }, key ? t(`page.inspector.${key}`) : "");
  if (merged) foot.append(" ", merged);
  if (cell) foot.append(" ", tex(cell), " ", copyLatexButton(context, cell));
  return foot;
}
