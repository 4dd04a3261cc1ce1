/** Which column each tensor stands in, and the lanes that keep long edges clear of the nodes in between. */

/**
 * @typedef {import("./graph.js").Graph} Graph
 *
 * @typedef {object} Slot  One thing stacked in a column: a tensor, or a lane for edges that pass through.
 * @property {string} key
 * @property {number} column
 * @property {number} tensor       the tensor, or the one whose edges pass
 * @property {number | null} lane  the operation that the passing edges go to; null for a tensor
 * @property {boolean} aside       constants stand below what they are used with, and pull on nobody
 */

/** In place of an operation: the lane of a wire that leaves a region. */
export const EXIT = -1;

/**
 * Depth by operations: an output stands one right of its furthest input, a leaf just left of its first use, so that
 * every operation is a two-column diagram of its own; what enters a region stands at its left edge.
 * @param {Graph} graph
 * @returns {Map<number, number>} column by tensor, from 0
 */
export function depths(graph) {
  /** @type {Map<number, number>} */
  const made = new Map();
  /** @type {Map<number, number>} */
  const uses = new Map();
  for (const op of graph.ops) {
    const inputs = op.inputs.map((id) => made.get(id) ?? 0);
    const depth = Math.max(0, ...inputs) + 1;
    for (const id of op.outputs) made.set(id, depth);
    for (const id of op.inputs) uses.set(id, Math.min(uses.get(id) ?? depth, depth));
  }
  for (const id of graph.entries ?? []) made.set(id, 0);
  return new Map(
    graph.members.map(({ tensor }) => [
      tensor.id,
      made.get(tensor.id) ?? Math.max(0, (uses.get(tensor.id) ?? 1) - 1),
    ]),
  );
}

/**
 * The column of an operation's outputs; its band lies just left of it.
 * @param {import("../trace/trace-types.js").TraceOp} op
 * @param {Map<number, number>} columns
 */
export function outputColumn(op, columns) {
  return Math.max(...op.outputs.map((id) => columns.get(id) ?? 0));
}

/**
 * The columns as stacks of slots, ordered so that few edges cross.
 * @param {Graph} graph
 * @param {Map<number, number>} columns
 * @returns {Slot[][]}
 */
export function stacks(graph, columns) {
  const width = Math.max(0, ...columns.values()) + 1;
  /** @type {Slot[][]} */
  const stacked = Array.from({ length: width }, () => []);
  for (const { tensor, role } of graph.members) {
    const column = columns.get(tensor.id) ?? 0;
    const aside = role === "grey" && tensor.constant;
    stacked[column].push({ key: `t${tensor.id}`, column, tensor: tensor.id, lane: null, aside });
  }
  for (const lane of lanes(graph, columns)) stacked[lane.column].push(lane);
  const links = linksOf(graph, columns);
  for (let sweep = 0; sweep < 4; sweep += 1) {
    for (let c = 1; c < width; c += 1) reorder(stacked, c, c - 1, links);
    for (let c = width - 2; c >= 0; c -= 1) reorder(stacked, c, c + 1, links);
  }
  return stacked;
}

/** @param {Graph} graph @param {Map<number, number>} columns @returns {Slot[]} */
function lanes(graph, columns) {
  /** @type {Map<string, Slot>} */
  const found = new Map();
  for (const op of graph.ops) {
    const end = outputColumn(op, columns);
    for (const tensor of op.inputs) {
      for (let column = (columns.get(tensor) ?? 0) + 1; column < end; column += 1) {
        const key = `l${tensor} ${op.id} ${column}`;
        found.set(key, { key, column, tensor, lane: op.id, aside: false });
      }
    }
  }
  const last = Math.max(0, ...columns.values());
  for (const tensor of graph.exits ?? []) {
    for (let column = (columns.get(tensor) ?? 0) + 1; column <= last; column += 1) {
      const key = `l${tensor} ${EXIT} ${column}`;
      found.set(key, { key, column, tensor, lane: EXIT, aside: false });
    }
  }
  return [...found.values()];
}

/**
 * Neighbouring slots that an edge bundle joins, as pairs of keys in both directions.
 * @param {Graph} graph
 * @param {Map<number, number>} columns
 * @returns {Map<string, Set<string>>}
 */
export function linksOf(graph, columns) {
  /** @type {Map<string, Set<string>>} */
  const links = new Map();
  /** @param {string} a @param {string} b */
  const join = (a, b) => {
    links.set(a, (links.get(a) ?? new Set()).add(b));
    links.set(b, (links.get(b) ?? new Set()).add(a));
  };
  for (const op of graph.ops) {
    const end = outputColumn(op, columns);
    for (const tensor of op.inputs) {
      let last = `t${tensor}`;
      for (let column = (columns.get(tensor) ?? 0) + 1; column < end; column += 1) {
        const lane = `l${tensor} ${op.id} ${column}`;
        join(last, lane);
        last = lane;
      }
      for (const output of op.outputs) if (columns.has(output)) join(last, `t${output}`);
    }
  }
  const end = Math.max(0, ...columns.values());
  for (const tensor of graph.exits ?? []) {
    let before = `t${tensor}`;
    for (let column = (columns.get(tensor) ?? 0) + 1; column <= end; column += 1) {
      join(before, `l${tensor} ${EXIT} ${column}`);
      before = `l${tensor} ${EXIT} ${column}`;
    }
  }
  return links;
}

/**
 * Barycentre ordering of one column against a neighbour; slots without a link there keep their place.
 * @param {Slot[][]} stacked
 * @param {number} column
 * @param {number} against
 * @param {Map<string, Set<string>>} links
 */
function reorder(stacked, column, against, links) {
  const places = new Map(
    stacked[against].map((slot, place) => [slot.key, (place + 0.5) / stacked[against].length]),
  );
  const single = stacked[column].filter((slot) => !slot.aside).length <= 1;
  const ranked = stacked[column].map((slot, place) => {
    const near = [...(links.get(slot.key) ?? [])]
      .map((key) => places.get(key))
      .filter((at) => at !== undefined);
    const own = (place + 0.5) / stacked[column].length;
    const rank = near.length ? near.reduce((sum, at) => sum + at, 0) / near.length : own;
    return {
      slot,
      rank: rank + (slot.aside ? (single ? 2 : 2e-3) : 0) + laneRank(slot),
      place,
    };
  });
  ranked.sort((a, b) => a.rank - b.rank || a.place - b.place);
  stacked[column] = ranked.map(({ slot }) => slot);
}

/** Passing edges go below what they are level with, wires that leave a region below everything. @param {Slot} slot */
function laneRank({ lane }) {
  if (lane === null) return 0;
  return lane === EXIT ? 3 : 1e-3;
}
