/** print(tensor) of a floating-point tensor, to the letter as PyTorch 2.13 prints it with its default settings. */

import { rounded } from "./float-text.js";
import { elementCount } from "../format.js";

/**
 * @typedef {import("../trace/trace-types.js").Scalar} Scalar
 * @typedef {(value: number) => string} Write
 *
 * @typedef {object} Page
 * @property {Write} write
 * @property {number} step     characters from one number to the next
 * @property {number[]} shape
 * @property {boolean} cut     the middle of long dimensions is left out
 */

const PREFIX = "tensor(";
const PRECISION = 4;
const THRESHOLD = 1000;
const EDGE = 3;
const LINE = 80;
/** So many digits of a double are enough to tell whether it lies half-way between two decimals. */
const MANY = 100;

/**
 * @param {Scalar[]} values  flat, row-major
 * @param {number[]} shape
 * @param {string} [dtype]   float32 goes without saying
 * @returns {string}
 */
export function printedTensor(values, shape, dtype = "float32") {
  const numbers = values.map((value) => rounded(Number(value), dtype));
  const suffixes = [];
  if (!numbers.length && shape.length !== 1) suffixes.push(`size=(${shape.join(", ")})`);
  if (dtype !== "float32") suffixes.push(`dtype=torch.${dtype}`);
  return closed(PREFIX + contents(numbers, shape), suffixes);
}

/** @param {number[]} numbers @param {number[]} shape */
function contents(numbers, shape) {
  if (!numbers.length) return "[]";
  const cut = numbers.length > THRESHOLD;
  const shown = cut ? edgesOf(numbers, shape) : numbers;
  const { write, width } = elementFormat(shown);
  return text({ write, step: width + 2, shape, cut }, numbers, 0, PREFIX.length);
}

/**
 * The numbers that are shown of a long tensor: they alone choose the notation.
 * @param {number[]} numbers
 * @param {number[]} shape
 * @returns {number[]}
 */
function edgesOf(numbers, shape) {
  if (!shape.length) return numbers;
  const size = elementCount(shape.slice(1));
  return kept(shape[0]).flatMap((i) => edgesOf(numbers.slice(i * size, (i + 1) * size), shape.slice(1)));
}

/** @param {number} length @returns {number[]} positions left of a dimension whose middle may go */
function kept(length) {
  const all = Array.from({ length }, (_, i) => i);
  return length > 2 * EDGE ? [...all.slice(0, EDGE), ...all.slice(-EDGE)] : all;
}

/**
 * @param {Page} page
 * @param {number[]} numbers  from this axis on
 * @param {number} axis
 * @param {number} indent     characters before it in its line
 * @returns {string}
 */
function text(page, numbers, axis, indent) {
  const below = page.shape.length - axis;
  if (below === 0) return page.write(numbers[0]);
  const length = page.shape[axis];
  const gap = page.cut && length > 2 * EDGE;
  const shown = page.cut ? kept(length) : Array.from({ length }, (_, i) => i);
  if (below === 1) {
    const parts = shown.map((i) => page.write(numbers[i]));
    return row(gap ? parts.toSpliced(EDGE, 0, " ...") : parts, page.step, indent);
  }
  const size = numbers.length / length;
  const parts = shown.map((i) => text(page, numbers.slice(i * size, (i + 1) * size), axis + 1, indent + 1));
  const separator = `,${"\n".repeat(below - 1)}${" ".repeat(indent + 1)}`;
  return `[${(gap ? parts.toSpliced(EDGE, 0, "...") : parts).join(separator)}]`;
}

/** @param {string[]} parts @param {number} step @param {number} indent */
function row(parts, step, indent) {
  const perLine = Math.max(1, Math.floor((LINE - indent) / step));
  /** @type {string[]} */
  const lines = [];
  for (let i = 0; i < parts.length; i += perLine) lines.push(parts.slice(i, i + perLine).join(", "));
  return `[${lines.join(`,\n${" ".repeat(indent + 1)}`)}]`;
}

/**
 * One notation and one width for all numbers. Zeros, infinities and nan neither choose the notation nor widen it.
 * @param {number[]} numbers
 * @returns {{write: Write, width: number}}
 */
function elementFormat(numbers) {
  const deciding = numbers.filter((value) => value !== 0 && Number.isFinite(value));
  const notation = deciding.length ? notationOf(deciding) : whole;
  const write = named(notation);
  const width = Math.max(1, ...deciding.map((value) => write(value).length));
  return { write: (value) => write(value).padStart(width), width };
}

/** @param {number[]} deciding @returns {Write} */
function notationOf(deciding) {
  const sizes = deciding.map(Math.abs);
  const smallest = Math.min(...sizes);
  const largest = Math.max(...sizes);
  if (largest > 1e8 || smallest < 1e-4 || largest / smallest > 1000) return scientific;
  return deciding.every(Number.isInteger) ? whole : fixed;
}

/** Words for what is no number, and the sign, also of a zero. @param {Write} write @returns {Write} */
function named(write) {
  return (value) => {
    if (Number.isNaN(value)) return "nan";
    const sign = value < 0 || Object.is(value, -0) ? "-" : "";
    return sign + (Number.isFinite(value) ? write(Math.abs(value)) : "inf");
  };
}

/** Integers of a floating dtype are marked by a dot. @param {number} size */
function whole(size) {
  return `${size.toFixed(0)}.`;
}

/** @param {number} size */
function fixed(size) {
  return toEven(size.toFixed(PRECISION), size.toFixed(MANY), PRECISION);
}

/** @param {number} size */
function scientific(size) {
  const [mantissa, exponent] = size.toExponential(PRECISION).split("e");
  const [digits, exact] = size.toExponential(MANY).split("e");
  const even = exact === exponent ? toEven(mantissa, digits, PRECISION) : mantissa;
  const sign = exponent[0];
  return `${even}e${sign}${exponent.slice(1).padStart(2, "0")}`;
}

/**
 * JavaScript rounds a half up, Python to the even digit.
 * @param {string} up        as rounded by JavaScript
 * @param {string} exact     with all digits
 * @param {number} decimals  that are kept
 */
function toEven(up, exact, decimals) {
  const end = exact.indexOf(".") + 1 + decimals;
  const tie = /^50*$/.test(exact.slice(end));
  return tie && Number(exact[end - 1]) % 2 === 0 ? exact.slice(0, end) : up;
}

/** Suffixes go on the last line as far as they fit. PyTorch counts that line two characters too long. @param {string} body @param {string[]} suffixes */
function closed(body, suffixes) {
  let used = body.length - body.lastIndexOf("\n") + 1;
  let whole = body;
  for (const suffix of suffixes) {
    const fits = used + suffix.length + 2 <= LINE;
    whole += fits ? `, ${suffix}` : `,\n${" ".repeat(PREFIX.length)}${suffix}`;
    used = fits ? used + suffix.length + 2 : PREFIX.length + suffix.length;
  }
  return `${whole})`;
}
