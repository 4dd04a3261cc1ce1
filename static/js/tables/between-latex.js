/** The chain rule from one tensor to another, written out: a product of derivatives, or a sum over the ways. */

import { symbolTex } from "../picture/symbols.js";

/**
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("./between.js").Hop} Hop
 */

const WRITTEN = 4;

/**
 * @param {Picture} picture
 * @param {number} from
 * @param {number} to
 * @param {Hop[][]} ways
 * @returns {string} LaTeX, newest derivative first as matrices multiply
 */
export function chainLatex({ symbols }, from, to, ways) {
  /** @param {number} id */
  const name = (id) => {
    const symbol = symbols.get(id);
    return symbol ? symbolTex(symbol) : "\\cdot";
  };
  /** @param {number} above @param {number} below */
  const ratio = (above, below) => `\\frac{\\partial ${name(above)}}{\\partial ${name(below)}}`;
  const products = ways.slice(0, WRITTEN).map((way) =>
    [...way]
      .reverse()
      .map((hop) => ratio(hop.to, hop.from))
      .join(" \\cdot "),
  );
  if (ways.length > WRITTEN) products.push("\\cdots");
  return products.length ? `${ratio(to, from)} = ${products.join(" + ")}` : `${ratio(to, from)} = 0`;
}

/** One derivative's name, below its table. @param {Picture} picture @param {{input: number, output: number}} table */
export function ratioLatex(picture, { input, output }) {
  return chainLatex(picture, input, output, []).replace(/ = 0$/, "");
}
