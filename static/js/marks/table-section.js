/** The inspector's part with the table: its switches, the table in one of its forms, what is to be said about it. */

import { element } from "../element.js";
import { nameOf } from "../tensor-name.js";
import { jacobianMark } from "./jacobian.js";
import { section } from "./section.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../jacobian.js").Jacobian} Jacobian
 * @typedef {import("./table-cells.js").Look} Look
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Jacobian | null} table
 * @param {Pick<Look, "symbols" | "chosen">} given
 */
export function tableSection(context, picture, table, given) {
  const { t } = context;
  const title = [t("page.inspector.jacobian")];
  if (!table)
    return section(
      "table",
      title,
      "",
      element("p", { class: "inspector-note" }, t("page.inspector.noTable")),
    );
  const size = { rows: table.rows.length, columns: table.columns.length };
  const names = { output: nameOf(picture, table.output), input: nameOf(picture, table.input) };
  const one = table.view === "run" && table.choosable;
  const note = t(one ? "page.inspector.axesUnit" : "page.inspector.axes", { ...names, count: table.units });
  const known = table.detail === "numbers" || table.detail === "tiles";
  const body = known
    ? jacobianMark(context, picture, table, given)
    : element("p", {}, t("page.inspector.largeTable", size));
  const part = section("table", title, note, viewSwitch(context, table), body, footNote(context, table));
  return part;
}

/** One run of the loop, or everything, in torch's order or run by run. @param {Context} context @param {Jacobian} table */
function viewSwitch({ t }, table) {
  if (!table.choosable) return null;
  const buttons = /** @type {const} */ (["run", "full", "grouped"]).map((view) =>
    element(
      "button",
      { type: "button", "data-view": view, "aria-pressed": String(view === table.view) },
      t(`page.table.view.${view}`),
    ),
  );
  return element(
    "div",
    { class: "table-switch", role: "group", "aria-label": t("page.table.views") },
    ...buttons,
  );
}

/** @param {Context} context @param {Jacobian} table */
function footNote({ t }, table) {
  const crowded = table.rows.length > 4;
  const total = table.merged.reduce((sum, weight) => sum + weight, 0);
  const merged =
    table.merged.length > 1
      ? tex(`${table.merged.join(" + ").replaceAll("+ -", "- ")} = ${Number(total.toPrecision(12))}`)
      : null;
  const key = table.gone ? "gone" : merged ? "merged" : crowded ? null : "foot";
  if (key === null) return null;
  const foot = element("p", { class: "inspector-note" }, t(`page.inspector.${key}`));
  if (merged) foot.append(" ", merged);
  return foot;
}
