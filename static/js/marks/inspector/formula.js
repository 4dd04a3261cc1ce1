/** The written-out sum in aligned lines: symbols, numbers, products, result. */

import { element } from "../../element.js";
import { icon } from "../../icons.js";
import { edgeLink } from "../../picture/links.js";
import { elementTexOf } from "../../why/sum-latex.js";
import { elementTex, symbolTex } from "../../picture/symbols.js";
import { plainNumber, scoreNumber, weightNumber } from "./number.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../why/inspection.js").WrittenSum} WrittenSum
 * @typedef {import("../../trace/scores.js").Term} Term
 */

const PER_TERM = 3;
/** A cell that reaches to the last column and so widens none. */
const ALL = 0;

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {string} target   LaTeX of what is differentiated
 * @param {WrittenSum} written
 * @returns {HTMLElement}
 */
export function formulaMark(context, picture, target, written) {
  const grid = element("div", { class: "sum" });
  const addends = written.terms.length + (written.rest ? 1 : 0) + (written.sum.seed === null ? 0 : 1);
  grid.style.gridTemplateColumns = `repeat(${Math.max(firstColumn(addends) - 2, 3)}, auto)`;
  const lines = [
    symbolLine(context, picture, target, written),
    written.terms.length ? numberLine(written) : null,
    written.terms.length ? productLine(written) : null,
    resultLine(context, written),
  ];
  if (written.labels.size) grid.append(...labelLine(written));
  lines.forEach((line, i) => {
    if (line) grid.append(...place(line, i + 2));
  });
  return grid;
}

/**
 * @typedef {{node: HTMLElement, column: number, span?: number}} Cell
 * @typedef {{sign: string, cells: Cell[], left?: HTMLElement}} Line
 */

/** @param {Line} line @param {number} row */
function place({ sign, cells, left }, row) {
  const nodes = cells.map(({ node, column, span }) => at(node, row, column, span ?? 1));
  if (left) nodes.unshift(at(left, row, 1, 1));
  return [...nodes, at(element("span", { class: "sum-sign" }, sign), row, 2, 1)];
}

/** @param {HTMLElement} node @param {number} row @param {number} column @param {number} span */
function at(node, row, column, span) {
  node.style.gridRow = String(row);
  node.style.gridColumn = span === ALL ? `${column} / -1` : `${column} / span ${span}`;
  return node;
}

/** Columns: left side, sign, then upstream · weight for every term, with a plus in between. @param {number} i */
function firstColumn(i) {
  return 3 + i * (PER_TERM + 1);
}

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {string} target
 * @param {WrittenSum} written
 * @returns {Line}
 */
function symbolLine({ t }, picture, target, written) {
  const own = elementTexOf(picture, written.tensor.id, written.element);
  const left = tex(fraction(target, own));
  /** @type {Cell[]} */
  const cells = [];
  written.terms.forEach((term, i) => {
    const output = elementTexOf(picture, term.tensor, term.element);
    const use = term.uses > 1 ? `^{(${term.use})}` : "";
    const sign = term.weight > 0 ? "pos" : term.weight < 0 ? "neg" : "zero";
    cells.push({ node: tex(fraction(target, output), "sum-up"), column: firstColumn(i) });
    cells.push({ node: operator("·"), column: firstColumn(i) + 1 });
    const local = tex(`\\dfrac{\\partial ${output}}{\\partial ${own}${use}}`, `sum-local sign-${sign}`);
    cells.push({ node: linked(local, term), column: firstColumn(i) + 2 });
  });
  const rest = element("span", { class: "sum-rest" }, t("page.inspector.rest", { count: written.rest }));
  return line("=", written, cells, rest, tex(seedTex(written), "sum-up"), left);
}

/** @param {WrittenSum} written @returns {Line} */
function numberLine(written) {
  const cells = written.terms.flatMap((term, i) => [
    { node: scoreNumber(term.upstream, "out"), column: firstColumn(i) },
    { node: operator("×"), column: firstColumn(i) + 1 },
    { node: linked(weightNumber(term.weight), term), column: firstColumn(i) + 2 },
  ]);
  return line(
    "=",
    written,
    cells,
    element("span", { class: "sum-rest" }, "…"),
    scoreNumber(written.sum.seed, "out"),
  );
}

/** @param {WrittenSum} written @returns {Line} */
function productLine(written) {
  const cells = written.terms.map((term, i) => {
    const node = linked(plainNumber(term.product ?? undefined), term);
    return { node, column: firstColumn(i), span: PER_TERM };
  });
  const rest = plainNumber(written.restSum ?? undefined);
  return line(written.products, written, cells, rest, plainNumber(written.sum.seed ?? undefined));
}

/**
 * The terms, then what is left over, then the root's own seed, with a plus between each two.
 * @param {string} sign
 * @param {WrittenSum} written
 * @param {Cell[]} terms
 * @param {HTMLElement} rest
 * @param {HTMLElement} seed
 * @param {HTMLElement} [left]
 * @returns {Line}
 */
function line(sign, written, terms, rest, seed, left) {
  const cells = [...terms];
  const count = written.terms.length;
  if (written.rest) cells.push({ node: rest, column: firstColumn(count), span: PER_TERM });
  const last = count + (written.rest ? 1 : 0);
  if (written.sum.seed !== null) cells.push({ node: seed, column: firstColumn(last), span: PER_TERM });
  const addends = last + (written.sum.seed === null ? 0 : 1);
  for (let i = 1; i < addends; i += 1) cells.push({ node: operator("+"), column: firstColumn(i) - 1 });
  return { sign, cells, left };
}
/** @param {Context} context @param {WrittenSum} written @returns {Line} */
function resultLine({ t }, written) {
  const { total, seed, terms } = written.sum;
  const node = element("span", { class: "sum-result" });
  if (total === null) node.append(element("span", { class: "sum-waiting" }, t(waitingKey(written))));
  else if (written.hook) node.append(...hookedParts(t, written, written.hook));
  else node.append(scoreNumber(total, terms.length || seed === null ? "in" : "out", "sum-total"));
  return { sign: total === null ? "=" : written.result, cells: [{ node, column: 3, span: ALL }] };
}

/** The sum that was gathered, and what a hook made of it. @param {Context["t"]} t @param {WrittenSum} written @param {NonNullable<WrittenSum["hook"]>} hook */
function hookedParts(t, { sum: { terms } }, { before, after }) {
  const words = element("span", { class: "sum-hook" }, icon("hook", 16), t("page.hooks.after"));
  return [plainNumber(before), words, scoreNumber(after, terms.length ? "in" : "out", "sum-total")];
}

/** @template {HTMLElement} T @param {T} node @param {Term} term */
function linked(node, term) {
  node.dataset.link = edgeLink(term.op, term.place, term.edge);
  return node;
}

/** @param {WrittenSum} written */
function waitingKey({ sum }) {
  if (!sum.complete) return "page.inspector.incomplete";
  return sum.terms.length ? "page.inspector.waiting" : "page.inspector.unused";
}

/** @param {WrittenSum} written */
function labelLine(written) {
  return written.terms.map((term, i) => {
    const node = element("span", { class: "sum-label mono" }, written.labels.get(term.op) ?? "");
    return at(node, 1, firstColumn(i), PER_TERM);
  });
}

/** @param {WrittenSum} written */
function seedTex({ tensor, element: index }) {
  return elementTex({ text: "g", word: false, primes: "", borrowed: false }, index, tensor.shape);
}

/** @param {string} text */
function operator(text) {
  return element("span", { class: "sum-operator" }, text);
}

/** @param {string} above @param {string} below */
function fraction(above, below) {
  return `\\dfrac{\\partial ${above}}{\\partial ${below}}`;
}

/** @param {{symbol: import("../../picture/symbols.js").Symbol | null}} target */
export function targetTex(target) {
  return target.symbol ? symbolTex(target.symbol) : "L";
}
