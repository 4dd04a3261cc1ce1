/** Which tensors of the picture an error is about: those that the failing expression names, or the root without a way back. */

import { brokenBy, rootOf, tensorNamed } from "./broken.js";
import { codeOf } from "./faults.js";
import { clashOf } from "./fixes-writes.js";

/**
 * @param {import("../trace/trace-types.js").Trace} trace
 * @param {string[]} sources
 * @param {import("./faults.js").Fault} fault
 * @returns {number[]} ids
 */
export function faultTensors(trace, sources, fault) {
  const broken = brokenBy(trace, sources, fault);
  if (!broken) return [];
  // A budget is used up by the whole program; the tensors beside its last step are not to blame.
  if (fault.error.type === "LimitError") return [];
  const code = codeOf(fault);
  if (code === "inplace-saved") return saved(trace, fault.call);
  if (code === "no-grad-fn") return present([rootOf(broken)]);
  if (fault.call !== null) return [];
  const names = broken.piece.text.match(/[a-zA-Z_]\w*/g) ?? [];
  return present([...new Set(names)].map((name) => tensorNamed(broken, name)));
}

/** @param {import("../trace/trace-types.js").Trace} trace @param {number | null} call */
function saved(trace, call) {
  const clash = clashOf(trace, call);
  return clash ? [clash.tensor.id] : [];
}

/** @param {(import("../trace/trace-types.js").TraceTensor | null)[]} tensors */
function present(tensors) {
  return tensors.flatMap((tensor) => (tensor ? [tensor.id] : []));
}
