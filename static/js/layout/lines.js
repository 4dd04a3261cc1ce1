/** The lines of one step: edges with their emphasis and state, bundles, the weights and travelling products on them. */

import { toNumber } from "../format.js";
import { isSame } from "../why/looked-edge.js";
import { LANDED } from "../trace/moves.js";
import { isInPart } from "../trace/parts.js";
import { share } from "../trace/scores.js";
import { readingOf, wrtOf } from "../why/reading.js";
import { CHIP, chosenChips, restingChips } from "./chips.js";
import { selectedEdges } from "./edges.js";
import { arrowsAt, pillsAt, wayAt } from "./pills.js";

/**
 * @typedef {import("./scene.js").Picture} Picture
 * @typedef {import("../trace/trace-types.js").Trace} Trace
 * @typedef {import("../trace/walk.js").Known} Known
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./edges.js").Edge} Edge
 * @typedef {"rest" | "chosen" | "pushed"} Emphasis
 */

/**
 * @param {Picture} picture
 * @param {Known} known
 * @param {import("../why/reading.js").Look} look
 * @param {boolean} summed  the products of the chosen edges have landed in a drawn sum
 * @param {Edge[]} [chosen]  the selected element's edges
 */
export function linesOf(
  picture,
  known,
  look,
  summed,
  chosen = selectedEdges(picture.graph, picture.layout, look),
) {
  const { trace, graph, layout, lines } = picture;
  const side = look.selection && readingOf(graph, look.selection.tensor, look.reading);
  const keys = new Set(chosen.map((edge) => edge.key));
  const touched = new Set(chosen.map((edge) => edge.op));
  const stopped = stoppedAt(trace, known);
  const walking = stopped ?? (known.step?.kind === "backward" ? known.step.op : null);
  // Where the walk stops, scores stand before the weights that are gone.
  const beat = stopped === null ? known.beat : /** @type {const} */ (1);
  const aside = notAskedAbout(graph, look);
  /** @param {Edge | import("./edges.js").Ribbon} line @returns {Emphasis} */
  const emphasis = (line) =>
    keys.has(line.key) ? "chosen" : chosen.length || aside(line) ? "pushed" : "rest";
  const extra = chosen.filter((edge) => !lines.edges.some(({ key }) => key === edge.key));
  const marks = [...lines.edges, ...extra].map((edge) => ({
    edge,
    emphasis: emphasis(edge),
    density: densityOf(graph, edge),
    lost: known.lost.has(edge.op),
    differs: isWorst(graph, edge),
    looked: isSame(look.edge, { ...edge, edge: edge.index }),
    blocked: edge.carries && edge.op === stopped,
  }));
  const walked = marks.filter(
    ({ edge }) => edge.op === walking && edge.carries && isInPart(known.part, edge.from),
  );
  const { pills, arrows } = travellers(graph, known, beat, walked, chosen, summed);
  const written = [...writtenAt(layout), ...pills];
  const loud = chosen.length
    ? chosenChips(chosen, written, side ?? "input", marks.find(({ looked }) => looked)?.edge.key)
    : restingChips(lines.edges, written, look.weights);
  const quiet = chosen.length
    ? restingChips(
        lines.edges.filter((edge) => !touched.has(edge.op)),
        [...written, ...loud.map(tall)],
        look.weights,
      )
    : [];
  const own = lines.painted ? marks.filter(({ emphasis, looked }) => emphasis === "chosen" || looked) : marks;
  return {
    edges: own,
    painted: lines.painted ? marks.filter((mark) => !own.includes(mark)) : [],
    ribbons: lines.ribbons.map((ribbon) => ({
      ribbon,
      emphasis: emphasis(ribbon),
      lost: known.lost.has(ribbon.op),
      way: ribbon.op === walking && ribbon.carries ? wayAt(beat) : null,
    })),
    chips: [...loud, ...quiet].map((chip) => ({
      chip,
      quiet: quiet.includes(chip),
      lost: known.lost.has(chip.edge.op),
      blocked: chip.edge.op === stopped,
    })),
    pills,
    arrows,
    shown: marks.filter(({ edge }) => edge.carries).length,
    total: lines.total,
  };
}

/** The edge of a learner's own backward that is furthest from what moving the input gives. @param {Graph} graph @param {Edge} edge */
function isWorst({ ops }, { op: id, relation, from, to }) {
  const differs = ops.find((op) => op.id === id)?.relations[relation]?.differs;
  return differs?.input === from.element && differs.output === to.element;
}

/**
 * Lines from an operand that the reader did not ask about, where one of several was chosen.
 * @param {Graph} graph
 * @param {import("../why/reading.js").Look} look
 * @returns {(line: {op: number, relation: number}) => boolean}
 */
function notAskedAbout(graph, look) {
  return ({ op: id, relation }) => {
    const op = look.wrt[id] === undefined ? undefined : graph.ops.find((other) => other.id === id);
    return op !== undefined && op.inputs[op.relations[relation].input] !== wrtOf(op, look);
  };
}

/** @param {import("./chips.js").Chip} chip */
function tall(chip) {
  return { ...chip, height: CHIP.height };
}

/**
 * What moves over the current operation: numbers on the edges that are looked at, arrowheads on all others.
 * @param {Graph} graph
 * @param {Known} known
 * @param {import("../trace/moves.js").Beat} beat
 * @param {{edge: Edge, density: number}[]} walked  edges of the current operation
 * @param {Edge[]} chosen
 * @param {boolean} summed
 */
function travellers(graph, known, beat, walked, chosen, summed) {
  const keys = new Set(chosen.map(({ key }) => key));
  const edges = walked.map(({ edge }) => edge);
  const own = edges.filter(({ key }) => keys.has(key));
  const asked = own.length ? own : edges;
  const waits = beat < LANDED || own.length > 0 || asked.some(({ from }) => known.waiting.has(from.tensor));
  const amountOf = amounts(graph, known);
  const pills = waits && !summed ? pillsAt(asked, beat, amountOf) : [];
  const told = new Set(summed ? own : pills.map(({ edge }) => edge));
  const rest = walked.filter(({ edge, density }) => density === 0 && !told.has(edge));
  return {
    pills,
    arrows: arrowsAt(
      rest.map(({ edge }) => edge),
      beat,
      amountOf,
    ),
  };
}

/**
 * What an edge carries in this step: the score of its output, then that times its weight; null while the score is missing.
 * @param {Graph} graph
 * @param {Known} known
 * @returns {(edge: Edge) => import("./pills.js").Amount | null}
 */
function amounts(graph, known) {
  return (edge) => {
    const relation = graph.ops.find((op) => op.id === edge.op)?.relations[edge.relation];
    const score = toNumber(known.scores.get(edge.to.tensor)?.[edge.to.element]);
    return relation && score !== null ? { score, product: share(relation, edge.weight, score) } : null;
  };
}

/** Where operations are named. @param {import("./layout.js").Layout} layout @returns {import("./chips.js").Obstacle[]} */
function writtenAt(layout) {
  return [...layout.bands.values()].map((band) => ({
    x: band.chipX,
    y: band.chipY,
    width: band.chipWidth,
    height: 30,
  }));
}

/** @param {Trace} trace @param {Known} known */
function stoppedAt(trace, known) {
  if (known.step?.kind !== "error" || known.call === null) return null;
  return trace.backward[known.call].error?.op ?? null;
}

/**
 * How crowded the edge's unit is: 0 up to 16 edges, 1 up to 64, 2 beyond.
 * @param {Graph} graph
 * @param {Edge} edge
 */
function densityOf(graph, edge) {
  const relation = graph.ops.find((op) => op.id === edge.op)?.relations[edge.relation];
  const unit = relation ? relation.edge_count / Math.max(1, relation.units.count) : 1;
  return unit <= 16 ? 0 : unit <= 64 ? 1 : 2;
}
