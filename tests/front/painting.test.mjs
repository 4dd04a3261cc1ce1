import assert from "node:assert/strict";
import { test } from "node:test";
import { cubic } from "../../static/js/layout/curves.js";
import { nearestEdge, strokesOf } from "../../static/js/layout/painting.js";

/** A painted edge from (0, from) to (100, to). @param {number} from @param {number} to @param {number} weight @param {object} [given] */
function painted(from, to, weight, given = {}) {
  const edge = {
    key: `${from} ${to}`,
    op: 0,
    relation: 0,
    index: 0,
    from: { tensor: 0, element: from },
    to: { tensor: 1, element: to },
    weight,
    width: 2,
    carries: true,
    use: 0,
    shift: 0,
    span: /** @type {[number, number]} */ ([0, 100]),
    pieces: [cubic([0, from], [100, to])],
  };
  return { edge, emphasis: /** @type {const} */ ("rest"), density: 0, lost: false, blocked: false, ...given };
}

test("edges of one look are one stroke; a lost weight and a weight of 0 are dots, not colours", () => {
  const strokes = strokesOf([
    painted(0, 0, 1),
    painted(0, 9, 2),
    painted(0, 5, -1),
    painted(1, 1, 0),
    painted(2, 2, 3, { lost: true }),
  ]);
  const looks = Object.fromEntries(strokes.map(({ look, curves }) => [look, curves.length]));
  assert.deepEqual(looks, { pos: 2, neg: 1, zero: 2 });
  assert.ok(
    strokesOf([painted(0, 0, 1, { emphasis: "pushed" })])[0].alpha < strokesOf([painted(0, 0, 1)])[0].alpha,
  );
});

test("the edge under the pointer is the nearest curve at that x, and none beyond the reach", () => {
  const marks = [painted(0, 0, 1), painted(40, 40, 1), painted(40, 0, 1), painted(80, 80, 1, {})];
  assert.equal(nearestEdge(marks, 50, 2, 8)?.key, "0 0");
  assert.equal(nearestEdge(marks, 50, 22, 8)?.key, "40 0");
  assert.equal(nearestEdge(marks, 50, 60, 8), null);
  assert.equal(nearestEdge(marks, 150, 0, 8), null);
});
