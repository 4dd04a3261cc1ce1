/** Functions and loops as one chip each. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { collapsedGroups, definitionsOf, groupId } from "../../static/js/layout/levels/collapsed.js";
import { operation } from "./traces.mjs";

const SOURCE = `import torch
def layer(x, W):
    s = x @ W

    return torch.relu(s)

class Net:
    def forward(self, x):
        return x * 2
h = layer(layer(x, W), W)
for i in range(5):
    h = torch.tanh(h) * 0.5
`;

/** @param {number} id @param {number} line @param {number} column */
function at(id, line, column) {
  return operation(id, { span: { cell: 0, line, column, end_line: line, end_column: column + 5 } });
}

/** @param {import("../../static/js/layout/levels/regions.js").Group[]} groups */
function told(groups) {
  return groups.map(({ label, ops }) => `${label} ${ops}`);
}

test("the body of a function ends where the indentation does", () => {
  assert.deepEqual(definitionsOf(SOURCE), [
    { name: "layer", from: 3, to: 6 },
    { name: "forward", from: 9, to: 9 },
  ]);
});

test("every call of a function is a chip of its own; one operation alone is not", () => {
  const ops = [at(0, 3, 8), at(1, 5, 11), at(2, 3, 8), at(3, 5, 11), at(4, 9, 15), at(5, 10, 0)];
  assert.deepEqual(told(collapsedGroups(ops, [SOURCE], null)), ["layer() 0,1", "layer() 2,3"]);
});

test("of a loop that runs more than three times the last repetition stays, or the current one", () => {
  const ops = [
    at(0, 10, 0),
    ...Array.from({ length: 10 }, (_, i) => at(i + 1, 12, i % 2 ? 8 : 20)),
    at(11, 13, 0),
  ];
  assert.deepEqual(told(collapsedGroups(ops, [SOURCE], null)), ["×4 1,2,3,4,5,6,7,8"]);
  assert.deepEqual(told(collapsedGroups(ops, [SOURCE], 4)), ["×3 5,6,7,8,9,10"]);
  assert.deepEqual(told(collapsedGroups(ops.slice(0, 7), [SOURCE], null)), []);
});

test("a group is named apart from every operation", () => {
  assert.equal(groupId({ ops: [0, 1] }), -1);
  assert.equal(groupId({ ops: [7] }), -8);
});
