/** A sum as a row of blocks, each beginning where the one before it ended, with round numbers below. */

/**
 * @typedef {{from: number, to: number, sign: "pos" | "neg" | "zero"}} Block
 * @typedef {{low: number, high: number, blocks: Block[], ticks: number[], total: number}} Waterfall  in the amounts' own unit
 */

const TICKS = 5;

/**
 * @param {number[]} amounts
 * @returns {Waterfall | null} null when nothing can be drawn to scale
 */
export function waterfallOf(amounts) {
  if (!amounts.length || !amounts.every(Number.isFinite)) return null;
  let at = 0;
  const blocks = amounts.map((amount) => {
    const from = at;
    at += amount;
    return { from, to: at, sign: signOf(amount) };
  });
  const ends = [0, ...blocks.map(({ to }) => to)];
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  if (!(high > low) || !Number.isFinite(high - low)) return null;
  return { low, high, blocks, ticks: ticksOf(low, high), total: at };
}

/** @param {number} amount @returns {Block["sign"]} */
function signOf(amount) {
  if (amount === 0) return "zero";
  return amount > 0 ? "pos" : "neg";
}

/**
 * Multiples of 1, 2 or 5 times a power of ten, about five of them.
 * @param {number} low
 * @param {number} high
 */
export function ticksOf(low, high) {
  const rough = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
