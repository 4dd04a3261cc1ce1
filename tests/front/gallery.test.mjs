import assert from "node:assert/strict";
import { test } from "node:test";
import { groupsOf, matches } from "../../static/js/gallery.js";
import { INPUT, middleInput, miniOf, OUTPUT, sumOf, WIDTH } from "../../static/js/layout/mini.js";

const column = (name, values, scores, shape = [values.length]) => ({
  name,
  shape,
  elements: values.map((_, i) => i),
  values,
  scores,
});

/** Softmax of two numbers, roughly. */
const SQUARE = {
  kind: "many-to-many",
  edge_count: 4,
  carries: true,
  input: column("x", [1, 2], [-0.5, 0.5]),
  output: column("o", [0.25, 0.75], [1, 3]),
  edges: { input: [0, 1, 0, 1], output: [0, 0, 1, 1], weight: [0.25, -0.25, -0.25, 0.25] },
};

/** Two rows of three, summed. */
const ROWS = {
  kind: "many-to-one",
  edge_count: 6,
  carries: true,
  input: column("x", [1, 2, 3, 4, 5, 6], [1, 1, 1, 2, 2, 2], [2, 3]),
  output: column(null, [6, 15], [1, 2]),
  edges: { input: [0, 1, 2, 3, 4, 5], output: [0, 0, 0, 1, 1, 1], weight: [1, 1, 1, 1, 1, 1] },
};

const entry = (name, kind, spellings = [`torch.${name}`]) => ({
  name,
  kind,
  spellings,
  forward: "o = x",
  local: null,
  example: kind ? "import torch" : null,
  picture: kind ? { ...SQUARE, kind } : null,
});

const namesOf = (groups) => groups.map(({ kind, entries }) => [kind, entries.map(({ name }) => name)]);

test("operations are grouped by kind; those in place stand under the plain ones, others are left out", () => {
  const groups = groupsOf([
    entry("add", "one-to-one"),
    entry("add_", "one-to-one", ["Tensor.add_", "+="]),
    entry("softmax", "many-to-many"),
    entry("zero_", "one-to-one"),
    entry("zeros", null),
  ]);
  assert.deepEqual(namesOf(groups), [
    ["one-to-one", ["add", "zero_"]],
    ["many-to-many", ["softmax"]],
  ]);
  assert.deepEqual(groups[0].entries[0].spellings, ["torch.add", "Tensor.add_", "+="]);
  assert.deepEqual(groupsOf([]), []);
});

test("a search finds names, spellings and the reader's words; every word must be there", () => {
  const sum = { name: "sum", spellings: ["torch.sum", "Tensor.sum"] };
  const words = ["多对一", "求和、总和"];
  for (const query of ["sum", "SUM", "torch.sum", "求和", "多对一 总和", "求和、sum", ""]) {
    assert.ok(matches(sum, words, query), query);
  }
  for (const query of ["mean", "平均", "sum 平均"]) assert.ok(!matches(sum, words, query), query);
  assert.ok(matches({ name: "matmul", spellings: ["@"] }, [], "@"));
  assert.ok(matches({ name: "pow", spellings: ["**"] }, [], "**"));
  assert.ok(matches(sum, [], "torch.sum()"));
});

test("a picture becomes two columns that do not overlap, within the frame", () => {
  for (const picture of [SQUARE, ROWS]) {
    const { nodes, height, width } = miniOf(picture);
    assert.equal(width, WIDTH);
    for (const side of [INPUT, OUTPUT]) {
      const own = nodes.filter(({ tensor }) => tensor === side);
      own.slice(1).forEach((node, i) => {
        assert.ok(node.y >= own[i].y + own[i].height + 7);
      });
    }
    for (const node of nodes) {
      assert.ok(node.y >= 5 && node.y + node.height <= height - 5, `${node.y} of ${height}`);
      assert.ok(node.x >= 5 && node.x + node.width <= width - 5);
    }
  }
});

test("an output stands in the middle of its inputs, edges end in the middles of nodes", () => {
  const { nodes, edges } = miniOf(ROWS);
  const middle = (node) => node.y + node.height / 2;
  const [inputs, outputs] = [INPUT, OUTPUT].map((side) => nodes.filter(({ tensor }) => tensor === side));
  assert.equal(middle(outputs[0]), middle(inputs[1]));
  assert.equal(middle(outputs[1]), middle(inputs[4]));
  const [start, , , end] = edges[5].pieces[0];
  assert.deepEqual(start, [inputs[5].x + inputs[5].width, middle(inputs[5])]);
  assert.deepEqual(end, [outputs[1].x, middle(outputs[1])]);
});

test("nodes say what the picture says, and a tensor without a name has a letter", () => {
  const { nodes } = miniOf(ROWS);
  assert.deepEqual(
    nodes.map(({ symbol, index, value, score }) => `${symbol.text}${index} ${value} ${score}`),
    ["x11 1 1", "x12 2 1", "x13 3 1", "x21 4 2", "x22 5 2", "x23 6 2", "t1 6 1", "t2 15 2"],
  );
});

test("edges are as thick as their weights; one without a path back carries nothing", () => {
  const { edges } = miniOf({ ...SQUARE, edges: { ...SQUARE.edges, weight: [1, -0.5, 0, "NaN"] } });
  assert.deepEqual(
    edges.map(({ width }) => width),
    [4.8, 3, 1.6, 1.2],
  );
  const cut = miniOf({ ...SQUARE, carries: false });
  assert.ok(cut.edges.every(({ carries }) => !carries));
  assert.ok(cut.nodes.every(({ tensor, role }) => role === (tensor === INPUT ? "input" : "grey")));
});

test("the sum of an element has one term per edge; the middle one is shown first", () => {
  assert.deepEqual(sumOf(SQUARE, 0), {
    terms: [
      { upstream: 1, weight: 0.25 },
      { upstream: 3, weight: -0.25 },
    ],
    sum: -0.5,
  });
  assert.equal(sumOf({ ...SQUARE, output: column("o", [1, 2], null) }, 0), null);
  assert.equal(middleInput(ROWS), 2);
  assert.equal(middleInput(SQUARE), 0);
});
