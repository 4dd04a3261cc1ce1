/** The picture with folded operations as a plain graph: what stands in it, and which wires join it. */

import { followers, partition, reachable } from "./regions.js";

/**
 * @typedef {import("../graph.js").Graph} Graph
 * @typedef {import("../graph.js").Member} Member
 * @typedef {import("./regions.js").Block} Block
 * @typedef {import("./regions.js").Partition} Partition
 *
 * @typedef {object} Item  A card, a chip, a region, or the bare name of a tensor that is shown elsewhere.
 * @property {string} key
 * @property {"card" | "chip" | "region" | "name"} kind
 * @property {Member | null} member  of a card or a name
 * @property {Block | null} block    of a chip or a region
 *
 * @typedef {object} Wire
 * @property {string} key
 * @property {number} tensor
 * @property {string} from    key of an item
 * @property {string} to
 * @property {boolean} grey   no score ever runs along it
 *
 * @typedef {{items: Item[], wires: Wire[], partition: Partition}} Wiring
 */

/**
 * Cards stand for leaves, roots and named results; a result without a name is only a wire.
 * @param {Graph} graph
 * @param {ReadonlySet<number>} open  unfolded operations
 * @param {import("./regions.js").Group[]} [groups]
 * @returns {Wiring}
 */
export function wiringOf(graph, open, groups = []) {
  const parts = partition(graph, open, groups);
  /** @type {Map<string, Item>} */
  const items = new Map();
  for (const block of parts.blocks) {
    const key = block.key;
    items.set(key, { key, kind: block.open ? "region" : "chip", member: null, block });
  }
  /** @type {Wire[]} */
  const wires = [];
  const after = followers(graph, parts);
  for (const member of graph.members.filter(({ tensor }) => !tensor.constant)) {
    const ends = endsOf(graph, parts, member);
    if (ends.inside) continue;
    const source = sourceOf(graph, parts, member, items);
    if (ends.maker && source !== ends.maker.key) wires.push(wire(member, ends.maker.key, source, 0));
    ends.users.forEach((user, i) => {
      const from = nameAhead(source, user, member, parts, after, items);
      wires.push(wire(member, from, user.key, i));
    });
  }
  return { items: [...items.values()], wires, partition: parts };
}

/** @param {Member} member @param {string} from @param {string} to @param {number} nth @returns {Wire} */
function wire({ tensor, role }, from, to, nth) {
  return { key: `${tensor.id} ${from} ${to} ${nth}`, tensor: tensor.id, from, to, grey: role === "grey" };
}

/**
 * The block that makes a tensor and those that use it elsewhere; an operation that takes it twice is named twice.
 * @param {Graph} graph
 * @param {Partition} parts
 * @param {Member} member
 */
function endsOf(graph, { byOp, homes }, { tensor }) {
  const home = homes.get(tensor.id);
  const made = graph.ops.find((op) => op.outputs.includes(tensor.id));
  const maker = made && byOp.get(made.id);
  /** @type {Block[]} */
  const users = [];
  for (const op of graph.ops) {
    const user = byOp.get(op.id);
    const uses = op.inputs.filter((id) => id === tensor.id);
    if (!user || !uses.length || user === home || user === maker) continue;
    if (user.label === null) users.push(...uses.map(() => user));
    else if (!users.includes(user)) users.push(user);
  }
  const inside = Boolean(
    maker && maker !== home && !home && !users.length && !graph.roots.includes(tensor.id),
  );
  return { maker: maker === home ? undefined : maker, users, inside: inside && usedAtAll(graph, tensor.id) };
}

/** @param {Graph} graph @param {number} tensor */
function usedAtAll(graph, tensor) {
  return graph.ops.some((op) => op.inputs.includes(tensor));
}

/**
 * Where a tensor's wires begin: its region, its card, or the chip that made it.
 * @param {Graph} graph
 * @param {Partition} parts
 * @param {Member} member
 * @param {Map<string, Item>} items
 */
function sourceOf(graph, { byOp, homes }, member, items) {
  const { tensor } = member;
  const home = homes.get(tensor.id);
  if (home) return home.key;
  const made = graph.ops.find((op) => op.outputs.includes(tensor.id));
  const bare =
    made && tensor.name === null && usedAtAll(graph, tensor.id) && !graph.roots.includes(tensor.id);
  if (bare) return /** @type {Block} */ (byOp.get(made.id)).key;
  const key = `t${tensor.id}`;
  items.set(key, { key, kind: "card", member, block: null });
  return key;
}

/**
 * A leaf that stands in a region and is also used before it: its bare name stands there, so that no wire runs back.
 * @param {string} source
 * @param {Block} user
 * @param {Member} member
 * @param {Partition} parts
 * @param {Map<Block, Set<Block>>} after
 * @param {Map<string, Item>} items
 */
function nameAhead(source, user, member, { homes }, after, items) {
  const home = homes.get(member.tensor.id);
  if (!home || home.key !== source) return source;
  if (!reachable(user, after).has(home)) {
    after.get(home)?.add(user);
    return source;
  }
  const key = `n${member.tensor.id} ${user.key}`;
  items.set(key, { key, kind: "name", member, block: null });
  return key;
}
