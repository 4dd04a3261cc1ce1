/** Whether another gradient changes nothing but scores and bookings: then the page computes them, else the program must run. */

import { callIn, pieceAt } from "../code/code-text.js";

/**
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/trace-types.js").TraceTensor} TraceTensor
 * @typedef {import("./gradient-literal.js").Literal} Literal
 */

/**
 * @param {Trace} trace
 * @param {string[]} sources
 * @param {Literal} literal  the one that changes
 */
export function canFollow(trace, sources, { plain, tensors, serves }) {
  const first = Math.min(...serves.map(({ call }) => call));
  const changed = serves.map(({ call }) => trace.backward[call]);
  const simple = changed.every(
    ({ error, create_graph, scores, hooks }) =>
      !error &&
      !create_graph &&
      !hooks?.length &&
      scores.every((score) => score.values && !("through" in score)),
  );
  return (
    plain &&
    simple &&
    !sources.some((source) => /\.step\s*\(/.test(source)) &&
    !trace.backward.slice(first).some((call) => takesGradients(call, sources)) &&
    !usesGradients(trace, trace.backward[first].after_op, tensors)
  );
}

/** An operation took the gradient itself, or anything that came out of a backward call. */
/** @param {Trace} trace @param {number} after  operations that had run before the call @param {number[]} given */
function usesGradients(trace, after, given) {
  const answers = new Set(trace.tensors.filter((tensor) => isAnswer(trace, tensor)).map(({ id }) => id));
  return trace.ops.some((op, position) =>
    op.inputs.some((id) => given.includes(id) || (position >= after && answers.has(id))),
  );
}

/** @param {Trace} trace @param {TraceTensor} tensor */
function isAnswer({ backward }, { op, constant, label, span }) {
  if (op !== null || constant || !span) return false;
  const asked = backward.some(
    (call) =>
      call.call === "grad" &&
      call.span?.cell === span.cell &&
      call.span.line === span.line &&
      call.span.column === span.column,
  );
  return asked || /\.grad\b/.test(label);
}

/** `y.backward(x.grad)`: one call's answer is the next one's gradient. */
/** @param {import("../trace/trace-types.js").BackwardCall} call @param {string[]} sources */
function takesGradients({ span }, sources) {
  const source = span ? sources[span.cell] : undefined;
  const found = span && source !== undefined ? callIn(pieceAt(source, span)) : null;
  return found?.args.some(({ text }) => /\.grad\b/.test(text)) ?? false;
}
