/** The sum of the chosen element on one line, for rooms that have room for no more. */

import { element } from "../../element.js";
import { icon } from "../../icons.js";
import { edgeLink } from "../../picture/links.js";
import { elementTex } from "../../picture/symbols.js";
import { targetTex } from "./formula.js";
import { plainNumber, scoreNumber, weightNumber } from "./number.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../why/inspection.js").WrittenSum} WrittenSum
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {ReturnType<typeof import("../../why/inspection.js").targetOf>} target
 * @param {WrittenSum} written
 * @returns {HTMLElement}
 */
export function sumLine({ t }, picture, target, written) {
  const symbol = picture.symbols.get(written.tensor.id);
  const own = symbol ? elementTex(symbol, written.element, written.tensor.shape) : "\\cdot";
  const { seed, total, terms } = written.sum;
  const addends = written.terms.map((term) => {
    const weight = weightNumber(term.weight);
    weight.dataset.link = edgeLink(term.op, term.place, term.edge);
    return [scoreNumber(term.upstream, "out"), sign("×"), weight];
  });
  if (written.rest) {
    const words = element("span", { class: "sum-rest" }, t("page.inspector.rest", { count: written.rest }));
    addends.push([plainNumber(written.restSum ?? undefined), words]);
  }
  if (seed !== null) addends.push([scoreNumber(seed, "out")]);
  const line = element("p", { class: "sum-line" });
  line.append(tex(`\\dfrac{\\partial ${targetTex(target)}}{\\partial ${own}}`), sign("="));
  addends.forEach((addend, i) => {
    line.append(...(i ? [sign("+")] : []), ...addend);
  });
  if (addends.length) line.append(sign(written.result));
  if (written.hook) {
    const words = element("span", { class: "sum-hook" }, icon("hook", 16), t("page.hooks.after"));
    line.append(plainNumber(written.hook.before), words);
  }
  line.append(scoreNumber(total ?? undefined, terms.length || seed === null ? "in" : "out"));
  line.append(element("span", { class: "sum-line-words" }, t("page.projector.rule")));
  return line;
}

/** @param {string} text */
function sign(text) {
  return element("span", { class: "sum-operator" }, text);
}
