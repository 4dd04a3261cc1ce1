import assert from "node:assert/strict";
import { test } from "node:test";
import { isOpened, spreads, withCopies, withoutCopies } from "../../static/js/trace/copies.js";
import { sumOf } from "../../static/js/trace/scores.js";
import { steps } from "../../static/js/trace/steps.js";
import { call, operation, relation, tensor, trace } from "./traces.mjs";

/** y = b * w with b [2] spread over w [2, 2], y.backward(G), and a second call over the same operation. */
function spread() {
  const tensors = [
    tensor(0, { name: "b", shape: [2], values: [10, 20] }),
    tensor(1, { name: "w", shape: [2, 2], values: [1, 2, 3, 4], requires_grad: false }),
    tensor(2, { name: "y", shape: [2, 2], values: [10, 40, 30, 80], op: 0 }),
  ];
  const joined = relation(
    [
      [0, 0, 1],
      [1, 1, 2],
      [0, 2, 3],
      [1, 3, 4],
    ],
    { kind: "one-to-many", structure: "elementwise", units: { count: 2, inputs: 1, outputs: 2 } },
  );
  const gradient = [1, 0.5, -1, 2];
  const scores = [
    { tensor: 2, values: gradient },
    { tensor: 0, values: [-2, 9] },
  ];
  const one = call({ after_op: 1, roots: [{ tensor: 2, gradient }], order: [0], scores });
  return trace(
    tensors,
    [operation(0, { name: "mul", inputs: [0, 1], outputs: [2], relations: [joined] })],
    [one, { ...one, id: 1 }],
  );
}

test("a broadcast operand becomes copies of weight 1 and a one-to-one operation", () => {
  const given = spread();
  assert.ok(spreads(given, given.ops));
  const told = withCopies(given);
  const [copy, rest] = told.ops;
  const ghost = told.tensors.find(({ id }) => id === copy.outputs[0]);
  assert.deepEqual([ghost?.shape, ghost?.values, ghost?.ghost], [[2, 2], [10, 20, 10, 20], 0]);
  assert.deepEqual(copy.relations[0].edges, {
    input: [0, 1, 0, 1],
    output: [0, 1, 2, 3],
    weight: [1, 1, 1, 1],
  });
  assert.deepEqual(rest.relations[0].edges?.input, [0, 1, 2, 3]);
  assert.deepEqual(rest.relations[0].edges?.weight, [1, 2, 3, 4]);
  assert.deepEqual([rest.inputs[0], rest.relations[0].kind], [ghost?.id, "one-to-one"]);
});

test("backward the copies have scores of their own, and their sum is the element's", () => {
  const told = withCopies(spread());
  const [first] = told.backward;
  const ghost = told.ops[0].outputs[0];
  const scores = new Map(first.scores.map(({ tensor: id, values }) => [id, values ?? []]));
  assert.deepEqual(scores.get(ghost), [1, 1, -3, 8]);
  assert.deepEqual(first.order, [0, told.ops[0].id]);
  assert.equal(first.after_op, 2);
  assert.equal(sumOf(told, first, first.order, 0, 1, scores).total, 9);
  assert.deepEqual(
    steps(told).map(({ kind, call: at }) => `${kind} ${at}`),
    [
      "forward null",
      "forward null",
      "seed 0",
      "backward 0",
      "backward 0",
      "seed 1",
      "backward 1",
      "backward 1",
    ],
  );
});

test("closing gives back what the server told, also after a live edit", () => {
  const given = spread();
  const told = withCopies(given);
  assert.ok(isOpened(told) && !isOpened(given));
  assert.deepEqual(withoutCopies(told), given);
  assert.equal(withCopies(given).ops, told.ops);
  const edited = { ...told, backward: told.backward.map((one) => ({ ...one, retain_graph: true })) };
  assert.equal(withoutCopies(edited).ops, given.ops);
  assert.ok(withoutCopies(edited).backward.every((one) => one.retain_graph && one.order.length === 1));
});
