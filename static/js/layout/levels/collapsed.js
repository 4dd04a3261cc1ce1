/** What is one chip until the reader unfolds it: a call of the student's own function, repetitions of a loop. */

/**
 * @typedef {import("../../trace/trace-types.js").TraceOp} TraceOp
 * @typedef {import("./regions.js").Group} Group
 *
 * @typedef {{name: string, from: number, to: number}} Definition  first and last line of the body, from 1
 */

/** A loop that runs more often than this is told once and counted. */
const OFTEN = 3;
const LONGEST = 24;

/**
 * @param {TraceOp[]} ops        in program order
 * @param {string[]} sources     the cells as they ran
 * @param {number | null} current  the operation whose repetition stays in sight; else the last one does
 * @returns {Group[]}  an operation is in one of them at most
 */
export function collapsedGroups(ops, sources, current) {
  const loops = loopGroups(ops, current);
  const counted = new Set(loops.flatMap((group) => group.ops));
  return [
    ...loops,
    ...callGroups(
      // A module's operations have their frame.
      ops.filter((op) => !counted.has(op.id) && (op.module ?? null) === null),
      sources.map(definitionsOf),
    ),
  ];
}

/** How the state names a group among operations: no operation has a negative id. @param {{ops: number[]}} group */
export function groupId({ ops }) {
  return -1 - ops[0];
}

/**
 * The functions that a source defines, by indentation.
 * @param {string} source
 * @returns {Definition[]}  inner ones after those around them
 */
export function definitionsOf(source) {
  const lines = source.split("\n");
  return lines.flatMap((line, i) => {
    const head = /^(\s*)def\s+([\p{L}_][\p{L}\p{N}_]*)\s*\(/u.exec(line);
    if (!head) return [];
    const after = lines
      .slice(i + 1)
      .findIndex((next) => next.trim() !== "" && indentOf(next) <= head[1].length);
    return [{ name: head[2], from: i + 2, to: after < 0 ? lines.length : i + 1 + after }];
  });
}

/** @param {string} line */
function indentOf(line) {
  return line.length - line.trimStart().length;
}

/**
 * Neighbouring operations of one call. A place that comes again belongs to the next call of the same function.
 * @param {TraceOp[]} ops
 * @param {Definition[][]} definitions  by cell
 * @returns {Group[]}
 */
function callGroups(ops, definitions) {
  /** @type {{definition: Definition | undefined, ops: TraceOp[]}[]} */
  const calls = [];
  for (const op of ops) {
    const definition = definitionAt(op, definitions);
    const last = calls.at(-1);
    const again = last?.ops.some((other) => placeOf(other) === placeOf(op));
    if (last && last.definition === definition && !again) last.ops.push(op);
    else calls.push({ definition, ops: [op] });
  }
  return calls.flatMap(({ definition, ops: own }) =>
    definition && own.length > 1 ? [groupOf(own, `${definition.name}()`)] : [],
  );
}

/** The innermost function around an operation. @param {TraceOp} op @param {Definition[][]} definitions */
function definitionAt({ span }, definitions) {
  return span
    ? (definitions[span.cell] ?? []).findLast(({ from, to }) => span.line >= from && span.line <= to)
    : undefined;
}

/**
 * Repetitions of a stretch of operations, but for the one that is looked at.
 * @param {TraceOp[]} ops
 * @param {number | null} current
 * @returns {Group[]}
 */
function loopGroups(ops, current) {
  const places = ops.map(placeOf);
  /** @type {Group[]} */
  const groups = [];
  for (let at = 0; at < ops.length; ) {
    const { period, times } = repetition(places, at);
    if (times <= OFTEN) {
      at += 1;
      continue;
    }
    const here = ops.findIndex((op) => op.id === current);
    const seen = here >= at && here < at + period * times ? Math.floor((here - at) / period) : times - 1;
    groups.push(
      ...counted(ops, at, period, seen),
      ...counted(ops, at + (seen + 1) * period, period, times - seen - 1),
    );
    at += period * times;
  }
  return groups;
}

/** @param {TraceOp[]} ops @param {number} at @param {number} period @param {number} times @returns {Group[]} */
function counted(ops, at, period, times) {
  return times > 1 ? [groupOf(ops.slice(at, at + period * times), `×${times}`)] : [];
}

/**
 * The shortest stretch that repeats from here on, and how often.
 * @param {string[]} places
 * @param {number} at
 */
function repetition(places, at) {
  for (let period = 1; period <= LONGEST && at + 2 * period <= places.length; period += 1) {
    let end = at + period;
    while (end < places.length && places[end] === places[end - period] && places[end] !== "") end += 1;
    const times = Math.floor((end - at) / period);
    if (times > OFTEN) return { period, times };
  }
  return { period: 1, times: 1 };
}

/** Where in the program an operation is; empty where that is not known. @param {TraceOp} op */
function placeOf({ span, name, module }) {
  return span
    ? `${module ?? ""} ${span.cell} ${span.line} ${span.column} ${span.end_line} ${span.end_column} ${name}`
    : "";
}

/** @param {TraceOp[]} ops @param {string} label @returns {Group} */
function groupOf(ops, label) {
  return { key: `g${ops[0].id}`, label, ops: ops.map((op) => op.id) };
}
