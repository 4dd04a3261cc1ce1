/** The switches in the head of the table's part: what it holds, how it is laid out, numbers or symbols. */

import { element } from "../../element.js";
import { copyLatexButton } from "./copy.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {"margins" | "column" | "row"} Form      with margins; Jᵀ·v = column; vᵀ·J = row
 * @typedef {"numbers" | "symbols"} Notation
 * @typedef {import("../../tables/jacobian.js").View | "between"} Shown
 *
 * @typedef {object} Chosen
 * @property {Shown} shown
 * @property {Shown[]} views       what can be shown
 * @property {Form | null} form      null where there is room for one form only
 * @property {Notation | null} notation  null where there is no choice
 */

/**
 * @param {Context} context
 * @param {Chosen} chosen
 * @param {string | null} latex   of the whole table
 */
export function tableSwitches(context, { shown, views, form, notation }, latex) {
  const { t } = context;
  const forms = /** @type {Form[]} */ (["margins", "column", "row"]);
  const parts = [
    select(t("page.table.views"), "view", views, shown, (view) => t(`page.table.view.${view}`)),
    form && select(t("page.table.forms"), "form", forms, form, (name) => t(`page.table.form.${name}`)),
    notation && notationSwitch(context, notation),
    latex === null ? null : copyLatexButton(context, latex),
  ];
  return element("div", { class: "table-switches" }, ...parts);
}

/**
 * @param {string} label
 * @param {string} name
 * @param {string[]} options
 * @param {string} current
 * @param {(option: string) => string} text
 */
export function select(label, name, options, current, text) {
  const list = element("select", { class: "table-select", "aria-label": label, "data-choose": name });
  for (const option of options)
    list.append(element("option", { value: option, selected: option === current }, text(option)));
  return list;
}

/** @param {Context} context @param {Notation} notation */
function notationSwitch({ t }, notation) {
  const buttons = /** @type {Notation[]} */ (["numbers", "symbols"]).map((name) =>
    element(
      "button",
      {
        type: "button",
        "data-notation": name,
        "aria-pressed": String(name === notation),
        title: t(`page.table.notation.${name}`),
        "aria-label": t(`page.table.notation.${name}`),
      },
      t(`page.table.notation.${name}Short`),
    ),
  );
  return element(
    "div",
    { class: "table-switch", role: "group", "aria-label": t("page.table.notations") },
    ...buttons,
  );
}
