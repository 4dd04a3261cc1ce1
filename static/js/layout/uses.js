/** How many copies of an element an operation makes: broadcast operands, expand, repeat, an index met twice. */

/**
 * @param {import("./graph.js").Graph} graph
 * @returns {Map<string, number>} by "tensor element", only where there are several
 */
export function usesIn({ ops }) {
  /** @type {Map<string, number>} */
  const uses = new Map();
  for (const op of ops) {
    for (const relation of op.relations) {
      if (!relation.carries || relation.kind !== "one-to-many") continue;
      for (const input of relation.edges?.input ?? []) {
        const key = `${op.inputs[relation.input]} ${input}`;
        uses.set(key, (uses.get(key) ?? 0) + 1);
      }
    }
  }
  return new Map([...uses].filter(([, count]) => count > 1));
}
