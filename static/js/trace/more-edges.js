/**
 * Edges that the trace did not send, asked for one element at a time and put into its relations. Every reader of the
 * trace finds them there; what is complete is told by element.
 */

/**
 * @typedef {import("./trace-types.js").Trace} Trace
 * @typedef {import("./trace-types.js").TraceOp} TraceOp
 * @typedef {import("./trace-types.js").Relation} Relation
 * @typedef {import("./trace-types.js").Scalar} Scalar
 * @typedef {import("../loops/units.js").Unit} Unit
 * @typedef {"input" | "output"} Side
 *
 * @typedef {{elements: number[], values: Scalar[], scores: Scalar[] | null}} Numbers
 * @typedef {object} EdgesAnswer
 * @property {NonNullable<Relation["edges"]>} edges
 * @property {{input: Numbers, output: Numbers}} numbers
 *
 * @typedef {object} Held  What is at hand of a relation that was not sent whole.
 * @property {Set<number>} input    elements of which all edges are there
 * @property {Set<number>} output
 * @property {{input: Set<number>, output: Set<number>}} told  elements whose ends' numbers have come, too
 * @property {Set<string>} pairs
 * @property {Unit | null} unit
 */

/** @type {WeakMap<Relation, Held>} */
const held = new WeakMap();

/** @param {Relation} relation @returns {Held} */
function heldOf(relation) {
  const known = held.get(relation);
  if (known) return known;
  const { input, output } = relation.edges ?? { input: [], output: [] };
  const own = {
    input: new Set(input),
    output: new Set(output),
    told: { input: new Set(), output: new Set() },
    pairs: new Set(input.map((from, i) => `${from} ${output[i]}`)),
    unit: firstUnit(input, output),
  };
  held.set(relation, own);
  return own;
}

/** The trace sends whole units, so the first is complete. @param {number[]} input @param {number[]} output */
function firstUnit(input, output) {
  if (!input.length) return null;
  const inputs = new Set([input[0]]);
  const outputs = new Set([output[0]]);
  for (let size = 0; size !== inputs.size + outputs.size; ) {
    size = inputs.size + outputs.size;
    for (let i = 0; i < input.length; i += 1)
      if (inputs.has(input[i]) || outputs.has(output[i])) {
        inputs.add(input[i]);
        outputs.add(output[i]);
      }
  }
  return { inputs: sorted(inputs), outputs: sorted(outputs) };
}

/** @param {Set<number>} set */
function sorted(set) {
  return [...set].sort((a, b) => a - b);
}

/**
 * Whether all edges of this element are at hand.
 * @param {Relation} relation
 * @param {Side} side
 * @param {number} element
 */
export function hasEdgesOf(relation, side, element) {
  return relation.complete || heldOf(relation)[side].has(element);
}

/**
 * A unit of a relation that was not sent whole; null before any is known.
 * @param {Relation} relation
 */
export function oneUnitOf(relation) {
  return heldOf(relation).unit;
}

/**
 * Whether an element's edges must be asked for: they are not there, or the numbers at their ends are not.
 * @param {Trace} trace
 * @param {TraceOp} op
 * @param {Relation} relation
 * @param {Side} side
 * @param {number} element
 */
export function lacks(trace, op, relation, side, element) {
  if (!hasEdgesOf(relation, side, element)) return true;
  const ends = [op.inputs[relation.input], op.outputs[relation.output]];
  const large = trace.tensors.some(({ id, values }) => ends.includes(id) && values === null);
  return large && !heldOf(relation).told[side].has(element);
}

/**
 * Puts an answer where the trace keeps such things: edges into the relation, numbers to their tensors and scores.
 * @param {Trace} trace
 * @param {TraceOp} op
 * @param {Relation} relation
 * @param {{side: Side, elements: number[], call: number | null}} asked  call: whose scores were told
 * @param {EdgesAnswer} answer
 */
export function put(trace, op, relation, asked, answer) {
  const own = heldOf(relation);
  relation.edges ??= { input: [], output: [], weight: [] };
  const { edges } = relation;
  answer.edges.input.forEach((input, i) => {
    const output = answer.edges.output[i];
    if (own.pairs.has(`${input} ${output}`)) return;
    own.pairs.add(`${input} ${output}`);
    edges.input.push(input);
    edges.output.push(output);
    edges.weight.push(answer.edges.weight[i]);
  });
  for (const element of asked.elements) {
    own[asked.side].add(element);
    own.told[asked.side].add(element);
  }
  own.unit ??= unitFrom(own, edges);
  putNumbers(trace, op.inputs[relation.input], asked.call, answer.numbers.input);
  putNumbers(trace, op.outputs[relation.output], asked.call, answer.numbers.output);
}

/**
 * The unit of an input and an output that are joined, each with all its edges: what the one makes and the other takes.
 * @param {Held} own
 * @param {NonNullable<Relation["edges"]>} edges
 * @returns {Unit | null}
 */
function unitFrom(own, edges) {
  const at = edges.input.findIndex((input, i) => own.input.has(input) && own.output.has(edges.output[i]));
  if (at < 0) return null;
  const [from, to] = [edges.input[at], edges.output[at]];
  const inputs = edges.input.filter((_, i) => edges.output[i] === to);
  const outputs = edges.output.filter((_, i) => edges.input[i] === from);
  return { inputs: sorted(new Set(inputs)), outputs: sorted(new Set(outputs)) };
}

/** @param {Trace} trace @param {number} id @param {number | null} call @param {Numbers} numbers */
function putNumbers(trace, id, call, numbers) {
  const tensor = trace.tensors.find((other) => other.id === id);
  if (tensor && tensor.values === null) tensor.some = filled(tensor.some, numbers.elements, numbers.values);
  const score = call === null ? undefined : trace.backward[call].scores.find((other) => other.tensor === id);
  if (score && score.values === null && numbers.scores)
    score.some = filled(score.some, numbers.elements, numbers.scores);
}

/** @param {Scalar[] | undefined} row @param {number[]} elements @param {Scalar[]} values */
function filled(row, elements, values) {
  const next = row ? row.slice() : [];
  elements.forEach((element, i) => {
    next[element] = values[i];
  });
  return next;
}
