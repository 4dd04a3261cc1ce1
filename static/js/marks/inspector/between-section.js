/** The table's part when it shows the Jacobian between two tensors: who to whom, the chain, the tables on the way. */

import { chainLatex, ratioLatex } from "../../tables/between-latex.js";
import { element } from "../../element.js";
import { nameOf } from "../../trace/tensor-name.js";
import { copyLatexButton } from "./copy.js";
import { heatMark } from "./heat.js";
import { jacobianMark, lookOf } from "./jacobian.js";
import { section } from "./section.js";
import { weightCell } from "./table-cells.js";
import { select, tableSwitches } from "./table-switches.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../tables/jacobian.js").Jacobian} Jacobian
 *
 * @typedef {object} Between
 * @property {number} from
 * @property {number} to
 * @property {number[]} starts      tensors to choose from
 * @property {number[]} ends
 * @property {import("../../tables/between.js").Hop[][]} ways
 * @property {Jacobian | null} table    null while the answer is on its way, or when there is none
 * @property {string | null} trouble    why there is no answer, in the reader's language
 * @property {Jacobian[] | null} steps  the tables on the way, when there is one way and they are small
 * @property {string | null} latex
 */

const PLAIN = { symbols: null, chosen: null };

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Between} between
 * @param {import("./table-switches.js").Chosen} chosen
 */
export function betweenSection(context, picture, between, chosen) {
  const { t } = context;
  const { from, to, ways } = between;
  /** @param {string} id */
  const name = (id) => nameOf(picture, Number(id));
  const line = element(
    "p",
    { class: "table-note between-ends" },
    select(t("page.table.from"), "from", between.starts.map(String), String(from), name),
    " → ",
    select(t("page.table.to"), "to", between.ends.map(String), String(to), name),
    ways.length > 1 ? element("span", {}, t("page.table.ways", { count: ways.length })) : null,
  );
  const chain = chainLatex(picture, from, to, ways);
  if (ways.length !== 1 || ways[0].length > 1)
    line.append(
      element("span", { class: "between-chain" }, tex(chain), " ", copyLatexButton(context, chain)),
    );
  const body = element("div", { class: "textbook between" }, ...answer(context, picture, between));
  const part = section("table", [t("page.inspector.jacobian")], "", line, body);
  if (ways.some((way) => way.some(({ carries }) => !carries)))
    part.append(element("p", { class: "inspector-note" }, t("page.table.silent")));
  part.querySelector(".inspector-head")?.append(tableSwitches(context, chosen, between.latex));
  return part;
}

/** @param {Context} context @param {Picture} picture @param {Between} between @returns {(HTMLElement | string)[]} */
function answer(context, picture, { table, trouble, steps }) {
  const { t } = context;
  if (trouble) return [element("p", { class: "between-trouble" }, trouble)];
  if (!table) return [element("p", { class: "inspector-note" }, t("page.table.asking"))];
  if (table.detail === "beyond") {
    const size = { rows: table.rows.length, columns: table.columns.length };
    return [element("p", {}, t("page.inspector.largeTable", size))];
  }
  if (table.detail === "heat") return [heatMark(context, table)];
  const whole = jacobianMark(context, picture, table, PLAIN);
  if (!steps) return [whole];
  const factors = [...steps].reverse().map((step) => factor(context, picture, step));
  return [whole, element("span", { class: "textbook-equals" }, "="), ...factors];
}

/** A table on the way: its numbers between brackets, its derivative below. @param {Context} context @param {Picture} picture @param {Jacobian} table */
function factor(context, picture, table) {
  const look = lookOf(table, PLAIN);
  const rows = table.rows.map((_, r) =>
    element(
      "tr",
      {},
      ...table.columns.map((_, c) => element("td", {}, weightCell(context, table, r, c, look))),
    ),
  );
  const names = { output: nameOf(picture, table.output), input: nameOf(picture, table.input) };
  const caption = element("caption", { class: "unseen" }, context.t("page.inspector.axes", names));
  const grid = element("table", { class: "jacobian jacobian-dense between-step" }, caption, ...rows);
  return element(
    "div",
    { class: "textbook-factor" },
    element("div", { class: "textbook-bracket" }, grid),
    tex(ratioLatex(picture, table), "textbook-name"),
  );
}
