/** What an operation is called on its chip and on the timeline: short, and close to what the student wrote. */

/**
 * @typedef {import("./trace-types.js").TraceOp} TraceOp
 * @typedef {import("./trace-types.js").TraceTensor} TraceTensor
 */

const SIGNS = new Map([
  ["add", "+"],
  ["sub", "−"],
  ["mul", "×"],
  ["div", "/"],
  ["floor_divide", "//"],
  ["remainder", "%"],
  ["pow", "**"],
  ["matmul", "@"],
  ["mm", "@"],
  ["bmm", "@"],
  ["mv", "@"],
]);
const COMMUTES = new Set(["add", "mul"]);
const NAMED = 4;
const SHORT = 12;

/**
 * @param {TraceOp} op
 * @param {Map<number, TraceTensor>} tensors
 * @returns {string} such as "+ 2", "y*y", "1 − ", "sum(dim=1)", "y[0, 0] ="
 */
export function operationLabel(op, tensors) {
  if (op.layer) return op.layer.name;
  const sign = SIGNS.get(op.name);
  if (sign !== undefined) return binaryLabel(op, sign, tensors);
  if (op.grad_fn === "CopySlices" || op.name === "copy_slices") return writeLabel(op, tensors);
  if (op.name === "getitem" || op.name === "select" || op.name === "index") return sourceLabel(op, tensors);
  return op.name.endsWith("_loss") ? op.name : op.name + dimText(op.params);
}

/** @param {TraceOp} op @param {string} sign @param {Map<number, TraceTensor>} tensors */
function binaryLabel(op, sign, tensors) {
  const [a, b] = op.inputs.map((id) => tensors.get(id));
  if (op.name === "pow" && !b) return `** ${op.params.exponent ?? ""}`.trim();
  if (!a || !b) return sign;
  if (b.constant) return `${sign} ${b.label}`;
  if (a.constant) return COMMUTES.has(op.name) ? `${sign} ${a.label}` : `${a.label} ${sign}`;
  if (isGrey(b) && !isGrey(a)) return `${sign} ${b.name}`;
  if (a.id === b.id && a.name && a.name.length <= NAMED)
    return `${a.name}${sign === "×" ? "*" : sign}${a.name}`;
  return sign;
}

/** A named operand that no score goes to is part of the operation's name. @param {TraceTensor} tensor */
function isGrey({ requires_grad, name }) {
  return !requires_grad && name !== null && name.length <= NAMED;
}

/** @param {TraceOp} op @param {Map<number, TraceTensor>} tensors */
function writeLabel(op, tensors) {
  const label = tensors.get(op.outputs[0])?.label ?? "";
  const target = label.split("=")[0].trim();
  return target && target.length <= SHORT ? `${target} =` : "[…] =";
}

/** @param {TraceOp} op @param {Map<number, TraceTensor>} tensors */
function sourceLabel(op, tensors) {
  const label = tensors.get(op.outputs[0])?.label ?? "";
  if (label && label.length <= SHORT) return label;
  const bracket = label.lastIndexOf("[");
  return bracket >= 0 && label.length - bracket <= SHORT ? label.slice(bracket) : "[…]";
}

/** @param {Record<string, unknown>} params */
function dimText(params) {
  const dim = params.dim;
  if (typeof dim === "number") return `(dim=${dim})`;
  return Array.isArray(dim) && dim.length ? `(dim=${dim.join(",")})` : "";
}
