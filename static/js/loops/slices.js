/** What a run takes of a tensor, as code writes it: x[0, :, 2]. Found from the elements alone. */

import { unravel } from "../format.js";

/**
 * The indices that elements take on every axis, where they are all the combinations of these.
 * @param {number[]} elements  flat positions
 * @param {number[]} shape
 * @returns {number[][] | null} null when the elements are no block of the tensor
 */
export function axesOf(elements, shape) {
  /** @type {Set<number>[]} */
  const seen = shape.map(() => new Set());
  for (const element of elements)
    unravel(element, shape).forEach((index, axis) => {
      seen[axis].add(index);
    });
  const axes = seen.map((set) => [...set].sort((a, b) => a - b));
  const combinations = axes.reduce((product, { length }) => product * length, 1);
  return combinations === elements.length ? axes : null;
}

/**
 * The index between the brackets for one axis: a number, ":" or "1:4" or "0:6:2".
 * @param {number[]} indices
 * @param {number} size  of the axis
 * @returns {string | null} null when the indices are no range
 */
export function rangeText(indices, size) {
  const [first, second] = indices;
  if (indices.length === 1) return String(first);
  const step = second - first;
  if (indices.some((index, i) => index !== first + i * step)) return null;
  const last = indices[indices.length - 1] + 1;
  if (step === 1) return indices.length === size ? ":" : `${first || ""}:${last}`;
  return `${first || ""}:${last >= size ? "" : last}:${step}`;
}

/**
 * @param {string} name
 * @param {number[]} elements
 * @param {number[]} shape
 * @returns {string | null} such as "x[0, :, 2]"; the name alone for a scalar or for all of it; null for no slice
 */
export function sliceText(name, elements, shape) {
  const axes = axesOf(elements, shape);
  const texts = axes?.map((indices, axis) => rangeText(indices, shape[axis])) ?? [null];
  if (texts.includes(null)) return null;
  return texts.every((text) => text === ":") ? name : `${name}[${texts.join(", ")}]`;
}
