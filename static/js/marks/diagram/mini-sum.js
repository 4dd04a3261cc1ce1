/** The sum of one blue node in one line: score × weight + … = score. */

import { element } from "../../element.js";
import { addsUp, toNumber } from "../../format.js";
import { sumOf } from "../../layout/mini.js";
import { elementTex, symbolsOf } from "../../picture/symbols.js";
import { INPUT, named } from "../../layout/mini.js";
import { plainNumber, scoreNumber, weightNumber } from "../inspector/number.js";
import { tex } from "../inspector/tex.js";

/**
 * @param {import("../../layout/mini.js").RelationPicture} picture
 * @param {number} chosen  element
 * @returns {HTMLElement[]} empty where no score came
 */
export function miniSum(picture, chosen) {
  const written = sumOf(picture, chosen);
  if (!written) return [];
  const tensor = named(INPUT, picture.input);
  const symbol = symbolsOf([tensor], []).get(INPUT);
  const left = symbol ? tex(elementTex(symbol, chosen, tensor.shape)) : element("span");
  const terms = written.terms.map(({ upstream, weight }, i) =>
    element(
      "span",
      { class: "mini-term" },
      i ? "+ " : null,
      scoreNumber(upstream, "out"),
      " × ",
      weightNumber(weight),
    ),
  );
  const products = written.terms.map(({ upstream, weight }) => Number(upstream) * Number(weight));
  const sign = addsUp(products, toNumber(written.sum) ?? Number.NaN) ? "=" : "≈";
  return [
    left,
    element("span", {}, ":"),
    ...terms,
    element("span", { class: "mini-result" }, `${sign} `, plainNumber(written.sum)),
  ];
}
