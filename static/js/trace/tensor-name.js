/** What running text calls a tensor of a picture. */

/**
 * Its own name, else the letter that formulas use, else its source.
 * @param {import("../layout/scene.js").Picture} picture
 * @param {number} id
 */
export function nameOf({ trace, symbols }, id) {
  const tensor = trace.tensors.find((candidate) => candidate.id === id);
  return tensor?.name ?? symbols.get(id)?.text ?? tensor?.label ?? "";
}
