/** The timeline's groups: stretches of forward, and each backward call; long ones fold around the current step. */

/**
 * @typedef {import("./steps.js").Step} Step
 * @typedef {{type: "step", index: number}} StepItem
 * @typedef {{type: "fold", from: number, to: number}} FoldItem  steps from … to, both included
 * @typedef {{call: number | null, from: number, to: number, items: (StepItem | FoldItem)[]}} Group
 */

/** A group of up to this many steps is shown in full, as long as the timeline has room. */
const WHOLE = 14;
/** Steps shown on each side of the current one in a longer group. */
const AROUND = 5;
/** Steps beyond which only the current group is unfolded. */
const CROWDED = 60;

/**
 * @param {Step[]} steps
 * @param {number} current
 * @param {Set<number>} open   first steps of groups that the reader unfolded
 * @returns {Group[]}
 */
export function timelineGroups(steps, current, open) {
  const crowded = steps.length > CROWDED;
  return stretches(steps).map(({ call, from, to }) => {
    const here = current >= from && current <= to;
    const length = to - from + 1;
    if (open.has(from) || (length <= WHOLE && (here || !crowded))) {
      return { call, from, to, items: range(from, to) };
    }
    if (!here) return { call, from, to, items: folded(from, to) };
    const first = Math.max(from, current - AROUND);
    const last = Math.min(to, current + AROUND);
    return {
      call,
      from,
      to,
      items: [...folded(from, first - 1), ...range(first, last), ...folded(last + 1, to)],
    };
  });
}

/**
 * Neighbouring steps of the same pass.
 * @param {Step[]} steps
 * @returns {{call: number | null, from: number, to: number}[]}
 */
export function stretches(steps) {
  /** @type {{call: number | null, from: number, to: number}[]} */
  const list = [];
  steps.forEach((step, index) => {
    const open = list.at(-1);
    if (open && open.call === step.call) open.to = index;
    else list.push({ call: step.call, from: index, to: index });
  });
  return list;
}

/** @param {number} from @param {number} to @returns {StepItem[]} */
function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_, i) => ({ type: "step", index: from + i }));
}

/** A fold of one step would take the room of that step. @param {number} from @param {number} to */
function folded(from, to) {
  if (to < from) return [];
  /** @type {(StepItem | FoldItem)[]} */
  const items = to - from < 1 ? range(from, to) : [{ type: "fold", from, to }];
  return items;
}

/**
 * Where a run opens: the end of the last backward call, or of forward when there is none.
 * @param {Step[]} steps
 * @returns {number} −1 without steps
 */
export function openingStep(steps) {
  const last = steps.findLastIndex((step) => step.call !== null);
  return last >= 0 ? last : steps.length - 1;
}
