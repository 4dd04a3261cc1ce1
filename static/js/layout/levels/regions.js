/**
 * Folded and unfolded operations as blocks: unfolded ones that share a tensor are one region, every folded one is a block
 * of its own, and so is a collapsed group. Blocks never wait for each other in a circle.
 */

/**
 * @typedef {import("../../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("../graph.js").Graph} Graph
 *
 * @typedef {object} Group  Operations that are shown as one chip while all of them are folded.
 * @property {string} key
 * @property {string} label
 * @property {number[]} ops
 *
 * @typedef {object} Block
 * @property {string} key
 * @property {boolean} open       a region, drawn element by element
 * @property {TraceOp[]} ops      in program order
 * @property {string | null} label  of a collapsed group
 *
 * @typedef {object} Partition
 * @property {Block[]} blocks                in program order
 * @property {Map<number, Block>} byOp
 * @property {Map<number, Block>} homes      by tensor: the region that shows its elements
 */

/**
 * @param {Graph} graph
 * @param {ReadonlySet<number>} open    unfolded operations
 * @param {Group[]} [groups]            an operation is in one of them at most
 * @returns {Partition}
 */
export function partition(graph, open, groups = []) {
  const opened = new Set(open);
  for (;;) {
    const found = blocksOf(graph, opened, groups);
    const knot = circles(found.blocks, followers(graph, found)).flat();
    if (!knot.length) return found;
    for (const op of knot.flatMap((block) => block.ops)) opened.add(op.id);
  }
}

/**
 * @param {Graph} graph
 * @param {Set<number>} opened
 * @param {Group[]} groups
 * @returns {Partition}
 */
function blocksOf(graph, opened, groups) {
  const shown = new Set(
    graph.members.filter(({ tensor }) => !tensor.constant).map(({ tensor }) => tensor.id),
  );
  /** @type {Map<number, Block>} */
  const homes = new Map();
  /** @type {Map<number, Block>} */
  const byOp = new Map();
  /** @type {Set<Block>} */
  const blocks = new Set();
  const closed = groups.filter((group) => !group.ops.some((op) => opened.has(op)));
  const grouped = new Map(closed.flatMap((group) => group.ops.map((op) => [op, group])));
  /** @type {Map<Group, Block>} */
  const collapsed = new Map();
  for (const op of graph.ops) {
    const group = grouped.get(op.id);
    const known = group && collapsed.get(group);
    const block = known ?? {
      key: `b${op.id}`,
      open: opened.has(op.id),
      ops: [],
      label: group?.label ?? null,
    };
    block.ops.push(op);
    blocks.add(block);
    byOp.set(op.id, block);
    if (group) collapsed.set(group, block);
    if (block.open) gather(block, op, { shown, homes, byOp, blocks });
  }
  return { blocks: [...blocks], byOp, homes };
}

/**
 * The region takes in every earlier one that shows a tensor of its operation.
 * @param {Block} block
 * @param {TraceOp} op
 * @param {{shown: Set<number>, homes: Map<number, Block>, byOp: Map<number, Block>, blocks: Set<Block>}} all
 */
function gather(block, op, { shown, homes, byOp, blocks }) {
  const tensors = [...op.inputs, ...op.outputs].filter((id) => shown.has(id));
  for (const id of tensors) {
    const other = homes.get(id);
    if (other && other !== block) {
      block.ops = [...other.ops, ...block.ops].sort((a, b) => a.id - b.id);
      block.key = `b${block.ops[0].id}`;
      blocks.delete(other);
      for (const moved of other.ops) byOp.set(moved.id, block);
      for (const [tensor, home] of homes) if (home === other) homes.set(tensor, block);
    }
    homes.set(id, block);
  }
}

/**
 * Which blocks need what a block makes or shows. What no operation of the graph made can be named twice, so it makes
 * nobody wait.
 * @param {Graph} graph
 * @param {Partition} found
 * @returns {Map<Block, Set<Block>>}
 */
export function followers(graph, { byOp, homes, blocks }) {
  const makers = new Map(graph.ops.flatMap((op) => op.outputs.map((id) => [id, op.id])));
  /** @type {Map<Block, Set<Block>>} */
  const after = new Map(blocks.map((block) => [block, new Set()]));
  /** @param {Block | undefined} from @param {Block | undefined} to */
  const link = (from, to) => {
    if (from && to && from !== to) after.get(from)?.add(to);
  };
  for (const [tensor, maker] of makers) link(byOp.get(maker), homes.get(tensor));
  for (const op of graph.ops)
    for (const id of op.inputs) {
      const maker = makers.get(id);
      if (maker !== undefined) link(homes.get(id) ?? byOp.get(maker), byOp.get(op.id));
    }
  return after;
}

/**
 * Sets of blocks that wait for each other.
 * @param {Block[]} blocks
 * @param {Map<Block, Set<Block>>} after
 * @returns {Block[][]}
 */
function circles(blocks, after) {
  const reach = new Map(blocks.map((block) => [block, reachable(block, after)]));
  return blocks
    .map((block) => blocks.filter((other) => reach.get(block)?.has(other) && reach.get(other)?.has(block)))
    .filter((circle) => circle.length > 0);
}

/**
 * Everything that comes after a block; the block itself only if it waits for itself.
 * @param {Block} start
 * @param {Map<Block, Set<Block>>} after
 */
export function reachable(start, after) {
  /** @type {Set<Block>} */
  const seen = new Set();
  const waiting = [...(after.get(start) ?? [])];
  for (let block = waiting.pop(); block; block = waiting.pop()) {
    if (seen.has(block)) continue;
    seen.add(block);
    waiting.push(...(after.get(block) ?? []));
  }
  return seen;
}
