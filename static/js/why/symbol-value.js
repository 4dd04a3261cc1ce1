/** What a weight's formula comes to: its tree computed with the numbers at the edge. */

/**
 * @typedef {import("./symbol-parse.js").Tree} Tree
 * @typedef {{tensor: number, element: number}} Place
 *
 * @typedef {object} Site  Where a formula is read: one edge.
 * @property {(letter: string, place: string) => Place | null} find  the element that a letter stands for
 * @property {(place: Place | null) => number} value  NaN where the trace holds none
 * @property {(letter: string) => Place[]} fellows    all elements that take part in the edge's output element
 * @property {(other: Place) => Site} from            the same for the edge from a fellow
 * @property {Place} own                              the edge's input element
 * @property {number} coordinate                      its place along the reduced dim, from 0
 * @property {number} index                           the place that was taken, from 0
 * @property {boolean} written                        of a write: whether the edge lies in the written part
 */

/** @type {Record<string, (x: number) => number>} */
const FUNCTIONS = {
  sin: Math.sin,
  cos: Math.cos,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tan: Math.tan,
  tanh: Math.tanh,
  ln: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sqrt: Math.sqrt,
  sigma: (x) => 1 / (1 + Math.exp(-x)),
  Phi: (x) => (1 + Math.sign(x) * erf(Math.abs(x) / Math.SQRT2)) / 2,
  ceil: Math.ceil,
  exp: Math.exp,
  abs: Math.abs,
  floor: Math.floor,
  sign: Math.sign,
  trunc: Math.trunc,
  round: (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)),
};

/** The error function for x ≥ 0, right to 1.5e-7 (Abramowitz and Stegun 7.1.26). @param {number} x */
function erf(x) {
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 1 - series * Math.exp(-x * x);
}

/** @type {Record<string, (a: number, b: number) => boolean>} */
const COMPARE = {
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "=": (a, b) => a === b,
  "\\le": (a, b) => a <= b,
  "\\ge": (a, b) => a >= b,
  "\\lor": (a, b) => a !== 0 || b !== 0,
};

/** @type {Record<string, (values: number[]) => number>} */
const COMBINE = {
  sum: (values) => values.reduce((total, value) => total + value, 0),
  product: (values) => values.reduce((total, value) => total * value, 1),
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
};

/**
 * @param {Tree} tree
 * @param {Site} site
 * @returns {number} NaN where it is opaque or a number is missing
 */
export function computed(tree, site) {
  switch (tree.kind) {
    case "number":
      return tree.value;
    case "place":
      return site.value(site.find(tree.letter, tree.place));
    case "coordinate":
      return site.coordinate;
    case "index":
      return site.index;
    case "minus":
      return -computed(tree.tree, site);
    case "power":
      return computed(tree.base, site) ** computed(tree.exponent, site);
    case "fraction":
      return computed(tree.above, site) / computed(tree.below, site);
    case "call":
      return FUNCTIONS[tree.name](computed(tree.argument, site));
    case "truth":
      return holds(tree, site) ? 1 : 0;
    case "cases":
      return site.written ? computed(tree.inside, site) : 1;
    case "sum":
      return tree.terms.reduce((total, { sign, tree: term }) => total + sign * computed(term, site), 0);
    case "product":
      return tree.factors.reduce((total, factor) => total * computed(factor, site), 1);
    case "extreme":
      return COMBINE[tree.how](tree.items.map((item) => computed(item, site)));
    default:
      return overFellows(tree, site);
  }
}

/** @param {Extract<Tree, {kind: "truth"}>} tree @param {Site} site */
function holds({ sides, signs }, site) {
  const values = sides.map((side) => computed(side, site));
  return signs.every((sign, i) => COMPARE[sign](values[i], values[i + 1]));
}

/** @param {Tree} tree @param {Site} site */
function overFellows(tree, site) {
  if (tree.kind === "opaque" || tree.kind === "number") return Number.NaN;
  const fellows = site.fellows("letter" in tree ? tree.letter : "");
  if (tree.kind === "mean") {
    const values = fellows.map(site.value);
    return values.reduce((total, value) => total + value, 0) / values.length;
  }
  if (tree.kind === "over")
    return COMBINE[tree.how](fellows.map((place) => computed(tree.inner, site.from(place))));
  if (tree.kind === "others")
    return othersOf(site, fellows).reduce((total, place) => total * site.value(place), 1);
  if (tree.kind === "ties")
    return fellows.filter((place) => computed(tree.truth, site.from(place)) === 1).length;
  return Number.NaN;
}

/** @param {Site} site @param {Place[]} fellows */
export function othersOf(site, fellows) {
  return fellows.filter(({ element }) => element !== site.own.element);
}
