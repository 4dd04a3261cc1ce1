/** Numbers of a tensor's own type: rounded as the type holds them, and as the trace writes them. */

/** @typedef {import("../trace/trace-types.js").Scalar} Scalar */

/** Decimals that every float32 survives, and those that tell any two apart. */
const DIGITS = [6, 7, 8, 9];

/**
 * @param {number} value
 * @param {string} dtype  PyTorch's name
 * @returns {number} the nearest number that the type holds
 */
export function rounded(value, dtype) {
  return dtype === "float32" ? Math.fround(value) : value;
}

/**
 * A number as the trace writes it: the shortest decimal that reads back in its type; nan and infinities are words.
 * @param {number} value  one that the type holds
 * @param {string} dtype
 * @returns {Scalar}
 */
export function shortest(value, dtype) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (dtype !== "float32" || Number.isInteger(value)) return value;
  for (const digits of DIGITS) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
