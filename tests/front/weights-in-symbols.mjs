/**
 * Reads traces, one JSON text a line, from standard input and computes every edge's weight from its formula.
 * Prints a JSON line for each that differs by more than 1e-3, then how many there were.
 */

import { createInterface } from "node:readline";
import { computedWeight, provenanceOf } from "../../static/js/why/provenance.js";
import { symbolsOf } from "../../static/js/picture/symbols.js";

/** Edges looked at in one relation; more of the same formula tell nothing new. */
const SOME = 64;
let checked = 0;
/** @type {Set<string>} */
const untold = new Set();

for await (const line of createInterface({ input: process.stdin })) {
  const { name, trace } = JSON.parse(line);
  for (const op of trace.ops) for (const place of op.relations.keys()) check(name, trace, op, place);
}
console.log(JSON.stringify({ checked, untold: [...untold] }));

/** @param {string} name @param {any} trace @param {any} op @param {number} relation */
function check(name, trace, op, relation) {
  const symbols = symbolsOf(trace.tensors, []);
  const { edges, symbols: formulas } = op.relations[relation];
  for (let edge = 0; edge < Math.min(SOME, edges?.weight.length ?? 0); edge += 1) {
    const place = { op: op.id, relation, edge };
    const weight = Number(edges.weight[edge]);
    if (!Number.isFinite(weight)) continue;
    const found = computedWeight(trace, place);
    const steps = provenanceOf({ trace, symbols }, place)?.steps ?? [];
    const told = steps.every((step) => !/undefined|NaN|null/.test(step));
    if (Number.isNaN(found)) untold.add(`${op.name}: ${formulas[0].tex}`);
    else if (Math.abs(found - weight) > 1e-3 * Math.max(1, Math.abs(weight)) || !told)
      console.log(
        JSON.stringify({ name, op: op.name, relation, edge, tex: formulas[0].tex, found, weight, steps }),
      );
    checked += 1;
  }
}
