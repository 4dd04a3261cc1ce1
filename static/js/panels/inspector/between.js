/** Asks the server for the Jacobian between two tensors, and keeps what it answered. */

import { requestBetween } from "../../api.js";
import { compositeTable, reachedFrom, tablesOn, waysBetween } from "../../tables/between.js";
import { tableLatex } from "../../tables/table-latex.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../trace/walk.js").Known} Known
 * @typedef {import("../../marks/inspector/between-section.js").Between} Between
 * @typedef {import("../../api.js").BetweenAnswer} BetweenAnswer
 * @typedef {import("../../trace/trace-types.js").TraceOp} TraceOp
 */

const STEPS = 4;

/**
 * @param {() => void} redraw
 * @param {import("../../i18n.js").Translate} t
 */
export function createBetween(redraw, t) {
  /**
   * By the operations that it is about, which an edit of G leaves alone; null: asked, no answer yet.
   * @type {WeakMap<TraceOp[], Map<string, BetweenAnswer | null>>}
   */
  const kept = new WeakMap();
  /** What is wanted now: an answer to anything else is kept, but draws nothing. @type {Map<string, unknown> | null} */
  let wanted = null;
  let wantedKey = "";
  /** @type {{from: number | null, to: number | null}} */
  const ends = { from: null, to: null };

  /** @param {TraceOp[]} ops @param {State} state @param {number} from @param {number} to */
  function answerTo(ops, state, from, to) {
    const answers = kept.get(ops) ?? new Map();
    kept.set(ops, answers);
    const key = `${from} ${to}`;
    [wanted, wantedKey] = [answers, key];
    if (!answers.has(key)) {
      answers.set(key, null);
      requestBetween(state.sources, from, to).then((answer) => {
        if (answer.data) answers.set(key, answer.data);
        else answers.delete(key);
        if (wanted !== answers || wantedKey !== key) return;
        failure = answer.failure;
        redraw();
      });
    }
    return answers.get(key) ?? null;
  }
  /** What kept the last answer away. @type {import("../../store.js").Message | null} */
  let failure = null;

  return {
    /** @param {"from" | "to"} end @param {number} tensor */
    choose(end, tensor) {
      ends[end] = tensor;
      failure = null;
    },
    /** @param {Picture} picture @param {Known} known @param {State} state @returns {Between | null} */
    shown(picture, known, state) {
      const choice = chooseEnds(picture, ends, state);
      if (!choice) return null;
      const { from, to } = choice;
      const ways = waysBetween(picture.trace, from, to);
      const data = failure ? null : answerTo(picture.trace.ops, state, from, to);
      const table = data?.edges
        ? compositeTable(picture.trace, { from, to, edges: data.edges }, known.scores)
        : null;
      const steps = table && ways.length === 1 ? tablesOn(picture.trace, ways[0]) : null;
      const small =
        steps &&
        steps.length > 1 &&
        steps.length <= STEPS &&
        steps.every(({ detail }) => detail === "numbers");
      const latex = table?.detail === "numbers" ? tableLatex(picture, table, null) : null;
      const trouble = failure
        ? t(failure.key, failure.values)
        : data?.error
          ? (data.error.hint?.[state.lang] ?? data.error.message)
          : null;
      return { ...choice, ways, table, trouble, steps: small ? steps : null, latex };
    },
  };
}

/**
 * From what the reader chose, else the selected tensor or the first; to what was chosen, else the root.
 * @param {Picture} picture
 * @param {{from: number | null, to: number | null}} chosen
 * @param {State} state
 */
function chooseEnds({ trace, graph }, chosen, { selection }) {
  const members = graph.members.filter(({ role }) => role !== "grey").map(({ tensor }) => tensor.id);
  const starts = members.filter((id) => members.some((other) => reachedFrom(trace, id).has(other)));
  if (!starts.length) return null;
  const from =
    starts.find((id) => id === chosen.from) ?? starts.find((id) => id === selection?.tensor) ?? starts[0];
  const reached = reachedFrom(trace, from);
  const ends = members.filter((id) => reached.has(id));
  const to =
    ends.find((id) => id === chosen.to) ??
    ends.find((id) => graph.roots.includes(id)) ??
    ends[ends.length - 1];
  return { from, to, starts, ends };
}
