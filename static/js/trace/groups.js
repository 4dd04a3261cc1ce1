/** The timeline's groups: stretches of forward, and each backward call; what would not fit folds, never the current step. */

/**
 * @typedef {import("./steps.js").Step} Step
 * @typedef {{type: "step", index: number}} StepItem
 * @typedef {{type: "fold", from: number, to: number, label: string | null}} FoldItem  steps from … to, both included; the
 *   label where all of them have the same
 * @typedef {StepItem | FoldItem} Item
 * @typedef {{call: number | null, derives?: number, from: number, to: number}} Stretch
 * @typedef {Stretch & {folded: boolean, items: Item[]}} Group
 *
 * @typedef {object} Folding  What the reader folded and unfolded.
 * @property {Map<number, boolean>} groups  by first step of a group: folded or not, against what it does by itself
 * @property {Set<number>} opened           steps whose fold was opened
 */

/** A group of up to this many steps is shown in full, as long as the timeline has room. */
const WHOLE = 14;
/** Items shown on each side of the current one in a longer group. */
const AROUND = 5;
/** Steps beyond which only the current group is unfolded. */
const CROWDED = 60;
/** So many equal steps in a row are told as one with its number. */
const RUN = 3;

/**
 * @param {Step[]} steps
 * @param {number} current
 * @param {Folding} folding
 * @returns {Group[]}
 */
export function timelineGroups(steps, current, folding) {
  const crowded = steps.length > CROWDED;
  return stretches(steps).map((stretch) => {
    const { from, to } = stretch;
    const here = current >= from && current <= to;
    const folded = folding.groups.get(from) ?? ((crowded || isAside(steps, stretch)) && !here);
    if (folded) return { ...stretch, folded, items: [{ type: "fold", from, to, label: null }] };
    const short = to - from < WHOLE || folding.opened.has(from);
    const items = short ? range(from, to) : foldedItems(steps, stretch, here ? current : null, folding);
    return { ...stretch, folded, items };
  });
}

/**
 * A long group: equal steps in a row become one; if that is still too long, only what is near the current step stays.
 * @param {Step[]} steps
 * @param {Stretch} stretch
 * @param {number | null} current  null when it is in another group
 * @param {Folding} folding
 * @returns {Item[]}
 */
function foldedItems(steps, { from, to }, current, { opened }) {
  /** @type {Item[]} */
  const items = [];
  for (let first = from; first <= to; ) {
    let last = first;
    while (last < to && steps[last + 1].label === steps[first].label) last += 1;
    items.push(...runItems(steps[first].label, first, last, current, opened));
    first = last + 1;
  }
  const asked = [...opened].some((step) => step >= from && step <= to);
  return asked || items.length <= WHOLE ? items : near(items, current);
}

/**
 * @param {string} label
 * @param {number} from
 * @param {number} to
 * @param {number | null} current
 * @param {Set<number>} opened
 * @returns {Item[]}
 */
function runItems(label, from, to, current, opened) {
  const open = to - from + 1 < RUN || [...opened].some((step) => step >= from && step <= to);
  if (open) return range(from, to);
  if (current === null || current < from || current > to) return folded(from, to, label);
  return [...folded(from, current - 1, label), ...range(current, current), ...folded(current + 1, to, label)];
}

/**
 * The items around the current step, and one fold on each side for the others.
 * @param {Item[]} items
 * @param {number | null} current
 * @returns {Item[]}
 */
function near(items, current) {
  const [start, end] = [first(items[0]), last(items[items.length - 1])];
  if (current === null) return folded(start, end, null);
  const here = items.findIndex((item) => item.type === "step" && item.index === current);
  const shown = items.slice(Math.max(0, here - AROUND), here + AROUND + 1);
  return [
    ...folded(start, first(shown[0]) - 1, null),
    ...shown,
    ...folded(last(shown[shown.length - 1]) + 1, end, null),
  ];
}

/** @param {Item} item */
function first(item) {
  return item.type === "step" ? item.index : item.from;
}

/** @param {Item} item */
function last(item) {
  return item.type === "step" ? item.index : item.to;
}

/**
 * Neighbouring steps of the same pass.
 * @param {Step[]} steps
 * @returns {Stretch[]}
 */
export function stretches(steps) {
  /** @type {Stretch[]} */
  const list = [];
  steps.forEach((step, index) => {
    const open = list.at(-1);
    if (open && open.call === step.call && open.derives === step.derives) open.to = index;
    else list.push({ call: step.call, from: index, to: index, ...graphOf(step) });
  });
  return list;
}

/** What a call under create_graph ran stands apart from forward. @param {Step} step */
function graphOf({ derives }) {
  return derives === undefined ? {} : { derives };
}

/**
 * The graph of a backward call is there on demand, unless a later call walks through it.
 * @param {Step[]} steps
 * @param {Stretch} stretch
 */
function isAside(steps, { derives, from, to }) {
  if (derives === undefined) return false;
  const own = new Set(steps.slice(from, to + 1).map(({ op }) => op));
  return !steps.some((step) => step.kind === "backward" && own.has(step.op));
}

/** @param {number} from @param {number} to @returns {StepItem[]} */
function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_, i) => ({ type: "step", index: from + i }));
}

/**
 * A fold of one step would take the room of that step.
 * @param {number} from
 * @param {number} to
 * @param {string | null} label
 * @returns {Item[]}
 */
function folded(from, to, label) {
  if (to < from) return [];
  return to === from ? range(from, to) : [{ type: "fold", from, to, label }];
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

/**
 * Where in a group a place along its shown items is, for a pointer that is dragged over them.
 * @param {Item} item
 * @param {number} share  0 at its left end, 1 at its right end
 * @returns {{step: number, part: number}} the step, and the share of the step that has passed
 */
export function placeIn(item, share) {
  const part = Math.min(0.999, Math.max(0, share));
  if (item.type === "step") return { step: item.index, part };
  const place = item.from + part * (item.to - item.from + 1);
  return { step: Math.floor(place), part: place - Math.floor(place) };
}
