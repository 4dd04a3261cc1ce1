import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenChips, restingChips } from "../../static/js/layout/chips.js";
import { depths, stacks } from "../../static/js/layout/columns.js";
import { crossing, cubic, pathData, pointAt, through } from "../../static/js/layout/curves.js";
import { selectedEdges } from "../../static/js/layout/edges.js";
import { settle } from "../../static/js/layout/place.js";
import { sceneOf } from "../../static/js/layout/scene.js";
import { pictureAt } from "../../static/js/picture/picture.js";
import { steps } from "../../static/js/trace/steps.js";
import { knownAt } from "../../static/js/trace/walk.js";
import { call, operation, relation, skip, tensor, trace, twice } from "./traces.mjs";

/** @param {import("../../static/js/trace/trace-types.js").Trace} given @param {number} [k] */
function picture(given, k) {
  const list = steps(given);
  const found = pictureAt(given, list, k ?? list.length - 1);
  assert.ok(found);
  return found;
}

/** A dense operation: every input joined to every output. @param {number} inputs @param {number} outputs */
function dense(inputs, outputs) {
  const edges = Array.from({ length: outputs }, (_, o) =>
    Array.from(
      { length: inputs },
      (__, i) => /** @type {[number, number, number]} */ ([i, o, i === o ? 1 : -0.5]),
    ),
  ).flat();
  const tensors = [
    tensor(0, { name: "x", shape: [inputs], values: new Array(inputs).fill(1) }),
    tensor(1, { name: "o", shape: [outputs], values: new Array(outputs).fill(2), op: 0 }),
  ];
  const all = relation(edges, { kind: "many-to-many", units: { count: 1, inputs, outputs } });
  const roots = [{ tensor: 1, gradient: new Array(outputs).fill(1) }];
  return trace(
    tensors,
    [operation(0, { inputs: [0], outputs: [1], relations: [all] })],
    [call({ after_op: 1, roots, order: [0] })],
  );
}

/** @param {{tensor: number, element: number} | null} selection @returns {import("../../static/js/why/reading.js").Look} */
const look = (selection) => ({ selection, reading: "input", wrt: {}, edge: null });

test("slots settle where they want to be, and share the difference where they cannot", () => {
  const items = [0, 0, 12].map((gap, i) => ({ key: String(i), height: 10, anchor: 5, weight: 1, gap }));
  assert.deepEqual(settle(items, [0, 50, 100]), [0, 50, 100]);
  assert.deepEqual(settle(items.slice(0, 2), [20, 20]), [15, 25]);
  const tops = settle(items, [30, 0, 0]);
  assert.ok(tops[1] - tops[0] >= 10 && tops[2] - tops[1] >= 22);
});

test("columns follow depth; a leaf stands just left of its first use", () => {
  const { graph } = picture(skip());
  assert.deepEqual(
    [...depths(graph)],
    [
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ],
  );
  const late = twice();
  late.tensors.push(tensor(5, { name: "b", shape: [2], values: [0, 0] }));
  late.ops[2].inputs.push(5);
  assert.equal(depths(picture(late).graph).get(5), 2);
});

test("an edge over several columns has a lane in each column between", () => {
  const { graph } = picture(skip());
  const lanes = stacks(graph, depths(graph))
    .flat()
    .filter((slot) => slot.lane !== null);
  assert.deepEqual(
    lanes.map(({ tensor: id, lane, column }) => [id, lane, column]),
    [
      [0, 2, 1],
      [0, 2, 2],
    ],
  );
});

for (const [name, make] of Object.entries({ twice, skip, dense: () => dense(4, 9) })) {
  test(`no two things lie on each other: ${name}`, () => {
    const boxes = [...picture(make()).layout.boxes.values()];
    for (const a of boxes) {
      for (const b of boxes.filter((other) => other !== a)) {
        const apart =
          a.x + a.size.width <= b.x ||
          b.x + b.size.width <= a.x ||
          a.y + a.size.height <= b.y ||
          b.y + b.size.height <= a.y;
        assert.ok(apart, `${a.member.tensor.name} and ${b.member.tensor.name}`);
      }
    }
  });

  test(`edges start and end at their nodes and run through no other: ${name}`, () => {
    const { layout, lines } = picture(make());
    for (const edge of lines.edges) {
      const start = edge.pieces[0][0];
      const end = edge.pieces[edge.pieces.length - 1][3];
      const [from, to] = [layout.boxes.get(edge.from.tensor), layout.boxes.get(edge.to.tensor)];
      assert.ok(from && to);
      assert.equal(start[0], from.x + from.size.cells[edge.from.element].x + from.size.width);
      assert.equal(end[0], to.x);
      const others = [...layout.boxes.values()].filter((box) => box !== from && box !== to);
      for (const piece of edge.pieces) {
        for (let t = 0; t <= 1; t += 0.05) {
          const [x, y] = pointAt(piece, t);
          const hit = others.some(
            (box) => x > box.x && x < box.x + box.size.width && y > box.y && y < box.y + box.size.height,
          );
          assert.ok(!hit, edge.key);
        }
      }
    }
  });
}

test("a chain of equal tensors stands on straight lines", () => {
  const { layout } = picture(twice());
  assert.deepEqual(new Set([0, 2, 3].map((id) => layout.boxes.get(id)?.y)).size, 1);
});

test("full nodes to 5, tight ones to 8, narrow ones to 16, then a card", () => {
  /** @param {number} count */
  const look = (count) => {
    const size = picture(dense(count, 1)).layout.boxes.get(0)?.size;
    return size && `${size.mode} ${size.mode === "card" ? "" : size.scale}`.trim();
  };
  assert.deepEqual([4, 8, 9, 16, 17].map(look), ["nodes M", "nodes T", "nodes S", "nodes S", "card"]);
});

test("a folded end makes a bundle, which says how many edges it holds and which signs they have", () => {
  const { lines } = picture(dense(17, 4));
  assert.equal(lines.edges.length, 0);
  assert.deepEqual(
    lines.ribbons.map(({ count, width }) => [count, width.toFixed(2)]),
    [[68, (2 + 2 * Math.log10(68)).toFixed(2)]],
  );
  assert.equal(lines.ribbons[0].positive, 4 / 68);
});

test("the selected element has its edges even out of a bundle, the heaviest 64 at most", () => {
  const small = picture(dense(17, 4));
  assert.equal(selectedEdges(small.graph, small.layout, look({ tensor: 0, element: 2 })).length, 4);
  const large = picture(dense(2, 90));
  const edges = selectedEdges(large.graph, large.layout, look({ tensor: 0, element: 1 }));
  assert.equal(edges.length, 64);
  assert.equal(edges[0].weight, 1);
});

test("thickness by weight, equal weights equally thick, dots for a weight of 0", () => {
  const given = twice();
  given.ops[2].relations[0] = relation(
    [
      [0, 0, -2],
      [1, 0, 0],
    ],
    { kind: "many-to-one" },
  );
  const widths = picture(given)
    .lines.edges.filter(({ op }) => op === 2)
    .map(({ width }) => width);
  assert.deepEqual(widths, [4.8, 1.6]);
});

test("one operand used twice runs in two lines, 18 px apart", () => {
  const [first, , second] = picture(twice()).lines.edges.filter(({ op }) => op === 1);
  assert.equal(second.pieces[0][0][1] - first.pieces[0][0][1], 18);
});

test("chips are never closer than they can be read", () => {
  for (const given of [twice(), skip(), dense(2, 4)]) {
    const { lines } = picture(given);
    const chips = restingChips(lines.edges);
    assert.ok(chips.length > 0);
    for (const a of chips) {
      for (const b of chips.filter((other) => other !== a)) {
        assert.ok(
          Math.abs(a.y - b.y) >= 20 || Math.abs(a.x - b.x) >= (a.width + b.width) / 2,
          `${a.text} ${b.text}`,
        );
      }
    }
  }
});

test("a band with more than 8 edges is quiet until an element is chosen", () => {
  const { graph, layout, lines } = picture(dense(3, 3));
  assert.deepEqual(restingChips(lines.edges), []);
  assert.equal(
    chosenChips(selectedEdges(graph, layout, look({ tensor: 0, element: 0 })), [], "input").length,
    3,
  );
});

test("the scene of a step: scores that have arrived, the current columns, what the selection pushes back", () => {
  const given = twice();
  const list = steps(given);
  const shown = picture(given, 9);
  const scene = sceneOf(shown, knownAt(given, list, 9), look({ tensor: 2, element: 0 }));
  const scores = scene.nodes.filter((node) => node.score !== undefined).map((node) => node.tensor);
  assert.deepEqual([...new Set(scores)].sort(), [2, 3, 4]);
  assert.equal(scene.nodes.find((node) => node.tensor === 2)?.focus, "in");
  assert.equal(scene.nodes.find((node) => node.tensor === 3)?.focus, "out");
  assert.equal(scene.edges.filter(({ emphasis }) => emphasis === "chosen").length, 2);
  assert.ok(scene.edges.every(({ emphasis }) => emphasis !== "rest"));
  assert.deepEqual(
    scene.drawers.map(({ pending, now }) => [pending, now]),
    [
      [true, 3],
      [true, -8],
    ],
  );
});

test("a root that nobody gave a score shows an empty place for each element", () => {
  const given = twice();
  const error = {
    type: "RuntimeError",
    message: "grad can be implicitly created only for scalar outputs",
    op: null,
  };
  given.backward = [call({ after_op: 2, roots: [{ tensor: 3, gradient: null }], error })];
  const list = steps(given);
  const k = list.findIndex(({ kind }) => kind === "error");
  const shown = picture(given, k);
  assert.deepEqual(
    shown.graph.ops.map(({ id }) => id),
    [0, 1],
    "the graph behind it stays visible",
  );
  const scene = sceneOf(shown, knownAt(given, list, k), look(null));
  assert.deepEqual(
    scene.seeds.map(({ value }) => value),
    [null, null],
  );
});

test("the picture does not change while one steps through its call", () => {
  const given = twice();
  assert.equal(picture(given, 3), picture(given, 5));
  assert.notEqual(picture(given, 5), picture(given, 8));
});

test("curves: ends, horizontal handles, and where they cross a line", () => {
  const curve = cubic([0, 0], [100, 40]);
  assert.deepEqual(
    [pointAt(curve, 0), pointAt(curve, 1)],
    [
      [0, 0],
      [100, 40],
    ],
  );
  assert.equal(curve[1][1], 0);
  assert.ok(Math.abs(pointAt(curve, crossing(curve, 62))[0] - 62) < 1e-3);
  assert.equal(
    pathData(
      through([
        [0, 0],
        [10, 5],
        [20, 5],
        [30, 9],
      ]),
    ),
    "M0 0C3.8 0 6.2 5 10 5L20 5C23.8 5 26.2 9 30 9",
  );
});

test("of a long walk only the operations near the step are shown, and the sum still knows all of them", () => {
  const count = 120;
  const tensors = Array.from({ length: count + 1 }, (_, id) =>
    tensor(id, { name: "h", shape: [1], op: id ? id - 1 : null }),
  );
  const ops = Array.from({ length: count }, (_, id) =>
    operation(id, { inputs: [id], outputs: [id + 1], relations: [relation([[0, 0, 2]])] }),
  );
  const scores = tensors.map(({ id }) => ({ tensor: id, values: [1] })).reverse();
  const order = ops.map(({ id }) => id).reverse();
  const backward = call({ after_op: count, roots: [{ tensor: count, gradient: [1] }], order, scores });
  const given = trace(tensors, ops, [backward]);
  const list = steps(given);
  const first = picture(given, count + 1);
  const last = picture(given, list.length - 1);
  assert.deepEqual([first.graph.ops.length, first.graph.total, first.graph.walk.length], [48, 120, 120]);
  assert.ok(first.layout.boxes.has(count) && !first.layout.boxes.has(0));
  assert.ok(last.layout.boxes.has(0) && !last.layout.boxes.has(count));
});

test("scalars that crowd a column fold like everything else", () => {
  const tensors = Array.from({ length: 20 }, (_, id) => tensor(id, { name: `a${id}` }));
  tensors.push(tensor(20, { name: "s", op: 0 }));
  const inputs = Array.from({ length: 20 }, (_, id) => id);
  const relations = inputs.map((input) => relation([[0, 0, 1]], { input }));
  const roots = [{ tensor: 20, gradient: [1] }];
  const given = trace(
    tensors,
    [operation(0, { name: "stack", inputs, outputs: [20], relations })],
    [call({ after_op: 1, roots, order: [0] })],
  );
  const { bounds } = picture(given).layout;
  assert.ok(Object.values(bounds).every(Number.isFinite), JSON.stringify(bounds));
});
