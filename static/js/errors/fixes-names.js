/** Repairs of what cannot be read or is not there: names, imports, punctuation, brackets, budgets. */

import { offsetOf, matches, pieceAt, statementAt } from "../code/code-text.js";
import { insertion, replacement } from "../code/edits.js";

/**
 * @typedef {import("./broken.js").Broken} Broken
 * @typedef {import("./fixes.js").Fix} Fix
 */

/** What people import under these names. */
/** @type {Record<string, string>} */
const IMPORTS = {
  torch: "import torch",
  nn: "from torch import nn",
  F: "import torch.nn.functional as F",
  math: "import math",
};
/** @type {Record<string, string>} */
const HALF = {
  "（": "(", "）": ")", "，": ",", "：": ":", "；": ";", "。": ".", "“": '"', "”": '"', "‘": "'", "’": "'",
  "【": "[", "】": "]", "｛": "{", "｝": "}", "＝": "=", "＋": "+", "－": "-", "＊": "*", "／": "/", "！": "!",
  "＜": "<", "＞": ">", "、": ",", "　": " ",
}; // biome-ignore format: a table
/** @type {Record<string, string>} */
const CLOSERS = { "(": ")", "[": "]", "{": "}" };
const [ROUNDS, SMALL, LARGE] = [10, 4, 64];

/** @type {Record<string, import("./fixes.js").Repair>} */
export const nameFixes = {
  "undefined-name": (broken) => [...importFixes(broken), ...renameFixes(broken)],
  "undefined-name-alone": importFixes,
  "unsupported-name": renameFixes,
  "unsupported-name-alone": removeFixes,
  "blocked-name": removeFixes,
  "full-width-punctuation": punctuationFixes,
  syntax: syntaxFixes,
  limit: budgetFixes,
};

/** @param {Broken} broken @returns {Fix[]} */
function importFixes({ cell, values }) {
  const line = IMPORTS[values.name];
  return line ? [{ edits: [insertion(cell, 0, `${line}\n`)], label: "import", values: {} }] : [];
}

/** The last name of the failing expression becomes the nearest one. @param {Broken} broken @returns {Fix[]} */
function renameFixes({ cell, piece, values }) {
  const wrong =
    String(values.name ?? "")
      .split(".")
      .at(-1) ?? "";
  const nearest =
    String(values.nearest ?? "")
      .split(".")
      .at(-1) ?? "";
  const at = piece.text.lastIndexOf(wrong);
  if (!wrong || !nearest || at < 0) return [];
  const range = { from: piece.from + at, to: piece.from + at + wrong.length };
  return [{ edits: [replacement(cell, range, nearest)], label: "rename", values: { name: nearest } }];
}

/** Only a line that imports can go without a trace. @param {Broken} broken @returns {Fix[]} */
function removeFixes({ cell, source, piece }) {
  const statement = statementAt(source, piece.from);
  if (!statement || !/^(import|from)\b/.test(source.slice(statement.from, statement.to))) return [];
  const range = {
    from: statement.from - statement.indent.length,
    to: Math.min(source.length, statement.to + 1),
  };
  return [{ edits: [replacement(cell, range, "")], label: "removeLine", values: {} }];
}

/** Every full-width sign of the cell that stands in code. @param {Broken} broken @returns {Fix[]} */
function punctuationFixes({ cell, source }) {
  const signs = new RegExp(`[${Object.keys(HALF).join("")}]`, "g");
  const edits = matches(source, signs).map((sign) => replacement(cell, sign, HALF[sign.text]));
  return edits.length ? [{ edits, label: "halfWidth", values: {} }] : [];
}

/** @param {Broken} broken @returns {Fix[]} */
function syntaxFixes({ cell, source, error, piece }) {
  const line = source.indexOf("\n", piece.from);
  const end = pieceAt(source.slice(0, line < 0 ? source.length : line), {
    line: error.line ?? 1,
    column: 0,
    end_line: error.line ?? 1,
    end_column: Number.MAX_SAFE_INTEGER,
  });
  const stop = end.from + end.text.replace(/\s*(#.*)?$/, "").length;
  const open = /^'([([{])' was never closed/.exec(error.message)?.[1];
  if (open) return [{ edits: [insertion(cell, stop, CLOSERS[open])], label: "closeBracket", values: {} }];
  if (error.message === "expected ':'")
    return [{ edits: [insertion(cell, stop, ":")], label: "colon", values: {} }];
  return [];
}

/** Fewer rounds of the first long loop, or smaller sizes where a tensor was too large. @param {Broken} broken @returns {Fix[]} */
function budgetFixes({ cell, source, piece, error }) {
  const line = offsetOf(source, error.line ?? 1, 0);
  const [range] = matches(source, /\brange\(\s*\d{3,}\s*\)/g).filter(({ from }) => from <= piece.to);
  if (range) return [{ edits: [replacement(cell, range, `range(${ROUNDS})`)], label: "fewer", values: {} }];
  const sizes = matches(source, /(?<![\w.])\d+(?![\w.])/g, {
    from: Math.min(line, piece.from),
    to: piece.to,
  });
  const edits = sizes
    .filter(({ text }) => Number(text) > LARGE)
    .map((number) => replacement(cell, number, String(SMALL)));
  return edits.length ? [{ edits, label: "smaller", values: {} }] : [];
}
