/** The paths of a score as a derivation in LaTeX: derivatives, numbers, products, the score. */

import { bracketedTex, elementTexOf, numberTex } from "../why/sum-latex.js";
import { elementTex } from "../picture/symbols.js";

/**
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("./paths.js").Expansion} Expansion
 * @typedef {import("./paths.js").Path} Path
 */

/**
 * @param {Picture} picture
 * @param {string | null} root  LaTeX of the root when it is one number; null for L = Σ g·root
 * @param {{tensor: number, element: number}} place
 * @param {Expansion} found
 */
export function pathsLatex(picture, root, place, { paths, count, rest, total, sign }) {
  const own = elementTexOf(picture, place.tensor, place.element);
  const more = count > paths.length;
  /** @param {string[]} terms @param {string} last */
  const sum = (terms, last) => [...terms, ...(more ? [last] : [])].join(" + ");
  const lines = [
    `= ${sum(
      paths.map((path) => derivatives(picture, root, own, path)),
      "\\cdots",
    )}`,
    `= ${sum(paths.map(numbers), "\\cdots")}`,
    `= ${sum(
      paths.map(({ product }) => bracketedTex(product)),
      bracketedTex(rest),
    )}`,
    `${sign === "≈" ? "\\approx" : "="} ${numberTex(total)}`,
  ];
  const left = `\\frac{\\partial ${root ?? "L"}}{\\partial ${own}}`;
  return `\\begin{aligned} ${left} &${lines.join(" \\\\ &")} \\end{aligned}`;
}

/** From the root to the element, as its product is read. @param {Picture} picture @param {string | null} root @param {string} own @param {Path} path */
function derivatives(picture, root, own, { edges, end }) {
  const factors = root === null ? [seedTex(picture, end)] : [];
  edges.forEach((edge, i) => {
    const above = elementTexOf(picture, edge.tensor, edge.element);
    const below = i === 0 ? own : elementTexOf(picture, edges[i - 1].tensor, edges[i - 1].element);
    const use = edge.uses > 1 ? `^{(${edge.use})}` : "";
    factors.splice(root === null ? 1 : 0, 0, `\\frac{\\partial ${above}}{\\partial ${below}${use}}`);
  });
  return factors.join(" \\cdot ") || "1";
}

/** @param {Path} path */
function numbers({ edges, seed }) {
  return [seed, ...edges.map(({ weight }) => weight).reverse()].map(bracketedTex).join(" \\times ");
}

/** @param {Picture} picture @param {{tensor: number, element: number}} end */
function seedTex({ trace }, { tensor, element }) {
  const shape = trace.tensors.find(({ id }) => id === tensor)?.shape ?? [];
  return elementTex({ text: "g", word: false, primes: "", borrowed: false }, element, shape);
}
