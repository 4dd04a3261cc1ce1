import assert from "node:assert/strict";
import { test } from "node:test";
import { followed } from "../../static/js/gradient/live-state.js";
import { sessionOf, sourcesOf, withValues } from "../../static/js/gradient/live-session.js";
import { twice } from "./traces.mjs";

const SOURCES = [
  "x = torch.tensor([1., 2.], requires_grad=True)\ny = x + 2\nz = y * y\nout = z.sum()",
  "z.backward(torch.tensor([0.5, -1.0]), retain_graph=True)\nprint(x.grad)",
  "out.backward()\nx.grad",
];

/** The program of `twice` with its code, and what it prints. @param {string[]} [sources] */
function program(sources = SOURCES) {
  const base = twice();
  base.cells = ["", "tensor([ 3., -8.])\n", ""].map((stdout, i) => ({
    stdout,
    result: i === 2 ? "tensor([9., 0.])" : null,
    error: null,
    notices: [],
  }));
  const text = sources[1].split("\n")[0];
  const at = { cell: 1, line: 1, end_line: 1 };
  base.backward[0].span = { ...at, column: 0, end_column: text.length };
  base.backward[1].span = { cell: 2, line: 1, end_line: 1, column: 0, end_column: 14 };
  const label = /torch\.\w+\(\[?[^\])]*\]?\)/.exec(text)?.[0] ?? "";
  const from = text.indexOf(label);
  const span = { ...at, column: from, end_column: from + label.length };
  base.tensors.push({
    ...base.tensors[0],
    id: 5,
    name: null,
    label,
    span,
    requires_grad: false,
    values: [0.5, -1],
  });
  const cells = sources.map((source, id) => ({
    ...{ id, source, ran: source, place: id, stale: false, error: null, notices: [] },
    stdout: base.cells[id].stdout,
    result: base.cells[id].result,
  }));
  return { base, cells };
}

/** @param {{source: string}[]} cells @param {number} cell @param {string} from @param {string} to */
function typed(cells, cell, from, to) {
  return cells.map((own, i) => (i === cell ? { ...own, source: own.source.replace(from, to) } : own));
}

test("a slider writes its number into the code, and every print of a gradient follows", () => {
  const { base, cells } = program();
  const session = sessionOf(base, cells);
  assert.ok(session);
  const now = followed(withValues(session, 0, [1, 2.25]), cells);
  assert.ok(now);
  assert.equal(
    now.cells[1].source,
    "z.backward(torch.tensor([1.0, 2.25]), retain_graph=True)\nprint(x.grad)",
  );
  assert.deepEqual(
    now.cells.map(({ stdout, result, stale, dated }) => [stdout, result, stale, dated]),
    [
      ["", null, false, false],
      ["tensor([ 6., 18.])\n", null, false, false],
      ["", "tensor([12., 26.])", false, false],
    ],
  );
  assert.equal(now.sure, true);
  assert.equal(now.trace.backward[0].span?.end_column, now.cells[1].source.indexOf("\n"));
  assert.deepEqual(now.trace.tensors[5].values, [1, 2.25]);
});

test("the run's own numbers bring back the run's own trace", () => {
  const { base, cells } = program();
  const session = sessionOf(base, cells);
  const away = session && followed(withValues(session, 0, [1, 2]), cells);
  const there = away && sessionOf(away.trace, away.cells);
  const back = away && there && followed(withValues(there, 0, [0.5, -1]), away.cells);
  assert.equal(back?.trace, base);
  assert.deepEqual(
    back?.cells.map(({ source, stdout }) => [source, stdout]),
    cells.map(({ source, stdout }) => [source, stdout]),
  );
});

test("numbers typed in the code are read, any other edit is none of ours", () => {
  const { base, cells } = program();
  const session = sessionOf(base, typed(cells, 1, "0.5", "0.25"));
  assert.deepEqual(session?.values, [[0.25, -1]]);
  assert.equal(sessionOf(base, typed(cells, 1, "print(", "pr(")), null);
  assert.equal(sessionOf(base, typed(cells, 1, "0.5, ", "")), null);
  assert.equal(sessionOf(base, typed(cells, 0, "1.", "3.")), null);
});

test("ones_like gives way to numbers", () => {
  const { base, cells } = program([SOURCES[0], "z.backward(torch.ones_like(z))\nprint(x.grad)", SOURCES[2]]);
  const session = sessionOf(base, cells);
  const next = session && withValues(session, 0, [2, 0]);
  assert.equal(next && sourcesOf(next)[1], "z.backward(torch.tensor([2.0, 0.0]))\nprint(x.grad)");
});

test("a print that is not found is marked, and the server is asked", () => {
  const { base, cells } = program();
  base.cells[1] = { .../** @type {any} */ (base.cells[1]), stdout: "something else\n" };
  const session = sessionOf(base, cells);
  const now = session && followed(withValues(session, 0, [1, 2]), cells);
  assert.deepEqual([now?.cells[1].stdout, now?.cells[1].dated, now?.sure], ["something else\n", true, false]);
});

test("where the gradient feeds later code, the page leaves it to the server", () => {
  const { base, cells } = program();
  base.ops[2].inputs = [5];
  const session = sessionOf(base, cells);
  assert.equal(session && followed(withValues(session, 0, [1, 2]), cells), null);
});
