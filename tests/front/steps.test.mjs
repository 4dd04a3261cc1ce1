import assert from "node:assert/strict";
import { test } from "node:test";
import { operationLabel } from "../../static/js/trace/operation-label.js";
import { steps } from "../../static/js/trace/steps.js";
import { byId } from "../../static/js/trace/trace-types.js";
import { knownAt } from "../../static/js/trace/walk.js";
import { call, constant, operation, skip, tensor, twice } from "./traces.mjs";

/** @param {import("../../static/js/trace/steps.js").Step[]} list */
const kinds = (list) => list.map(({ kind }) => kind[0]).join("");

test("operations in program order, then each call: seed, operations as walked, accumulation", () => {
  const list = steps(twice());
  assert.equal(kinds(list), "fffsbbasbbba");
  assert.deepEqual(
    list.map(({ label }) => label),
    ["+ 2", "y*y", "sum", "G", "y*y", "+ 2", "x.grad +=", "1", "sum", "y*y", "+ 2", "x.grad +="],
  );
});

test("a call stands between the operations that had run and those that had not", () => {
  const given = twice();
  given.backward[0].after_op = 2;
  assert.equal(kinds(steps(given)), "ffsbbafsbbba");
});

test("a score is reached only when every use of the tensor has reported", () => {
  const list = steps(skip());
  const reached = list.filter(({ call: of }) => of === 0).map((step) => step.reached);
  assert.deepEqual(reached, [[4], [3], [2], [1], [0], []]);
});

test("a call that stops ends with an error step at its operation", () => {
  const given = twice();
  const error = { type: "RuntimeError", message: "Trying to backward …", op: 1 };
  given.backward[1] = {
    ...given.backward[1],
    order: [2],
    scores: given.backward[1].scores.slice(0, 2),
    accumulated: [],
    error,
  };
  const list = steps(given);
  assert.equal(kinds(list), "fffsbbasbe");
  assert.deepEqual([list.at(-1)?.op, list.at(-1)?.label], [1, "y*y"]);
});

test("what is known at a step is the same whichever way one came", () => {
  const given = twice();
  const list = steps(given);
  const middle = knownAt(given, list, 4);
  assert.deepEqual([...middle.scores.keys()], [3, 2]);
  assert.equal(middle.booked, false);
  assert.deepEqual([...knownAt(given, list, 6).scores.keys()], [3, 2, 0]);
  assert.equal(knownAt(given, list, 6).booked, true);
  assert.deepEqual([...knownAt(given, list, 1).computed], [0, 1]);
  assert.equal(knownAt(given, list, -1).step, null);
});

test("before a backward operation has landed, its scores are on their way and its saved values still there", () => {
  const given = twice();
  const list = steps(given);
  const square = 9;
  assert.equal(list[square].label, "y*y");
  for (const beat of /** @type {const} */ ([0, 1, 2])) {
    const known = knownAt(given, list, square, beat);
    assert.deepEqual([...known.scores.keys()], [4, 3], `beat ${beat}`);
    assert.deepEqual([[...known.walked], [...known.freed]], [[2], []]);
    assert.equal(known.beat, beat);
  }
  const landed = knownAt(given, list, square, 3);
  assert.deepEqual([...landed.scores.keys()], [4, 3, 2]);
  assert.deepEqual([[...landed.walked], [...landed.freed]], [[2, 1], [1]]);
});

test("steps that do not walk have only their last beat", () => {
  const given = twice();
  const list = steps(given);
  assert.equal(knownAt(given, list, 6, 0).booked, true);
  assert.equal(knownAt(given, list, 0, 1).beat, 3);
});

test("a tensor that is used several times counts who has reported until its score is there", () => {
  const given = skip();
  const list = steps(given);
  const at = list.flatMap(({ call: of }, k) => (of === 0 ? [k] : []));
  const counted = at.map((k) => knownAt(given, list, k).waiting.get(0));
  const [none, one] = [
    { got: 0, of: 2 },
    { got: 1, of: 2 },
  ];
  assert.deepEqual(counted, [none, none, one, one, undefined, undefined]);
  assert.deepEqual(knownAt(given, list, at[2], 2).waiting.get(0), none, "still on its way");
  assert.deepEqual([...knownAt(given, list, at[1]).waiting.keys()], [0], "one use needs no counter");
  assert.equal(knownAt(given, list, 0).waiting.size, 0, "nobody waits in the forward pass");
});

test("saved values go with the call that does not keep them, and the weights are lost to later calls only", () => {
  const given = twice();
  const list = steps(given);
  assert.deepEqual([...knownAt(given, list, 6).freed], [], "retain_graph keeps");
  const second = knownAt(given, list, list.length - 1);
  assert.deepEqual([...second.freed], [1], "sum and add saved nothing");
  assert.deepEqual([...second.lost], [], "still there while this call used them");
  given.backward.push(call({ id: 2, after_op: 3, roots: [{ tensor: 4, gradient: [1] }] }));
  const longer = steps(given);
  assert.deepEqual([...knownAt(given, longer, longer.length - 1).lost], [1]);
});

test("operations are called as the student wrote them", () => {
  const x = tensor(0, { name: "x", shape: [2] });
  const t = tensor(2, { name: "t", shape: [2], requires_grad: false });
  const tensors = byId([
    x,
    constant(1, 3),
    t,
    tensor(3, { label: "y[0, 0] = v" }),
    tensor(4, { label: "x[0, 1]" }),
  ]);
  /** @param {object} given */
  const label = (given) => operationLabel(operation(0, given), tensors);
  assert.equal(label({ name: "sub", inputs: [1, 0] }), "3 −");
  assert.equal(label({ name: "mul", inputs: [1, 0] }), "× 3");
  assert.equal(label({ name: "sub", inputs: [0, 2] }), "− t");
  assert.equal(label({ name: "pow", inputs: [0], params: { exponent: 2 } }), "** 2");
  assert.equal(label({ name: "sum", inputs: [0], params: { dim: 1 } }), "sum(dim=1)");
  assert.equal(label({ name: "copy_slices", grad_fn: "CopySlices", inputs: [0], outputs: [3] }), "y[0, 0] =");
  assert.equal(label({ name: "getitem", inputs: [0], outputs: [4] }), "x[0, 1]");
});
