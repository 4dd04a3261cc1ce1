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

/**
 * A name in little room: a dotted one keeps its end, which tells layers apart, any other its beginning.
 * @param {string} name
 * @param {number} room  characters
 */
export function shortName(name, room) {
  if (name.length <= room) return name;
  if (!/^[\p{L}\p{N}_.]+$/u.test(name) || !name.includes(".")) return `${name.slice(0, room - 1)}…`;
  const parts = name.split(".");
  while (parts.length > 1 && parts.join(".").length > room - 1) parts.shift();
  return `…${parts.join(".")}`;
}
