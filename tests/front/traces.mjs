/** Small traces in the shape of POST /api/trace, made by hand so that the numbers can be checked on paper. */

/** @typedef {import("../../static/js/trace/trace-types.js").Trace} Trace */
/** @typedef {import("../../static/js/trace/trace-types.js").TraceTensor} TraceTensor */
/** @typedef {import("../../static/js/trace/trace-types.js").TraceOp} TraceOp */

/**
 * @param {number} id
 * @param {Partial<TraceTensor>} given
 * @returns {TraceTensor}
 */
export function tensor(id, given) {
  const made = given.op !== undefined && given.op !== null;
  return {
    id,
    name: null,
    label: given.name ?? `t${id}`,
    version: 0,
    constant: false,
    shape: [],
    dtype: "float32",
    requires_grad: true,
    is_leaf: !made,
    op: null,
    values: [0],
    grad: null,
    span: null,
    ...given,
  };
}

/** @param {number} value */
export function constant(id, value) {
  return tensor(id, { label: String(value), constant: true, requires_grad: false, values: [value] });
}

/**
 * @param {[number, number, number | string][]} edges  input, output, weight
 * @param {object} [given]
 */
export function relation(edges, given = {}) {
  return {
    input: 0,
    output: 0,
    carries: true,
    selects: false,
    structure: "elementwise",
    kind: "one-to-one",
    units: { count: edges.length, inputs: 1, outputs: 1 },
    edge_count: edges.length,
    complete: true,
    edges: {
      input: edges.map(([i]) => i),
      output: edges.map(([, o]) => o),
      weight: edges.map(([, , w]) => w),
    },
    local: null,
    symbols: [],
    ...given,
  };
}

/** @param {number} count @param {number} weight @returns {[number, number, number][]} */
export function straight(count, weight) {
  return Array.from({ length: count }, (_, i) => [i, i, weight]);
}

/** @param {number} id @param {Partial<TraceOp>} given @returns {TraceOp} */
export function operation(id, given) {
  const defaults = {
    name: "f",
    grad_fn: "FBackward0",
    params: {},
    inputs: [],
    outputs: [],
    saved: [],
    relations: [],
  };
  return { id, span: null, ...defaults, ...given };
}

/** @param {object} given */
export function call(given) {
  return {
    id: 0,
    call: "backward",
    span: null,
    after_op: 0,
    roots: [],
    inputs: null,
    retain_graph: false,
    create_graph: false,
    order: [],
    scores: [],
    accumulated: [],
    error: null,
    ...given,
  };
}

/** @param {TraceTensor[]} tensors @param {TraceOp[]} ops @param {ReturnType<typeof call>[]} backward @returns {Trace} */
export function trace(tensors, ops, backward) {
  return { error: null, cells: [], tensors, ops, backward, ops_total: ops.length };
}

/**
 * x = [1, 2]; y = x + 2; z = y * y; out = z.sum(); z.backward(G, retain_graph=True); out.backward().
 * Weights: 1; y and y; 1. Scores of x: 2·y·G, then 2·y.
 */
export function twice() {
  const square = [0, 1].map((input) =>
    relation(
      [
        [0, 0, 3],
        [1, 1, 4],
      ],
      { input },
    ),
  );
  const tensors = [
    tensor(0, { name: "x", shape: [2], values: [1, 2] }),
    constant(1, 2),
    tensor(2, { name: "y", shape: [2], values: [3, 4], op: 0 }),
    tensor(3, { name: "z", shape: [2], values: [9, 16], op: 1 }),
    tensor(4, { name: "out", values: [25], op: 2 }),
  ];
  const two = relation(
    [
      [0, 0, 1],
      [0, 1, 1],
    ],
    { input: 1, carries: false, kind: "one-to-many" },
  );
  const sum = relation(
    [
      [0, 0, 1],
      [1, 0, 1],
    ],
    { kind: "many-to-one", units: { count: 1, inputs: 2, outputs: 1 } },
  );
  const ops = [
    operation(0, {
      name: "add",
      grad_fn: "AddBackward0",
      inputs: [0, 1],
      outputs: [2],
      relations: [relation(straight(2, 1)), two],
    }),
    operation(1, {
      name: "mul",
      grad_fn: "MulBackward0",
      inputs: [2, 2],
      outputs: [3],
      relations: square,
      saved: [{ input: 0, version: 0 }],
    }),
    operation(2, { name: "sum", grad_fn: "SumBackward0", inputs: [3], outputs: [4], relations: [sum] }),
  ];
  return trace(tensors, ops, [firstCall(), secondCall()]);
}

function firstCall() {
  return call({
    after_op: 3,
    roots: [{ tensor: 3, gradient: [0.5, -1] }],
    retain_graph: true,
    order: [1, 0],
    scores: [
      { tensor: 3, values: [0.5, -1] },
      { tensor: 2, values: [3, -8] },
      { tensor: 0, values: [3, -8] },
    ],
    accumulated: [{ tensor: 0, before: null, after: [3, -8] }],
  });
}

function secondCall() {
  return call({
    id: 1,
    after_op: 3,
    roots: [{ tensor: 4, gradient: [1] }],
    order: [2, 1, 0],
    scores: [
      { tensor: 4, values: [1] },
      { tensor: 3, values: [1, 1] },
      { tensor: 2, values: [6, 8] },
      { tensor: 0, values: [6, 8] },
    ],
    accumulated: [{ tensor: 0, before: [3, -8], after: [9, 0] }],
  });
}

/** x = [1, 2, 3]; s = sin(x); e = exp(s); w = e * x; out = w.sum(): x is used at both ends of the chain. */
export function skip() {
  const n = 3;
  const tensors = ["x", "s", "e", "w"].map((name, id) =>
    tensor(id, { name, shape: [n], values: [1, 2, 3], op: id ? id - 1 : null }),
  );
  tensors.push(tensor(4, { name: "out", values: [6], op: 3 }));
  const fan = relation(
    straight(n, 1).map(([i]) => [i, 0, 1]),
    { kind: "many-to-one" },
  );
  const ops = [
    operation(0, { name: "sin", inputs: [0], outputs: [1], relations: [relation(straight(n, 0.5))] }),
    operation(1, { name: "exp", inputs: [1], outputs: [2], relations: [relation(straight(n, 2))] }),
    operation(2, {
      name: "mul",
      inputs: [2, 0],
      outputs: [3],
      relations: [relation(straight(n, 3)), relation(straight(n, 4), { input: 1 })],
    }),
    operation(3, { name: "sum", inputs: [3], outputs: [4], relations: [fan] }),
  ];
  const scores = [[1], [1, 1, 1], [3, 3, 3], [6, 6, 6], [7, 7, 7]].map((values, i) => ({
    tensor: 4 - i,
    values,
  }));
  const accumulated = [{ tensor: 0, before: null, after: [7, 7, 7] }];
  return trace(tensors, ops, [
    call({ after_op: 4, roots: [{ tensor: 4, gradient: [1] }], order: [3, 2, 1, 0], scores, accumulated }),
  ]);
}
