/** What the canvas shows: the whole picture, roomy or tight, with operations folded or not, or one run of an operation. */

import { faultTensors } from "../errors/fault-tensors.js";
import { faultAt } from "../errors/faults.js";
import { faultRings } from "../layout/fault-rings.js";
import { frameOf, needsTight } from "../layout/fitting.js";
import { runPictureOf } from "../layout/runs/run-picture.js";
import { runSceneOf } from "../layout/runs/run-scene.js";
import { sceneOf } from "../layout/scene.js";
import { plainTrace } from "../modules/folded-trace.js";
import { pictureAt } from "./picture.js";
import { levelPicture } from "./level-picture.js";
import { partIn } from "./room.js";
import { runShown } from "../loops/run-view.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {{width: number, height: number, unit?: number}} View  px; unit: see unitOf
 */

/**
 * One run where the reader asked for it, else the whole at its level of detail.
 * @param {State} state
 * @param {View} view
 * @param {import("./level-picture.js").Ask} ask
 * @returns {import("./level-picture.js").Shown}
 */
export function shownPicture(state, view, ask) {
  const whole = wholePicture(state, view);
  if (!whole) return { picture: null, waiting: null, level: null, open: 0, total: 0 };
  if (state.place !== "study") return { picture: whole, waiting: null, level: null, open: 0, total: 0 };
  const shown = runShown(state, whole.graph);
  const run = shown && runPictureOf(whole, shown.op, shown.input, shown.index, state.selection);
  return run
    ? { picture: run, waiting: null, level: null, open: 1, total: 1 }
    : levelPicture(state, view, whole, ask);
}

/**
 * Has the pictures of the operations before and after laid out, so that a step there need not wait.
 * @param {State} state
 * @param {View} view
 * @param {import("./level-picture.js").Ask} ask
 */
export function prepareNeighbours(state, view, ask) {
  const { steps, step } = state;
  const op = steps[step]?.op;
  const after = steps.findIndex((other, k) => k > step && other.op !== op);
  const before = steps.findLastIndex((other, k) => k < step && other.op !== op);
  for (const k of [after, before]) if (k >= 0) shownPicture({ ...state, step: k }, view, ask);
}

/**
 * The roomy picture, or its tight form where the canvas is too low for it.
 * @param {State} state
 * @param {View} view
 */
function wholePicture(state, view) {
  const { trace, steps, step } = state;
  const part = partIn(state);
  const roomy = pictureAt(trace, steps, step, false, part);
  const tight = roomy && needsTight(roomy.layout.bounds, view, frameIn(state, view));
  return tight ? pictureAt(trace, steps, step, true, part) : roomy;
}

/**
 * Scales and margins of the room that the canvas is in.
 * @param {Pick<State, "place">} state
 * @param {View} view
 */
export function frameIn({ place }, { unit = 1, width }) {
  return frameOf(place, unit, width);
}

/**
 * @param {Picture} picture
 * @param {import("../trace/walk.js").Known} known
 * @param {State} state
 */
export function momentOf(picture, known, state) {
  const { run } = picture;
  if (run) return runSceneOf({ ...picture, run }, known, state, state.shade);
  return { ...sceneOf(picture, known, state), faults: ringsOf(picture, state) };
}

/** @param {Picture} picture @param {State} state */
function ringsOf({ layout }, { trace, sources, steps, step, fault: choice }) {
  const fault = faultAt(trace, steps[step] ?? null, choice);
  return trace && fault ? faultRings(layout, faultTensors(trace, sources, fault)) : [];
}

/**
 * Whether a picture has other places than the one before, so that the view must be fitted to it. Another run of the
 * same loop, another step or another gradient leaves everything where it is.
 * @param {Picture | null} next
 * @param {Picture | null} last
 */
export function isAnother(next, last) {
  if (next?.layout === last?.layout) return false;
  if (!next?.run || !last?.run || next.trace.ops !== last.trace.ops) return true;
  const [here, there] = [next.layout.bounds, last.layout.bounds];
  return next.graph.key !== last.graph.key || here.width !== there.width || here.height !== there.height;
}

/**
 * Whether only what is folded differs, operations or whole layers, so that what stays can be seen to go to its new place.
 * @param {Picture | null} last
 * @param {Picture | null} next
 */
export function isRefolded(last, next) {
  if (!last || !next || last.layout === next.layout) return false;
  if (last.trace.ops === next.trace.ops) return last.graph.key === next.graph.key;
  return plainTrace(last.trace).ops === plainTrace(next.trace).ops && last.graph.call === next.graph.call;
}

/**
 * What the reader has just opened, an operation or a layer, so that its beginning is in sight with its name.
 * @param {Picture | null} last
 * @param {Picture | null} next
 * @returns {import("../layout/fitting.js").Bounds | null} null where nothing was opened, or more than one thing
 */
export function openedIn(last, next) {
  if (!last || !next || !isRefolded(last, next)) return null;
  const modules = new Set((last.layout.frames ?? []).map(({ module }) => module));
  const frames = (next.layout.frames ?? []).filter(({ module }) => !modules.has(module));
  if (frames.length) return frames.length === 1 ? frames[0] : null;
  const known = new Set(last.layout.regions.map(({ ops }) => String(ops)));
  const regions = next.layout.regions.filter(({ ops }) => !known.has(String(ops)));
  return regions.length === 1 ? regions[0] : null;
}
