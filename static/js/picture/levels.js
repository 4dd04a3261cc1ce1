/** What the reader can do about the level of detail. */

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../layout/levels/unfolding.js").Level} Level
 */

/** @type {Level[]} */
export const LEVELS = ["tensors", "mixed", "elements"];

/**
 * A level is a fresh start: what was unfolded or folded by hand before is forgotten.
 * @param {Store} store
 * @param {Level} level
 */
export function chooseLevel(store, level) {
  store.set({ level, unfolded: {} });
}

/**
 * The next level, and after the last the first.
 * @param {Store} store
 */
export function nextLevel(store) {
  const { level } = store.get();
  chooseLevel(store, LEVELS[((level ? LEVELS.indexOf(level) : -1) + 1) % LEVELS.length]);
}

/**
 * Unfolds or folds operations by hand, whatever the level says about them.
 * @param {Store} store
 * @param {number[]} ops
 * @param {boolean} open
 */
export function unfold(store, ops, open) {
  const chosen = Object.fromEntries(ops.map((op) => [op, open]));
  store.set({ unfolded: { ...store.get().unfolded, ...chosen } });
}
