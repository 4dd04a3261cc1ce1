/** Numbers and indices as the page writes them: exact values short, rounded ones with all their decimals. */

/** @typedef {import("./trace/trace-types.js").Scalar} Scalar */

const MINUS = "−";

/**
 * A number of the trace as a JavaScript number; null when there is none.
 * @param {Scalar | undefined} value
 * @returns {number | null}
 */
export function toNumber(value) {
  if (value === null || value === undefined) return null;
  return Number(value);
}

/**
 * The text of a number. Exact values drop trailing zeros (0.5), rounded ones keep them (0.0220), so that a reader
 * sees which is which; from 1e5 and below 1e-4 in magnitude it is 1.2e−5. NaN and infinity are PyTorch's words.
 * @param {Scalar | undefined} value
 * @param {number} [digits] decimals that a rounded value keeps
 * @returns {string}
 */
export function formatNumber(value, digits = 4) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "boolean") return value ? "True" : "False";
  const number = Number(value);
  if (Number.isNaN(number)) return "nan";
  const size = Math.abs(number);
  const text = size === Number.POSITIVE_INFINITY ? "inf" : sized(size, digits);
  return number < 0 && text !== "0" ? MINUS + text : text;
}

/** @param {number} size @param {number} digits */
function sized(size, digits) {
  if (size === 0) return "0";
  if (size >= 1e5 || size < 1e-4) return scientific(size);
  const rounded = Number(size.toFixed(digits));
  const exact = Math.abs(rounded - size) <= 1e-9 * Math.max(1, size);
  return exact && rounded !== 0 ? String(rounded) : size.toFixed(digits);
}

/** @param {number} size */
function scientific(size) {
  const [mantissa, exponent] = size.toExponential(1).split("e");
  const short = mantissa.endsWith(".0") ? mantissa.slice(0, -2) : mantissa;
  return `${short}e${exponent.replace("+", "").replace("-", MINUS)}`;
}

/**
 * The number that a reader gets who types what formatNumber showed.
 * @param {string} text
 */
export function readNumber(text) {
  return Number(text.replace(MINUS, "-").replace(MINUS, "-").replace("inf", "Infinity"));
}

/**
 * Whether the shown products, added by hand, give the shown sum in its last digit; if not, ≈ stands instead of =.
 * @param {number[]} products
 * @param {number} sum
 * @returns {boolean}
 */
export function addsUp(products, sum) {
  const shown = products.map((product) => readNumber(formatNumber(product)));
  const total = shown.reduce((a, b) => a + b, 0);
  const wanted = readNumber(formatNumber(sum));
  if (!Number.isFinite(total) || !Number.isFinite(wanted)) return Object.is(total, wanted);
  return Math.abs(total - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
}

/**
 * Which of the three inks a derivative or score takes.
 * @param {Scalar | undefined} value
 * @returns {"pos" | "neg" | "zero" | "none"}
 */
export function signOf(value) {
  const number = toNumber(value);
  if (number === null) return "none";
  if (number > 0) return "pos";
  return number < 0 ? "neg" : "zero";
}

/**
 * Index per axis of a flat, row-major position; counts from 0.
 * @param {number} flat
 * @param {number[]} shape
 * @returns {number[]}
 */
export function unravel(flat, shape) {
  const index = new Array(shape.length).fill(0);
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    index[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  return index;
}

/**
 * The subscript of an element in formulas: counts from 1, commas only where a digit would be ambiguous.
 * @param {number} flat
 * @param {number[]} shape
 */
export function subscript(flat, shape) {
  const index = unravel(flat, shape).map((i) => i + 1);
  return index.join(shape.some((size) => size > 9) ? "," : "");
}

/**
 * The element as code writes it, from 0: "x[0, 1]", or just the name for a scalar.
 * @param {string} name
 * @param {number} flat
 * @param {number[]} shape
 */
export function codeElement(name, flat, shape) {
  return shape.length ? `${name}[${unravel(flat, shape).join(", ")}]` : name;
}

/**
 * "2×3" or "[3]"; empty for a scalar, which has a word of its own in every language.
 * @param {number[]} shape
 */
export function shapeText(shape) {
  return shape.length === 1 ? `[${shape[0]}]` : shape.join("×");
}

/**
 * How many elements a tensor of this shape has.
 * @param {number[]} shape
 */
export function elementCount(shape) {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * ① to ⑳ for the n-th backward call; plain digits in brackets beyond.
 * @param {number} n counts from 1
 */
export function circled(n) {
  return n >= 1 && n <= 20 ? String.fromCodePoint(0x2460 + n - 1) : `(${n})`;
}
