/** For test_fixes.py: reads {trace, sources} and writes every fix of every fault, with the sources that it makes. */

import { readFileSync } from "node:fs";
import { codeAfter, repaired } from "../../static/js/code/edits.js";
import { faultsOf } from "../../static/js/errors/faults.js";
import { fixesOf } from "../../static/js/errors/fixes.js";

const { trace, sources } = JSON.parse(readFileSync(0, "utf8"));
const all = faultsOf(trace).map((fault) => ({
  code: fault.error.hint?.code ?? null,
  fixes: fixesOf(trace, sources, fault).map((fix) => ({
    label: fix.label,
    shown: codeAfter(sources, fix.edits),
    sources: repaired(sources, fix.edits),
  })),
}));
process.stdout.write(JSON.stringify(all));
