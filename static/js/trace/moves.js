/** Walking along the timeline: call > operation > beat. A backward operation has four beats, every other step only the last. */

import { stretches } from "./groups.js";

/**
 * @typedef {import("./steps.js").Step} Step
 * @typedef {0 | 1 | 2 | 3} Beat   0 green has its score, 1 copies leave, 2 past the gate, 3 landed and added
 * @typedef {{step: number, beat: Beat, part?: number | null}} Position  part: which of several parts of the step walks;
 *   null when all of them go at once, and when the last one has landed
 * @typedef {(step: Step | undefined) => number} PartCount
 * @typedef {"first" | "last" | "back" | "forward" | "operationBack" | "operationForward" | "callBack" | "callForward"} Move
 */

/** @type {Beat} */
export const LANDED = 3;

/**
 * The beat that a step begins with.
 * @param {Step | undefined} step
 * @returns {Beat}
 */
export function firstBeat(step) {
  return step?.kind === "backward" ? 0 : LANDED;
}

/**
 * The place where a key or button leads to.
 * @param {Step[]} steps
 * @param {Position} at
 * @param {Move} move  back and forward go one beat
 * @param {PartCount} [parts]  how many parts a step walks in, one after the other
 * @returns {Position}
 */
export function moved(steps, at, move, parts = () => 1) {
  const end = steps.length - 1;
  const begin = Math.min(0, end);
  if (move === "first") return landed(begin);
  if (move === "last") return landed(end);
  if (move === "forward") return beatForward(steps, at, parts);
  if (move === "back") return beatBack(steps, at, parts);
  if (move === "operationForward")
    return landed(isUnderWay(steps, at) ? at.step : Math.min(end, at.step + 1));
  if (move === "operationBack") return landed(Math.max(begin, at.step - 1));
  return landed(callMove(steps, at.step, move));
}

/** @param {number} step @returns {Position} */
function landed(step) {
  return { step, beat: LANDED, part: null };
}

/** @param {Step[]} steps @param {Position} at */
function isUnderWay(steps, { step, beat, part = null }) {
  return firstBeat(steps[step]) < LANDED && (beat < LANDED || part !== null);
}

/** @param {Step[]} steps @param {Position} at @param {PartCount} parts @returns {Position} */
function beatForward(steps, at, parts) {
  const { step, beat, part = null } = at;
  if (!isUnderWay(steps, at)) {
    const next = Math.min(steps.length - 1, step + 1);
    if (next === step) return at;
    const first = firstBeat(steps[next]);
    return { step: next, beat: first, part: first < LANDED && parts(steps[next]) > 1 ? 0 : null };
  }
  if (beat === LANDED) return { step, beat: 0, part: (part ?? 0) + 1 };
  const last = part === null || part >= parts(steps[step]) - 1;
  const to = /** @type {Beat} */ (beat + 1);
  return { step, beat: to, part: to === LANDED && last ? null : part };
}

/** @param {Step[]} steps @param {Position} at @param {PartCount} parts @returns {Position} */
function beatBack(steps, { step, beat, part = null }, parts) {
  if (step >= 0 && firstBeat(steps[step]) < LANDED) {
    const count = parts(steps[step]);
    const own = beat === LANDED && part === null && count > 1 ? count - 1 : part;
    if (beat > 0) return { step, beat: /** @type {Beat} */ (beat - 1), part: own };
    if (part) return { step, beat: LANDED, part: part - 1 };
  }
  return step > 0 ? landed(step - 1) : landed(Math.min(0, steps.length - 1));
}

/**
 * @param {Step[]} steps
 * @param {number} current
 * @param {"callBack" | "callForward"} move
 * @returns {number}
 */
function callMove(steps, current, move) {
  const groups = stretches(steps);
  const here = groups.findIndex(({ from, to }) => current >= from && current <= to);
  if (move === "callForward") return groups[here + 1]?.from ?? steps.length - 1;
  if (here < 0) return Math.min(0, steps.length - 1);
  return current > groups[here].from ? groups[here].from : (groups[here - 1]?.from ?? groups[here].from);
}

/**
 * What lies between two moments: one beat of an operation, the booking, or the end of a backward call. Null where one
 * jumps.
 * @param {Step[]} steps
 * @param {Position} from
 * @param {Position} to
 * @returns {"beat" | "book" | "call" | null}
 */
export function passageOf(steps, from, to) {
  if (from.step === to.step) {
    const same = (from.part ?? null) === (to.part ?? null) || to.beat === LANDED;
    return same && to.beat === from.beat + 1 ? "beat" : null;
  }
  const [before, after] = [steps[from.step], steps[to.step]];
  if (!before || !after || to.step !== from.step + 1 || before.call === null) return null;
  if (before.call !== after.call) return "call";
  return after.kind === "accumulate" ? "book" : null;
}
