/**
 * A weight's formula as LaTeX at one edge: with the labels of the elements, o₂(1 − o₂), or with their numbers, where
 * what stands in brackets is already worked out, 0.2447 × 0.7553.
 */

import { numberTex } from "./sum-latex.js";
import { othersOf, computed } from "./symbol-value.js";

/**
 * @typedef {import("./symbol-parse.js").Tree} Tree
 * @typedef {import("./symbol-value.js").Site} Site
 * @typedef {import("./symbol-value.js").Place} Place
 *
 * @typedef {object} Pen  How the parts of a formula are written.
 * @property {(place: Place) => string} label  LaTeX of an element
 * @property {boolean} numbers                 numbers instead of labels
 */

/** How strongly a formula holds together: what is weaker than its surroundings needs brackets. */
const STRENGTH = { sum: 0, minus: 1, product: 2, power: 3, atom: 4 };
/** Factors of a long product that are written out. */
const LISTED = 4;

/** @type {Record<string, [string, string]>} */
const AROUND = {
  abs: ["\\lvert ", " \\rvert"],
  floor: ["\\lfloor ", " \\rfloor"],
  exp: ["e^{", "}"],
  sign: ["\\operatorname{sign}(", ")"],
  round: ["\\operatorname{round}(", ")"],
  trunc: ["\\operatorname{trunc}(", ")"],
  sqrt: ["\\sqrt{", "}"],
  ceil: ["\\lceil ", " \\rceil"],
  sigma: ["\\sigma(", ")"],
  Phi: ["\\Phi(", ")"],
};

/**
 * @param {Tree} tree
 * @param {Site} site
 * @param {Pen} pen
 * @returns {string}
 */
export function texOf(tree, site, pen) {
  return tree.kind === "cases" ? texOf(site.written ? tree.inside : ONE, site, pen) : whole(tree, site, pen);
}

/** @type {Tree} */
const ONE = { kind: "number", value: 1 };

/** A formula that stands alone: nothing of it is worked out yet. @param {Tree} tree @param {Site} site @param {Pen} pen */
function whole(tree, site, pen) {
  if (tree.kind !== "sum") return written(tree, site, pen);
  return tree.terms
    .map(({ sign, tree: term }, i) => {
      const text = within(term, site, pen, i || sign < 0 ? "product" : "minus");
      return i === 0 ? `${sign < 0 ? "-" : ""}${text}` : `${sign < 0 ? "-" : "+"} ${text}`;
    })
    .join(" ");
}

/**
 * A part of a formula: a sum of numbers is worked out, anything too weak for its place gets brackets.
 * @param {Tree} tree
 * @param {Site} site
 * @param {Pen} pen
 * @param {keyof typeof STRENGTH} needed
 */
function within(tree, site, pen, needed) {
  const shown = pen.numbers && isSum(tree) ? numberTex(computed(tree, site)) : written(tree, site, pen);
  return STRENGTH[strengthOf(tree, shown, pen)] < STRENGTH[needed] ? `(${shown})` : shown;
}

/** @param {Tree} tree */
function isSum(tree) {
  return tree.kind === "sum" || (tree.kind === "over" && tree.how === "sum");
}

/** @param {Tree} tree @param {string} shown @param {Pen} pen @returns {keyof typeof STRENGTH} */
function strengthOf(tree, shown, pen) {
  if (shown.startsWith("-")) return "minus";
  if (shown.includes("\\cdot 10^")) return "product";
  if (isSum(tree)) return pen.numbers ? "atom" : "sum";
  if (tree.kind === "product" || tree.kind === "call") return tree.kind === "call" ? "power" : "product";
  return tree.kind === "others"
    ? "product"
    : tree.kind === "power" || tree.kind === "fraction"
      ? "power"
      : "atom";
}

/** @param {Tree} tree @param {Site} site @param {Pen} pen @returns {string} */
function written(tree, site, pen) {
  switch (tree.kind) {
    case "number":
      return numberTex(tree.value);
    case "place":
      return named(site.find(tree.letter, tree.place), site, pen);
    case "minus":
      return `-${within(tree.tree, site, pen, "product")}`;
    case "power":
      return `${within(tree.base, site, pen, "atom")}^{${inner(tree.exponent, site, pen)}}`;
    case "fraction":
      return `\\frac{${inner(tree.above, site, pen)}}{${inner(tree.below, site, pen)}}`;
    case "product":
      return joined(tree.factors, site, pen);
    case "call":
      return called(tree, site, pen);
    case "truth":
      return `[${tree.sides.map((side, i) => inner(side, site, pen) + (tree.signs[i] ? ` ${tree.signs[i]} ` : "")).join("")}]`;
    case "sum":
      return whole(tree, site, pen);
    default:
      return special(tree, site, pen);
  }
}

/** Where brackets are there anyway. @param {Tree} tree @param {Site} site @param {Pen} pen */
function inner(tree, site, pen) {
  return within(tree, site, pen, "sum");
}

/** @param {Extract<Tree, {kind: "call"}>} tree @param {Site} site @param {Pen} pen */
function called({ name, argument }, site, pen) {
  const around = AROUND[name];
  if (around) return around[0] + inner(argument, site, pen) + around[1];
  const written = name.startsWith("log") ? `log_{${name.slice(3)}}` : name;
  return `\\${written} ${within(argument, site, pen, "power")}`;
}

/** @param {Tree[]} factors @param {Site} site @param {Pen} pen */
function joined(factors, site, pen) {
  const sign = productSign(pen);
  return factors
    .map((factor, i) => {
      const text = within(factor, site, pen, "product");
      const bare =
        !pen.numbers && (text.startsWith("(") || text.startsWith("[") || factors[i - 1]?.kind === "number");
      return i === 0 ? text : (bare ? " " : sign) + text;
    })
    .join("");
}

/** @param {Place | null} place @param {Site} site @param {Pen} pen */
function named(place, site, pen) {
  return place && !pen.numbers ? pen.label(place) : numberTex(site.value(place));
}

/** @param {Tree} tree @param {Site} site @param {Pen} pen */
function special(tree, site, pen) {
  if (tree.kind === "opaque") return tree.tex;
  if (tree.kind === "over") return overTex(tree, site, pen);
  if (tree.kind === "extreme")
    return `\\${tree.how}(${tree.items.map((item) => inner(item, site, pen)).join(", ")})`;
  if (tree.kind === "others") return productOf(othersOf(site, site.fellows(tree.letter)), site, pen);
  if (pen.numbers) return numberTex(computed(tree, site));
  if (tree.kind === "mean") return `\\overline{${pen.label(site.own).replace(/_\{[^}]*\}$/, "")}}`;
  if (tree.kind === "ties") return "\\#";
  return tree.kind === "index" ? "\\mathrm{index}" : "i";
}

/** @param {Extract<Tree, {kind: "over"}>} tree @param {Site} site @param {Pen} pen */
function overTex({ how, inner: each }, site, pen) {
  const fellows = site.fellows("");
  const needed = how === "sum" || how === "product" ? "product" : "sum";
  const terms = fellows.map((place) => within(each, site.from(place), pen, needed));
  if (how === "max" || how === "min") return `\\${how}(${shortened(terms).join(", ")})`;
  return shortened(terms).join(how === "sum" ? " + " : productSign(pen));
}

/** @param {Pen} pen */
function productSign({ numbers }) {
  return numbers ? " \\times " : " \\cdot ";
}

/** A long row: the first two, dots, the last. @param {string[]} terms */
function shortened(terms) {
  if (terms.length <= LISTED) return terms;
  return [...terms.slice(0, LISTED - 2), "\\cdots", terms[terms.length - 1]];
}

/** @param {Place[]} places @param {Site} site @param {Pen} pen */
function productOf(places, site, pen) {
  /** @param {Place} place */
  const text = (place) => {
    const name = named(place, site, pen);
    return name.startsWith("-") ? `(${name})` : name;
  };
  if (!places.length) return "1";
  return shortened(places.map(text)).join(productSign(pen));
}
