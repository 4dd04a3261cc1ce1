/** The picture of a moment at its level of detail. Where operations are folded, the layouter's answer is awaited once. */

import { collapsedGroups, groupId } from "../layout/levels/collapsed.js";
import { edgesOf } from "../layout/edges.js";
import { elkGraph, insidesOf } from "../layout/levels/elk-graph.js";
import { READABLE, scaleOf } from "../layout/fitting.js";
import { foldedLayout } from "../layout/levels/folded.js";
import { nestsOf } from "../layout/levels/nests.js";
import { unfolded } from "../layout/levels/unfolding.js";
import { wiringOf } from "../layout/levels/wiring.js";
import { cutsOf } from "../layout/versions.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../layout/levels/elk-graph.js").ElkNode} ElkNode
 * @typedef {import("../layout/levels/unfolding.js").View} View
 * @typedef {import("../layout/levels/unfolding.js").Level} Level
 *
 * @typedef {(graph: ElkNode) => Promise<ElkNode>} Ask  the layouter
 *
 * @typedef {object} Shown
 * @property {Picture | null} picture         null when there is nothing to draw, or while it is laid out
 * @property {Promise<void> | null} waiting   resolves when the same question has its picture
 * @property {Level | null} level             null when there is nothing to draw
 * @property {number} open                    unfolded operations
 * @property {number} total
 */

/** What the layouter said. Geometry comes from operations and tensors alone, which a derived trace shares. @type {WeakMap<object, Map<string, ElkNode | Promise<void>>>} */
const answers = new WeakMap();
/** By trace.ops; a derived trace takes over the geometry. @type {WeakMap<object, Map<string, Picture>>} */
const pictures = new WeakMap();

/**
 * @param {State} state
 * @param {View} view      the canvas
 * @param {Picture} whole  with all operations unfolded
 * @param {Ask} ask
 * @returns {Shown}
 */
export function levelPicture(state, view, whole, ask) {
  const level = levelOf(state, view, whole);
  const { open, groups } = foldsOf(state, view, whole, level);
  const told = { level, open: open.size, total: whole.graph.ops.length };
  if (open.size === told.total) return { ...told, picture: whole, waiting: null };
  return { ...told, ...foldedPicture(whole, open, groups, ask) };
}

/** @typedef {{open: Set<number>, groups: import("../layout/levels/regions.js").Group[]}} Folds */

/** Asked on every drawing, so it is thought out once. @type {WeakMap<object, Map<string, Folds>>} */
const decided = new WeakMap();

/**
 * What is unfolded at this moment, and which groups are one chip.
 * @param {State} state
 * @param {View} view
 * @param {Picture} whole
 * @param {Level} level
 * @returns {Folds}
 */
function foldsOf(state, view, whole, level) {
  const { trace, graph } = whole;
  const current = currentOperation(state, whole);
  const known = decided.get(trace.ops) ?? new Map();
  decided.set(trace.ops, known);
  const key = JSON.stringify([graph.key, level, current, view.width, view.height, state.unfolded]);
  const before = known.get(key);
  if (before) return before;
  const groups = closedGroups(state, whole, current);
  const wish = { level, chosen: state.unfolded, current, view, groups };
  const folds = { open: unfolded(trace, graph, wish), groups };
  known.set(key, folds);
  return folds;
}

/**
 * What the reader chose; else every element where that can be read, or where a write in place has cut wires, which only
 * elements show; and where not, what is going on now.
 * @param {Pick<State, "level">} state
 * @param {View} view
 * @param {Picture} whole
 * @returns {Level}
 */
function levelOf({ level }, view, { layout, cuts }) {
  if (level) return level;
  if (cuts.length) return "elements";
  const single = [...layout.boxes.values()].every(
    ({ member, size }) => member.role === "grey" || size.mode !== "card",
  );
  return single && scaleOf(layout.bounds, view) >= READABLE ? "elements" : "mixed";
}

/**
 * Calls and repetitions that the reader has not unfolded.
 * @param {Pick<State, "sources" | "unfolded">} state
 * @param {Picture} whole
 * @param {number | null} current
 */
function closedGroups({ sources, unfolded: chosen }, { graph }, current) {
  return collapsedGroups(graph.ops, sources, current).filter((group) => !chosen[groupId(group)]);
}

/**
 * The operation that a step is about: its own, else the end of the walk that it belongs to.
 * @param {Pick<State, "steps" | "step">} state
 * @param {Picture} whole
 */
function currentOperation({ steps, step }, { graph }) {
  const now = steps[step];
  if (now?.op !== null && now?.op !== undefined) return now.op;
  // Layers are met as a row of chips: none of them is the one that a whole call is about.
  if (graph.ops.some((op) => op.layer)) return null;
  const shown = graph.walk.filter((id) => graph.ops.some((op) => op.id === id));
  return (now?.kind === "accumulate" ? shown.at(-1) : shown[0]) ?? null;
}

/**
 * @param {Picture} whole
 * @param {Set<number>} open
 * @param {import("../layout/levels/regions.js").Group[]} groups
 * @param {Ask} ask
 * @returns {Pick<Shown, "picture" | "waiting">}
 */
function foldedPicture(whole, open, groups, ask) {
  const { trace, graph } = whole;
  const key = [
    graph.key,
    whole.layout.tight,
    [...open].sort((a, b) => a - b),
    groups.map((group) => group.ops),
  ].join(" | ");
  const own = pictures.get(trace.ops) ?? new Map();
  pictures.set(trace.ops, own);
  const known = own.get(key);
  if (known) {
    const picture = known.trace === trace ? known : { ...known, trace };
    own.set(key, picture);
    return { picture, waiting: null };
  }
  const wiring = wiringOf(graph, open, groups);
  const tight = whole.layout.tight;
  const insides = insidesOf(trace, graph, wiring, tight);
  const nests = nestsOf(trace, graph, wiring);
  const said = answers.get(trace.ops) ?? new Map();
  answers.set(trace.ops, said);
  const answer = said.get(key);
  if (!(answer && "id" in answer)) {
    const waiting = answer ?? ask(elkGraph(wiring, insides, nests)).then((node) => void said.set(key, node));
    said.set(key, waiting);
    return { picture: null, waiting };
  }
  const layout = foldedLayout(wiring, insides, answer, tight, nests);
  const picture = { ...whole, layout, lines: edgesOf(graph, layout), cuts: cutsOf(trace, graph, layout) };
  own.set(key, picture);
  return { picture, waiting: null };
}
