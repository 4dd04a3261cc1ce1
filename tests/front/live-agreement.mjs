/** Reads [trace, gradients] pairs from standard input and writes what the page makes of them, as the page writes numbers. */

import { readFileSync } from "node:fs";
import { formatNumber } from "../../static/js/format.js";
import { liveTrace } from "../../static/js/gradient/live-trace.js";

/** @param {{scores: {values: any[]}[], accumulated: {before: any[] | null, after: any[]}[], results?: any[]}} call */
const numbersOf = (call) => [
  ...call.scores.map(({ values }) => values),
  ...call.accumulated.flatMap(({ before, after }) => [before, after]),
  ...(call.results ?? []),
];
/** @param {any[] | null} values */
const texts = (values) => values?.map((value) => formatNumber(value)) ?? null;
/** @param {any} trace */
const told = (trace) => trace.backward.map((call) => numbersOf(call).map(texts));

const pairs = JSON.parse(readFileSync(0, "utf-8"));
const answers = pairs.map(({ base, gradients, wanted }) => {
  const given = gradients.map(({ call, tensor, values }) => [call, new Map([[tensor, values]])]);
  const live = liveTrace(base, new Map(given));
  return {
    exact: live?.exact,
    live: live && told(live.trace),
    wanted: told(wanted),
    grads: live?.trace.tensors.map(({ grad }) => texts(grad)),
    wantedGrads: wanted.tensors.map(({ grad }) => texts(grad)),
  };
});
process.stdout.write(JSON.stringify(answers));
