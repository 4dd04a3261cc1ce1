import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf } from "../../static/js/layout/runs/run-columns.js";
import { cellAt, firstOf, framesOf, gridOf } from "../../static/js/layout/runs/run-grid.js";
import { loopOf } from "../../static/js/loops/loop.js";
import { loopCode, runSlices } from "../../static/js/loops/loop-code.js";
import { movedTo } from "../../static/js/loops/run-view.js";
import { rangeText, sliceText } from "../../static/js/loops/slices.js";
import { call, operation, relation, tensor, trace } from "./traces.mjs";

const NAMES = { input: "x", output: "o" };

/**
 * One operation from x to o.
 * @param {number[]} from  shape
 * @param {number[]} to    shape
 * @param {[number, number, number][]} edges
 * @param {{label: string, structure: string, params?: Record<string, unknown>, given?: object}} told
 */
function program(from, to, edges, { label, structure, params = {}, given = {} }) {
  const counts = [from, to].map((shape) => shape.reduce((a, b) => a * b, 1));
  const tensors = [
    tensor(0, { name: "x", shape: from, values: Array.from({ length: counts[0] }, (_, i) => i) }),
    tensor(1, { name: "o", label, shape: to, values: new Array(counts[1]).fill(0), op: 0 }),
  ];
  const joined = relation(edges, { structure, ...given });
  const op = operation(0, { inputs: [0], outputs: [1], relations: [joined], params });
  return trace(tensors, [op], [call({ after_op: 1, order: [0] })]);
}

/** x.sum(dim=1) of a 2 × 3 × 4 tensor. */
function summed() {
  const edges = Array.from({ length: 24 }, (_, i) => {
    const [a, c] = [Math.floor(i / 12), i % 4];
    return /** @type {[number, number, number]} */ ([i, a * 4 + c, 1]);
  }).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  return program([2, 3, 4], [2, 4], edges, {
    label: "x.sum(dim=1)",
    structure: "reduction",
    params: { dim: 1 },
  });
}

/** @param {import("../../static/js/trace/trace-types.js").Trace} given */
function loop(given) {
  const found = loopOf(given, given.ops[0], 0);
  assert.ok(found);
  return found;
}

test("a sum over one dim is a loop over the others, and every element knows its run", () => {
  const found = loop(summed());
  assert.equal(found.count, 8);
  assert.deepEqual(found.run(2), { inputs: [2, 6, 10], outputs: [2] });
  assert.equal(found.runOf("input", 10), 2);
  assert.equal(found.runOf("output", 7), 7);
  assert.deepEqual(
    found.pattern?.input.map(({ role }) => role),
    ["loop", "unit", "loop"],
  );
  assert.deepEqual(runSlices(found, { inputs: [2, 6, 10], outputs: [2] }, NAMES), {
    input: "x[0, :, 2]",
    output: "o[0, 2]",
  });
});

test("the equal loop is the student's expression on slices, its dim counted in the slice", () => {
  const given = summed();
  const code = loopCode(given, loop(given), NAMES);
  assert.deepEqual(
    code?.heads.map(({ text }) => text),
    ["for i in range(2):", "  for k in range(4):"],
  );
  assert.equal(`${code?.target} = ${code?.body}`, "o[i, k] = x[i, :, k].sum(dim=0)");
});

test("an operand that every run shares stays whole; one that loops along is sliced", () => {
  const columns = [];
  const rows = [];
  for (let r = 0; r < 2; r += 1)
    for (let c = 0; c < 2; c += 1)
      for (let k = 0; k < 3; k += 1) {
        columns.push(/** @type {[number, number, number]} */ ([k * 2 + c, r * 2 + c, 1]));
        rows.push(/** @type {[number, number, number]} */ ([r * 3 + k, r * 2 + c, 1]));
      }
  const given = program([3, 2], [2, 2], columns, { label: "A @ x", structure: "contraction" });
  given.tensors.push(tensor(2, { name: "A", shape: [2, 3], values: [1, 2, 3, 4, 5, 6] }));
  given.ops[0].inputs.push(2);
  given.ops[0].relations.push(relation(rows, { input: 1, structure: "contraction" }));
  assert.equal(loopCode(given, loop(given), NAMES)?.body, "A @ x[:, j]");
  const other = loopOf(given, given.ops[0], 2);
  assert.ok(other);
  assert.equal(loopCode(given, other, { input: "A", output: "o" })?.body, "A[i] @ x");
});

test("a rearrangement is an assignment; without a dim in the text the loop is only told in words", () => {
  const turned = program(
    [2, 2],
    [2, 2],
    [
      [0, 0, 1],
      [2, 1, 1],
      [1, 2, 1],
      [3, 3, 1],
    ],
    {
      label: "x.t()",
      structure: "rearrangement",
    },
  );
  const code = loopCode(turned, loop(turned), NAMES);
  assert.equal(`${code?.target} = ${code?.body}`, "o[j, i] = x[i, j]");
  const hidden = summed();
  hidden.tensors[1].label = "total(x)";
  assert.equal(loopCode(hidden, loop(hidden), NAMES)?.body, null);
});

test("runs of different shapes have no pattern, and no loop is claimed", () => {
  const given = program(
    [3],
    [2],
    [
      [0, 0, 1],
      [1, 0, 1],
      [2, 1, 1],
    ],
    { label: "f(x)", structure: "explicit" },
  );
  const found = loop(given);
  assert.equal(found.count, 2);
  assert.equal(found.pattern, null);
  assert.equal(loopCode(given, found, NAMES), null);
});

test("where the trace holds only the first run, the others take the same slices", () => {
  const edges = [0, 1, 2].flatMap((o) =>
    [0, 1, 2].map((i) => /** @type {[number, number, number]} */ ([i, o, 1])),
  );
  const given = program([5, 3], [5, 3], edges, {
    label: "f(x)",
    structure: "block",
    given: { complete: false, edge_count: 45, units: { count: 5, inputs: 3, outputs: 3 } },
  });
  const found = loop(given);
  assert.equal(found.count, 5);
  assert.deepEqual(found.run(4), { inputs: [12, 13, 14], outputs: [12, 13, 14] });
  assert.equal(found.runOf("output", 7), 2);
});

test("a selection moves to its own place in another run", () => {
  const found = loop(summed());
  assert.deepEqual(movedTo(found, { tensor: 0, element: 6 }, 5), { tensor: 0, element: 17 });
  assert.equal(movedTo(found, { tensor: 9, element: 0 }, 5), null);
});

test("slices are written as code writes them, or not at all", () => {
  assert.equal(rangeText([1, 2, 3], 5), "1:4");
  assert.equal(rangeText([0, 2, 4], 5), "::2");
  assert.equal(rangeText([0, 1, 3], 5), null);
  assert.equal(sliceText("x", [0, 1, 2], [3]), "x");
  assert.equal(sliceText("x", [0, 3], [2, 2]), null);
});

test("a run of up to 16 is nodes, up to 32 tiles, beyond it the largest twelve and a bundle", () => {
  const wide = (/** @type {number} */ size) => {
    const edges = Array.from({ length: size }, (_, i) => /** @type {[number, number, number]} */ ([i, 0, i]));
    return loop(program([size], [], edges, { label: "f(x)", structure: "reduction" }));
  };
  const scale = (/** @type {number} */ size) => {
    const found = wide(size);
    const unit = found.run(0);
    assert.ok(unit);
    return columnsOf(found, unit, { side: "output", element: 0 }, [2]);
  };
  assert.deepEqual(
    [4, 8, 16, 32].map((size) => scale(size).scale),
    ["M", "T", "S", "tiles"],
  );
  const many = scale(50);
  assert.deepEqual(
    many.inputs,
    Array.from({ length: 12 }, (_, i) => 38 + i),
  );
  assert.deepEqual(many.rest, { side: "input", count: 38, sum: ((37 * 38) / 2) * 2 });
});

test("a run is framed once where its cells lie together, and each on its own where they do not", () => {
  const x = summed().tensors[0];
  const grid = gridOf(x, ["i", "", "k"]);
  assert.equal(grid.numbers, true);
  assert.equal(framesOf(grid, [2, 6, 10], x.shape).length, 1);
  assert.equal(framesOf(grid, [0, 1, 2, 3], x.shape).length, 1);
  assert.equal(framesOf(grid, [0, 5, 10], x.shape).length, 3);
});

test("a block's first element lies in that block, however the sizes divide", () => {
  for (const shape of [[64, 64], [100, 100], [50, 7, 33], [1000]]) {
    const [down, across] = [1, 1, ...shape].slice(-2);
    const blocks = /** @type {[number, number]} */ ([Math.min(16, down), Math.min(16, across)]);
    const x = tensor(0, {
      shape,
      values: null,
      summary: { min: 0, max: 1, mean: 0, nonfinite: 0, blocks: { shape: blocks, min: [], max: [] } },
    });
    const grid = gridOf(x, []);
    assert.equal(grid.cells.length, blocks[0] * blocks[1]);
    grid.cells.forEach((_, block) => {
      assert.equal(cellAt(grid, firstOf(block, blocks, shape), shape), block);
    });
  }
});
