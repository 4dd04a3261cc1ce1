import assert from "node:assert/strict";
import { test } from "node:test";
import { unitsOf } from "../../static/js/loops/units.js";
import { relation } from "./traces.mjs";

test("edges that come to a relation later are counted to its runs", () => {
  const given = relation([[0, 0, 1]], { complete: false });
  assert.equal(unitsOf([given]).count, 1);
  given.edges.input.push(1, 1);
  given.edges.output.push(1, 2);
  given.edges.weight.push(1, 1);
  const grown = unitsOf([given]);
  assert.deepEqual(
    [grown.count, [...grown.rows]],
    [
      2,
      [
        [0, 0],
        [1, 1],
        [2, 1],
      ],
    ],
  );
});
