/** Asks the server for the edges that the reader looks at and the trace does not hold; tells quietly that it does so. */

import { requestEdges } from "../../api.js";
import { isOutdated } from "../../code/cells.js";
import { element } from "../../element.js";
import { put } from "../../trace/more-edges.js";
import { pictureAt } from "../../picture/picture.js";
import { questionsOf } from "../../trace/questions.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../trace/questions.js").Question} Question
 */

/** A reader who walks through elements is not followed by a request for each, ms. */
const PAUSE = 120;
/** Quicker answers come without a sign of waiting, ms. */
const PATIENCE = 400;

/**
 * @param {HTMLElement} canvas
 * @param {Store} store
 * @param {Translate} t
 */
export function mountMoreEdges(canvas, store, t) {
  const status = element("p", { class: "canvas-more", role: "status" });
  canvas.append(status);
  /** Questions that got no edges, so that they are not asked again for the same trace. @type {Set<string>} */
  let refused = new Set();
  let pause = 0;
  let asking = false;

  /** @param {string} text */
  const say = (text) => {
    status.textContent = text;
    status.hidden = !text;
  };

  async function next() {
    const state = store.get();
    const call = callOf(state);
    const question = questionsOf(state, graphOf(state)).find((each) => !refused.has(keyOf(each, call)));
    if (!question || asking || !state.trace || !isCurrent(state)) return;
    const { trace } = state;
    asking = true;
    const slow = setTimeout(() => say(t("page.runs.asking")), PATIENCE);
    const { data, failure } = await requestEdges(ranSources(state), wireForm(question, call));
    clearTimeout(slow);
    asking = false;
    if (store.get().trace?.ops !== trace.ops) return next();
    if (!data && !failure) return say("");
    const told = failure
      ? t(failure.key, failure.values)
      : (data.error && explain(data.error, state.lang)) || "";
    say(told);
    if (data?.edges && data.numbers) {
      const { edges, numbers } = data;
      put(
        store.get().trace ?? trace,
        question.op,
        question.relation,
        { ...question, call },
        { edges, numbers },
      );
      store.set({ more: store.get().more + 1 });
    } else refused.add(keyOf(question, call));
    return next();
  }

  store.subscribe((state, previous) => {
    if (state.trace?.ops !== previous.trace?.ops) refused = new Set();
    const keys = /** @type {const} */ (["trace", "steps", "step", "selection", "run", "reading", "wrt"]);
    const mended = isCurrent(state) && !isCurrent(previous);
    if (!mended && !keys.some((key) => state[key] !== previous[key])) return;
    say("");
    clearTimeout(pause);
    pause = setTimeout(next, PAUSE);
  });
  say("");
}

/** Whether the picture belongs to the code; a muted one is not worth a question. @param {State} state */
function isCurrent({ cells, sources }) {
  return !isOutdated(cells, sources.length);
}

/** @param {State} state */
function graphOf({ trace, steps, step }) {
  return pictureAt(trace, steps, step)?.graph ?? null;
}

/** The call whose scores are shown or will be. @param {State} state */
function callOf(state) {
  return state.steps[state.step]?.call ?? graphOf(state)?.call ?? null;
}

/** @param {State} state */
function ranSources({ cells }) {
  return cells.flatMap(({ ran }) => (ran === null ? [] : [ran]));
}

/** @param {Question} question @param {number | null} call */
function wireForm({ op, relation, side, elements }, call) {
  const place = { op: op.id, input: relation.input, output: relation.output };
  const of = side === "input" ? { of_inputs: elements } : { of_outputs: elements };
  return { ...place, ...of, ...(call === null ? {} : { focus: call }) };
}

/** @param {Question} question @param {number | null} call */
function keyOf(question, call) {
  return JSON.stringify(wireForm(question, call));
}

/** @param {import("../../trace/trace-types.js").TraceError} error @param {import("../../store.js").Language} lang */
function explain(error, lang) {
  return error.hint?.[lang] ?? error.message;
}
