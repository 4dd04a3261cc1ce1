/** The projector's right half: where the chosen score comes from, each term on a line of its own, and the sum as a bar. */

import { element } from "../../element.js";
import { waterfallOf } from "../../layout/waterfall.js";
import { edgeLink } from "../../picture/links.js";
import { elementTex, symbolTex } from "../../picture/symbols.js";
import { targetTex } from "../inspector/formula.js";
import { plainNumber, scoreNumber, weightNumber } from "../inspector/number.js";
import { tex } from "../inspector/tex.js";
import { waterfallMark } from "./waterfall.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../why/inspection.js").WrittenSum} WrittenSum
 * @typedef {ReturnType<typeof import("../../why/inspection.js").targetOf>} Target
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Target} target
 * @param {WrittenSum} written
 * @returns {Element[]}
 */
export function projectionMark({ t }, picture, target, written) {
  const own = texOf(picture, written.tensor.id, written.element);
  const [before, after] = t("page.projector.how").split("{element}");
  const count = written.tensor.shape.reduce((product, size) => product * size, 1);
  const place = t("page.projector.element", { index: written.element + 1, count });
  const title = element("h2", { class: "projection-title" }, before, tex(own), after ?? "");
  if (count > 1) title.append(element("span", { class: "projection-place" }, place));
  const bar = barOf({ t }, written);
  return [title, ruleLine(t, picture, target, written, own), termRows(t, written), ...(bar ? [bar] : [])];
}

/**
 * The one rule in symbols: scores of the green nodes, times weights, added.
 * @param {Context["t"]} t
 * @param {Picture} picture
 * @param {Target} target
 * @param {WrittenSum} written
 * @param {string} own
 */
function ruleLine(t, picture, target, written, own) {
  const end = targetTex(target);
  const { terms } = written.sum;
  const outputs = new Set(terms.map(({ tensor }) => tensor));
  const symbol = outputs.size === 1 ? picture.symbols.get(terms[0].tensor) : undefined;
  const single = terms.length === 1;
  const green = single
    ? texOf(picture, terms[0].tensor, terms[0].element)
    : symbol
      ? `${symbolTex(symbol)}_i`
      : "\\bullet";
  const sum = single ? "" : symbol ? "\\sum_i" : "\\sum";
  return element(
    "p",
    { class: "projection-rule" },
    tex(`\\dfrac{\\partial ${end}}{\\partial ${own}} = ${sum}`),
    tex(`\\dfrac{\\partial ${end}}{\\partial ${green}}`, "sum-up"),
    tex("\\cdot"),
    tex(`\\dfrac{\\partial ${green}}{\\partial ${own}}`, "projection-local"),
    element("span", { class: "projection-words" }, t("page.projector.rule")),
  );
}

/** @param {Context["t"]} t @param {WrittenSum} written */
function termRows(t, written) {
  const grid = element("div", { class: "projection-terms" });
  written.terms.forEach((term, i) => {
    const weight = weightNumber(term.weight);
    weight.dataset.link = edgeLink(term.op, term.place, term.edge);
    const left = [scoreNumber(term.upstream, "out"), sign("×"), weight];
    grid.append(...row(i ? "+" : "", left, written.products, plainNumber(term.product ?? undefined)));
  });
  if (written.rest) {
    const words = element("span", { class: "projection-rest" });
    words.textContent = t("page.inspector.rest", { count: written.rest });
    grid.append(...row("+", [words], "=", plainNumber(written.restSum ?? undefined)));
  }
  const { seed, total } = written.sum;
  if (seed !== null)
    grid.append(...row(written.terms.length ? "+" : "", [scoreNumber(seed, "out")], "=", plainNumber(seed)));
  const all = element("b", { class: "projection-total" }, t("page.projector.total"));
  const cap = written.terms.length || seed === null ? "in" : "out";
  grid.append(...row("", [all], written.result, scoreNumber(total ?? undefined, cap, "projection-result")));
  return grid;
}

/** @param {string} plus @param {HTMLElement[]} left @param {string} equals @param {HTMLElement} right */
function row(plus, left, equals, right) {
  return [
    sign(plus),
    element("span", { class: "projection-left" }, ...left),
    sign(equals),
    element("span", { class: "projection-right" }, right),
  ];
}

/** @param {string} text */
function sign(text) {
  return element("span", { class: "sum-operator" }, text);
}

/** Products in the order of the lines. @param {Context} context @param {WrittenSum} written */
function barOf({ t }, { terms, rest, restSum, sum }) {
  if (sum.total === null) return null;
  const amounts = terms.map(({ product }) => Number(product));
  if (rest) amounts.push(Number(restSum));
  if (sum.seed !== null) amounts.push(Number(sum.seed));
  const data = waterfallOf(amounts);
  return data && amounts.length > 1 ? waterfallMark(data, t("page.projector.bar")) : null;
}

/** @param {Picture} picture @param {number} tensor @param {number} index */
function texOf({ symbols, trace }, tensor, index) {
  const symbol = symbols.get(tensor);
  const shape = trace.tensors.find(({ id }) => id === tensor)?.shape ?? [];
  return symbol ? elementTex(symbol, index, shape) : "\\cdot";
}
