/** Where the stacked slots stand: close to what they are joined with, never on each other. */

/**
 * @typedef {object} Item  One slot to be placed in its column.
 * @property {string} key
 * @property {number} height   everything that it covers, header included
 * @property {number} anchor   the line, from its top, that wants to meet its neighbours' anchors
 * @property {number} weight   how much it resists
 * @property {number} gap      free space wanted above it
 */

/**
 * Tops that come closest to the wishes, in the given order and without overlap: isotonic regression by pooling
 * adjacent violators (exact for the weighted sum of squares).
 * @param {Item[]} items
 * @param {number[]} wishes  wanted top of each item
 * @returns {number[]} tops
 */
export function settle(items, wishes) {
  const offsets = [0];
  for (let i = 1; i < items.length; i += 1) offsets.push(offsets[i - 1] + items[i - 1].height + items[i].gap);
  /** @type {{sum: number, weight: number, size: number}[]} */
  const pools = [];
  items.forEach((item, i) => {
    let pool = { sum: (wishes[i] - offsets[i]) * item.weight, weight: item.weight, size: 1 };
    for (
      let last = pools.at(-1);
      last && last.sum / last.weight >= pool.sum / pool.weight;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = { sum: last.sum + pool.sum, weight: last.weight + pool.weight, size: last.size + pool.size };
    }
    pools.push(pool);
  });
  return pools
    .flatMap((pool) => new Array(pool.size).fill(pool.sum / pool.weight))
    .map((base, i) => base + offsets[i]);
}

/**
 * Tops of all slots, column by column, after a few sweeps in which every slot is pulled to its neighbours' anchors.
 * @param {Item[][]} columns
 * @param {Map<string, Set<string>>} links
 * @returns {Map<string, number>}
 */
export function place(columns, links) {
  /** @type {Map<string, number>} */
  const anchors = new Map();
  const items = new Map(columns.flat().map((item) => [item.key, item]));
  for (const column of columns)
    keep(
      column,
      settle(
        column,
        column.map((item) => -item.anchor),
      ),
      anchors,
    );
  for (let sweep = 0; sweep < 6; sweep += 1) {
    const order = sweep % 2 ? [...columns].reverse() : columns;
    for (const column of order)
      keep(
        column,
        settle(
          column,
          column.map((item) => wish(item, items, anchors, links)),
        ),
        anchors,
      );
  }
  return new Map([...items].map(([key, item]) => [key, crisp((anchors.get(key) ?? 0) - item.anchor)]));
}

/** Half pixels, so that lines and letters stay sharp. @param {number} y */
function crisp(y) {
  return Math.round(y * 2) / 2;
}

/** @param {Item[]} column @param {number[]} tops @param {Map<string, number>} anchors */
function keep(column, tops, anchors) {
  column.forEach((item, i) => {
    anchors.set(item.key, tops[i] + item.anchor);
  });
}

/**
 * @param {Item} item
 * @param {Map<string, Item>} items
 * @param {Map<string, number>} anchors
 * @param {Map<string, Set<string>>} links
 */
function wish(item, items, anchors, links) {
  let sum = 0;
  let weight = 0;
  for (const key of links.get(item.key) ?? []) {
    const pull = items.get(key)?.weight ?? 0;
    sum += (anchors.get(key) ?? 0) * pull;
    weight += pull;
  }
  return (weight ? sum / weight : (anchors.get(item.key) ?? 0)) - item.anchor;
}
