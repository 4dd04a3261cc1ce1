/** The runs of one operation as frames around their nodes, where every run stands in rows of its own. */

/**
 * @typedef {import("./layout.js").Layout} Layout
 * @typedef {import("./layout.js").Box} Box
 * @typedef {import("../trace/trace-types.js").TraceOp} TraceOp
 *
 * @typedef {{x: number, y: number, width: number, height: number, label: string}} UnitFrame
 */

const MOST = 8;
const PAD = { side: 8, label: 26, down: 7 };

/**
 * @param {TraceOp} op
 * @param {Layout} layout
 * @returns {UnitFrame[]} none where runs share rows or are single numbers
 */
export function unitFrames(op, layout) {
  const position = op.relations.findIndex(({ carries }) => carries);
  const relation = op.relations[position];
  if (!relation?.edges || !relation.complete || op.relations.length > 1) return [];
  const { count, inputs, outputs } = relation.units;
  if (count < 2 || count > MOST || inputs * outputs < 2) return [];
  const from = layout.boxes.get(op.inputs[relation.input]);
  const to = layout.boxes.get(op.outputs[relation.output]);
  if (!from || !to || from.drawer || from.size.mode !== "nodes" || to.size.mode !== "nodes") return [];
  const runs = runsOf(relation.edges, from, to).sort((a, b) => a.top - b.top);
  const apart = runs.every((run, i) => !i || run.top - runs[i - 1].bottom >= 2);
  if (!apart || runs.length !== count) return [];
  return runs.map((run) => ({
    x: from.x - PAD.label,
    y: run.top - PAD.down,
    width: to.x + to.size.width - from.x + PAD.label + PAD.side,
    height: run.bottom - run.top + 2 * PAD.down,
    label: sliceText(from, run.inputs),
  }));
}

/**
 * @param {{input: number[], output: number[]}} edges
 * @param {Box} from
 * @param {Box} to
 */
function runsOf(edges, from, to) {
  /** @type {Map<number, Set<number>>} */
  const sources = new Map();
  edges.output.forEach((output, i) => {
    sources.set(output, (sources.get(output) ?? new Set()).add(edges.input[i]));
  });
  /** @type {Map<string, {inputs: number[], outputs: number[]}>} */
  const runs = new Map();
  for (const [output, inputs] of sources) {
    const sorted = [...inputs].sort((a, b) => a - b);
    const run = runs.get(String(sorted)) ?? { inputs: sorted, outputs: [] };
    run.outputs.push(output);
    runs.set(String(sorted), run);
  }
  return [...runs.values()].map(({ inputs, outputs }) => {
    const cells = [...inputs.map((i) => span(from, i)), ...outputs.map((i) => span(to, i))];
    return {
      inputs,
      top: Math.min(...cells.map(([top]) => top)),
      bottom: Math.max(...cells.map(([, bottom]) => bottom)),
    };
  });
}

/** @param {Box} box @param {number} element @returns {[number, number]} */
function span(box, element) {
  const top = box.y + (box.size.cells[element]?.y ?? 0);
  return [top, top + box.size.cell];
}

/**
 * The slice that a run reads, as code: indices that stay, and ":" where they run.
 * @param {Box} box
 * @param {number[]} elements
 */
function sliceText({ member: { tensor } }, elements) {
  const { shape } = tensor;
  if (!tensor.name) return "";
  const at = shape.map((size, dim) => {
    const step = shape.slice(dim + 1).reduce((product, other) => product * other, 1);
    const own = new Set(elements.map((element) => Math.floor(element / step) % size));
    return own.size === 1 ? String([...own][0]) : ":";
  });
  return `${tensor.name}[${at.join(", ")}]`;
}
