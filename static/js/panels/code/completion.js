/** Autocompletion of a cell: Tab or Enter takes what is marked, Esc leaves. The catalogue is asked for once, when first needed. */

import { acceptCompletion, autocompletion, keymap, Prec, syntaxTree, tooltips } from "vendor/cm.js";
import { requestOperations } from "../../api.js";
import { completionsAt } from "../../code/completions.js";
import { completionInfo } from "../../marks/completion-info.js";

/**
 * @typedef {import("../../code/completions.js").Entry} Entry
 * @typedef {{t: import("../../i18n.js").Translate, sources: () => string[]}} Surroundings
 */

/** @type {Promise<Entry[]> | null} */
let catalogue = null;

/** @returns {Promise<Entry[]>} empty when the server cannot be reached; asked again the next time */
async function entries() {
  catalogue ??= requestOperations().then(({ data }) => {
    if (!data) catalogue = null;
    return /** @type {Entry[]} */ (data ?? []);
  });
  return catalogue;
}

/** @param {Surroundings} around */
export function completion({ t, sources }) {
  /** @param {import("@codemirror/autocomplete").CompletionContext} context */
  const propose = async (context) => {
    const node = syntaxTree(context.state).resolveInner(context.pos, -1).name;
    if (/String|Comment/.test(node)) return null;
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    if (!context.explicit && !/[\w\])]\.\w*$|[a-zA-Z_]\w+$/.test(before)) return null;
    const found = completionsAt(before, await entries(), sources());
    if (!found?.options.length || context.aborted) return null;
    const options = found.options.map(({ label, type, entry }) => ({
      label,
      type,
      ...(entry ? { info: () => completionInfo(t, entry) } : {}),
    }));
    return { from: line.from + found.from, options, validFor: /^\w*$/ };
  };
  return [
    autocompletion({ override: [propose], icons: false, interactionDelay: 0 }),
    Prec.high(keymap.of([{ key: "Tab", run: acceptCompletion }])),
    // The box of a cell cuts off what is larger than it.
    tooltips({ position: "fixed", parent: document.body }),
  ];
}
