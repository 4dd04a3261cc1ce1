/**
 * Names of things that are shown in several places at once. A mark carries them in `data-link`, separated by spaces, the
 * first being what it is itself; pointing at one lights every mark that carries that name.
 */

/**
 * An edge: its line, its chip, its pill, its cell of the Jacobian, its term of the sum.
 * @param {number} op        id
 * @param {number} relation  position in the operation's relations
 * @param {number} edge      position in the relation's edges
 */
export function edgeLink(op, relation, edge) {
  return `e:${op}.${relation}.${edge}`;
}

/**
 * An element: its node or tile, its row or column of a table, its slot of a drawer.
 * @param {number} tensor  id
 * @param {number} element flat position
 */
export function elementLink(tensor, element) {
  return `n:${tensor}.${element}`;
}

/**
 * A tensor: the head of its column or its card, and where the code makes it.
 * @param {number} tensor  id
 */
export function tensorLink(tensor) {
  return `t:${tensor}`;
}

/**
 * An operation: its chip, its steps on the timeline, its characters in the code.
 * @param {number} op  id
 */
export function operationLink(op) {
  return `o:${op}`;
}

/**
 * A backward call: its group of steps on the timeline, its bookings in drawers.
 * @param {number} call  position in trace.backward
 */
export function callLink(call) {
  return `b:${call}`;
}

/**
 * @param {string} link
 * @returns {{op: number, relation: number, edge: number} | null} the edge that it names
 */
export function linkedEdge(link) {
  const parts = /^e:(\d+)\.(\d+)\.(\d+)$/.exec(link);
  return parts ? { op: Number(parts[1]), relation: Number(parts[2]), edge: Number(parts[3]) } : null;
}

/**
 * @param {string} link
 * @returns {{tensor: number, element: number} | null} the element that it names
 */
export function linkedElement(link) {
  const parts = /^n:(\d+)\.(\d+)$/.exec(link);
  return parts ? { tensor: Number(parts[1]), element: Number(parts[2]) } : null;
}
