/** Modules told as one operation: sums over paths, what folds by itself, the calls that walk them, frames, links. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { compositeRelation, waysFrom } from "../../static/js/modules/composite.js";
import { plainTrace, sameOperation, withModules } from "../../static/js/modules/folded-trace.js";
import { framesOf } from "../../static/js/modules/frames.js";
import { closedModules, moduleTitle } from "../../static/js/modules/module-tree.js";
import { fragmentOf, momentOf } from "../../static/js/moment/url.js";
import { steps } from "../../static/js/trace/steps.js";
import { shortName } from "../../static/js/trace/tensor-name.js";
import { call, operation, relation, tensor, trace } from "./traces.mjs";

const PAIR = { shape: [2], values: [1, 2] };

/** y = 3·x, z = x + y (two paths), out = z.sum(); the first two ran in a module "net.0" inside "net". */
function layered() {
  const each = (/** @type {number} */ weight) => [
    [0, 0, weight],
    [1, 1, weight],
  ];
  const ops = [
    {
      ...operation(0, { name: "mul", inputs: [0], outputs: [1], relations: [relation(each(3))] }),
      module: 1,
    },
    {
      ...operation(1, {
        name: "add",
        inputs: [0, 1],
        outputs: [2],
        relations: [relation(each(1)), relation(each(1), { input: 1 })],
      }),
      module: 1,
    },
    operation(2, {
      name: "sum",
      inputs: [2],
      outputs: [3],
      relations: [
        relation(
          [
            [0, 0, 1],
            [1, 0, 1],
          ],
          { kind: "many-to-one" },
        ),
      ],
    }),
  ];
  const tensors = [
    tensor(0, { name: "x", ...PAIR }),
    tensor(1, { op: 0, ...PAIR }),
    tensor(2, { op: 1, ...PAIR }),
    tensor(3, { op: 2, name: "out" }),
  ];
  const scores = [3, 2, 1, 0].map((id) => ({
    tensor: id,
    values: id === 3 ? [1] : id === 0 ? [4, 4] : [1, 1],
  }));
  const one = call({ after_op: 3, roots: [{ tensor: 3, gradient: [1] }], order: [2, 1, 0], scores });
  const module = { span: null, inputs: [0], outputs: [2], parameters: [], ops: [0, 1] };
  return {
    ...trace(tensors, ops, [one]),
    modules: [
      { ...module, id: 0, name: "net", class: "Sequential", parent: null },
      { ...module, id: 1, name: "net.0", class: "Block", parent: 0 },
    ],
  };
}

test("weights of paths that meet are added, and the kind is that of the whole", () => {
  const { ops, tensors } = layered();
  const found = compositeRelation(waysFrom(ops.slice(0, 2), tensors[0]), tensors[0], tensors[2], {
    input: 0,
    output: 0,
  });
  assert.deepEqual(found?.edges, { input: [0, 1], output: [0, 1], weight: [4, 4] });
  assert.deepEqual(
    [found?.kind, found?.units, found?.complete],
    ["one-to-one", { count: 2, inputs: 1, outputs: 1 }, true],
  );
});

test("where a relation was not sent whole, the composite is not guessed", () => {
  const { ops, tensors } = layered();
  ops[0].relations[0] = { ...ops[0].relations[0], complete: false };
  const found = compositeRelation(waysFrom(ops.slice(0, 2), tensors[0]), tensors[0], tensors[2], {
    input: 0,
    output: 0,
  });
  assert.deepEqual([found?.edges, found?.complete], [null, false]);
});

test("a folded module is one operation and one step of every walk, and unfolding gives its own back", () => {
  const given = layered();
  const told = withModules(given, { 1: true });
  assert.deepEqual(
    told.ops.map(({ name }) => name),
    ["net.0", "sum"],
  );
  assert.deepEqual(
    steps(told).map(({ kind, label }) => `${kind} ${label}`),
    ["forward net.0", "forward sum", "seed 1", "backward sum", "backward net.0"],
  );
  const [layer] = told.ops;
  assert.equal(told.tensors[2].op, layer.id);
  assert.ok(!told.backward[0].scores.some(({ tensor: id }) => id === 1));
  assert.equal(sameOperation(told, given, 0, true), layer.id);
  assert.equal(sameOperation(given, told, layer.id, true), 0);
  assert.equal(sameOperation(given, told, layer.id, false), 1);
  assert.equal(plainTrace(told), given);
  assert.equal(withModules(told, {}), given);
});

test("a call that stops inside a module stops at it", () => {
  const given = layered();
  given.backward[0] = {
    ...given.backward[0],
    order: [2, 1],
    error: { type: "RuntimeError", message: "", op: 0 },
  };
  const told = withModules(given, { 1: true });
  assert.deepEqual(told.backward[0].order, [2]);
  assert.equal(told.backward[0].error?.op, told.ops[0].id);
});

test("few operations open unfolded, many with their layers folded, and the outer fold hides the inner one", () => {
  const given = layered();
  assert.deepEqual(closedModules(given, {}), []);
  assert.deepEqual(closedModules(given, { 0: true, 1: true }).map(moduleTitle), ["net · Sequential"]);
  const many = Array.from({ length: 12 }, (_, i) => ({ ...given.ops[0], id: i }));
  const [net, layer] = given.modules;
  const deep = { ...given, ops: many, modules: [{ ...net, ops: many.map(({ id }) => id) }, layer] };
  assert.deepEqual(closedModules(deep, {}).map(moduleTitle), ["net.0 · Block"]);
  assert.deepEqual(closedModules(deep, { 1: false }), []);
});

test("an open module has a frame around its operations, inner ones in outer ones", () => {
  const given = layered();
  assert.deepEqual(
    framesOf(given, given.ops).map(({ title, ops, parent }) => [title, ops, parent]),
    [
      ["net · Sequential", [0, 1], null],
      ["net.0 · Block", [0, 1], 0],
    ],
  );
  const told = withModules(given, { 1: true });
  assert.deepEqual(
    framesOf(told, told.ops).map(({ title }) => title),
    ["net · Sequential"],
  );
});

test("what is folded travels in a link", async () => {
  const moment = {
    program: "small-network",
    cells: null,
    step: 3,
    selection: null,
    lang: null,
    modules: { 1: true, 4: false },
  };
  const fragment = await fragmentOf(moment);
  assert.match(fragment, /modules=1\.1%2C4\.0/);
  assert.deepEqual(await momentOf(fragment), moment);
  const own = { ...moment, program: null, cells: ["x = 1"] };
  assert.deepEqual(await momentOf(await fragmentOf(own)), own);
});

test("a dotted name is shortened from its left", () => {
  assert.equal(shortName("net.blocks.0.fc1.weight", 14), "…0.fc1.weight");
  assert.equal(shortName("torch.ones(2, 2)", 10), "torch.one…");
});
