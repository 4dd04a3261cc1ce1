import assert from "node:assert/strict";
import { test } from "node:test";
import { handOutOf } from "../../static/js/why/hand-out.js";
import { selectedEdges } from "../../static/js/layout/edges.js";
import { otherEnd, otherOperand, readingShown, wrtShown } from "../../static/js/why/look.js";
import { edgeFacts, nextEdge } from "../../static/js/why/looked-edge.js";
import { pictureAt } from "../../static/js/picture/picture.js";
import { steps } from "../../static/js/trace/steps.js";
import { knownAt } from "../../static/js/trace/walk.js";
import { skip, twice } from "./traces.mjs";

/** @param {import("../../static/js/trace/trace-types.js").Trace} trace */
function ended(trace) {
  const list = steps(trace);
  const picture = pictureAt(trace, list, list.length - 1);
  assert.ok(picture);
  return { picture, known: knownAt(trace, list, list.length - 1), list };
}

/** @param {number} tensor @param {Partial<import("../../static/js/why/reading.js").Look>} [more] */
const look = (tensor, more = {}) => ({
  selection: { tensor, element: 0 },
  reading: /** @type {"input" | "output"} */ ("output"),
  wrt: {},
  edge: null,
  ...more,
});

test("what is only an input or only a root is read the one way that it has", () => {
  const { picture } = ended(twice());
  assert.equal(readingShown(picture, look(0)), "input");
  assert.equal(readingShown(picture, look(4, { reading: "input" })), "output");
  assert.equal(readingShown(picture, look(2)), "output");
  assert.equal(readingShown(picture, look(2, { reading: "input" })), "input");
});

test("a middle element read as green shows the edges into it, read as blue those out of it", () => {
  const { picture } = ended(twice());
  const ends = (/** @type {"input" | "output"} */ reading) =>
    selectedEdges(picture.graph, picture.layout, look(2, { reading })).map(({ from, to }) => [
      from.tensor,
      to.tensor,
    ]);
  assert.deepEqual(ends("output"), [[0, 2]]);
  assert.deepEqual(ends("input"), [
    [2, 3],
    [2, 3],
  ]);
});

test("a green node hands its score out along its edges, once for every use of a number", () => {
  const { picture, known } = ended(twice());
  const given = handOutOf(picture, known, { ...look(3), selection: { tensor: 3, element: 1 } });
  assert.ok(given);
  assert.deepEqual(
    given.shares.map(({ element, weight, product, use, uses }) => [element, weight, product, use, uses]),
    [
      [1, 4, 4, 1, 2],
      [1, 4, 4, 2, 2],
    ],
  );
  assert.equal(handOutOf(picture, known, look(0)), null);
});

test("what is handed out is the score times the weight", () => {
  const given = twice();
  const list = steps(given);
  const at = list.findIndex(({ kind, call }) => kind === "seed" && call === 0);
  const picture = pictureAt(given, list, at);
  assert.ok(picture);
  const own = { ...look(3), selection: { tensor: 3, element: 0 } };
  const shares = handOutOf(picture, knownAt(given, list, at), own)?.shares ?? [];
  assert.deepEqual(
    shares.map(({ weight, product }) => [weight, product]),
    [
      [3, 1.5],
      [3, 1.5],
    ],
  );
});

test("with several operands the edges of the one asked about are shown, and W goes to the next", () => {
  const { picture, known, list } = ended(skip());
  const op = 2;
  const shown = wrtShown(picture, op, look(3));
  assert.deepEqual(
    shown?.operands.map(({ name }) => name),
    ["e", "x"],
  );
  assert.equal(shown?.current, 2);
  assert.ok(shown);
  const next = otherOperand(picture, look(3), shown, null);
  assert.deepEqual(next, { wrt: { 2: 0 }, selection: { tensor: 3, element: 0 } });
  assert.equal(handOutOf(picture, known, look(3, next))?.input, 0);
  assert.equal(wrtShown(picture, 0, look(3)), null);
  assert.equal(list.length, 10);
});

test("asking about another operand leaves a blue node of the old one for the first of the new one", () => {
  const { picture } = ended(skip());
  const own = look(2, { reading: "input" });
  const shown = wrtShown(picture, 2, own);
  assert.ok(shown);
  assert.deepEqual(otherOperand(picture, own, shown, 0).selection, { tensor: 0, element: 0 });
  assert.deepEqual(otherOperand(picture, own, shown, 2).selection, { tensor: 2, element: 0 });
});

test("looking at the other end goes along the heaviest edge where the element has only one end", () => {
  const { picture } = ended(twice());
  assert.deepEqual(otherEnd(picture, look(0, { reading: "input" }), "output"), { tensor: 2, element: 0 });
  assert.deepEqual(otherEnd(picture, look(4), "input"), { tensor: 3, element: 0 });
  assert.deepEqual(otherEnd(picture, look(2), "input"), { tensor: 2, element: 0 });
});

test("the edge that the keys have come to is told in words", () => {
  const { picture } = ended(twice());
  const own = look(4);
  const edge = nextEdge(picture, own, 1);
  assert.deepEqual(edgeFacts(picture, { ...own, edge }), {
    index: 1,
    count: 2,
    from: "z₁",
    to: "out",
    weight: "1",
  });
  const last = nextEdge(picture, { ...own, edge: nextEdge(picture, { ...own, edge }, 1) }, 1);
  assert.equal(edgeFacts(picture, { ...own, edge: last })?.index, 2);
  assert.equal(edgeFacts(picture, own), null);
});
