/** Gradients that say something by themselves: the sum, the mean, one row of J, nothing, anything. */

/** @typedef {"ones" | "mean" | "one" | "zeros" | "random"} Preset */

/** @type {Preset[]} */
export const PRESETS = ["ones", "mean", "one", "zeros", "random"];

export const STEP = { coarse: 0.25, fine: 0.01 };
export const MOST = 3;

/**
 * @param {Preset} preset
 * @param {number} count    of the root's elements
 * @param {number} element  the one that is kept by "one"
 * @param {() => number} [chance]  from 0 to 1
 * @returns {number[]}
 */
export function presetValues(preset, count, element, chance = Math.random) {
  /** @type {Record<Preset, (i: number) => number>} */
  const rules = {
    ones: () => 1,
    mean: () => 1 / count,
    one: (i) => (i === element ? 1 : 0),
    zeros: () => 0,
    random: () => snapped((chance() * 2 - 1) * 2, STEP.coarse),
  };
  return Array.from({ length: count }, (_, i) => rules[preset](i));
}

/**
 * The nearest place of the grid, free of the noise of binary fractions.
 * @param {number} value
 * @param {number} step
 */
export function snapped(value, step) {
  const whole = Number((Math.round(value / step) * step).toFixed(2));
  return whole === 0 ? 0 : whole;
}

/** Kept within what a slider reaches. @param {number} value */
export function within(value) {
  return Math.min(MOST, Math.max(-MOST, value));
}

/**
 * A number as a reader types it, with either minus; fractions too.
 * @param {string} text
 * @returns {number | null} null when it is none
 */
export function typedNumber(text) {
  const parts = text.trim().replace(/−/g, "-").split("/");
  const numbers = parts.map((part) =>
    /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(part.trim()) ? Number(part) : Number.NaN,
  );
  const value =
    numbers.length === 2 ? numbers[0] / numbers[1] : numbers.length === 1 ? numbers[0] : Number.NaN;
  return Number.isFinite(value) ? value : null;
}
