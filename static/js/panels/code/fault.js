/** The card of an error beside the canvas: explains it, repairs the code, and goes to where that leads. */

import { goTo, runAll } from "../../actions.js";
import { requestPreview } from "../../api.js";
import { isOutdated } from "../../code/cells.js";
import { codeAfter, repaired } from "../../code/edits.js";
import { setAttribute } from "../../element.js";
import { explanationOf } from "../../errors/explanation.js";
import { faultAt } from "../../errors/faults.js";
import { fixesOf } from "../../errors/fixes.js";
import { gradTexts } from "../../gradient/grad-text.js";
import { faultCard, faultPreview } from "../../marks/fault-card.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../errors/faults.js").Fault} Fault
 * @typedef {import("../../errors/fixes.js").Fix} Fix
 */

/** The reader may be stepping; a run on the server is worth it only where they stay, ms. */
const STAY = 350;

/**
 * @param {HTMLElement} root
 * @param {Store} store
 * @param {Translate} t
 * @param {(edits: import("../../code/edits.js").Edit[]) => void} edit  writes into the cells, so that each cell can undo it
 */
export function mountFault(root, store, t, edit) {
  /** @type {Fix[]} */
  let fixes = [];
  /** @type {Fault | null} */
  let fault = null;
  /** @type {AbortController | null} */
  let asked = null;
  let timer = 0;

  const draw = () => {
    const state = store.get();
    const next = faultAt(state.trace, state.steps[state.step] ?? null, state.fault);
    setAttribute(/** @type {HTMLElement} */ (root.parentElement), "data-fault", next !== null);
    root.hidden = next === null;
    fault = next;
    if (!next || !state.trace) return root.replaceChildren();
    fixes = fixesOf(state.trace, state.sources, next);
    root.replaceChildren(...faultCard(t, cardOf(state, next, fixes)));
    preview(state);
  };

  /** What the first repair gives, asked quietly and shown only if it still belongs to what is on the page. @param {State} state */
  const preview = ({ trace, sources, cells }) => {
    asked?.abort();
    clearTimeout(timer);
    const [fix] = fixes;
    if (!fix || !trace || isOutdated(cells, sources.length)) return;
    asked = new AbortController();
    const { signal } = asked;
    timer = setTimeout(async () => {
      const { data } = await requestPreview(repaired(sources, fix.edits), signal);
      const place = root.querySelector(".fault-preview");
      if (!data || data.error || signal.aborted || store.get().trace !== trace) return;
      place?.replaceChildren(...faultPreview(t, gradTexts(data)));
    }, STAY);
  };

  root.addEventListener("click", async (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest(".fault-close")) return close(store);
    const button = /** @type {HTMLElement | null} */ (target.closest("[data-fix]"));
    const fix = button ? fixes[Number(button.dataset.fix)] : undefined;
    if (fix && fault) await mend(store, fault, fix, edit);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(store);
  });
  store.subscribe((state, previous) => {
    const keys = /** @type {const} */ (["trace", "fault", "lang", "steps", "cells"]);
    const moved = state.steps[state.step]?.call !== previous.steps[previous.step]?.call;
    const edited =
      isOutdated(state.cells, state.sources.length) !== isOutdated(previous.cells, previous.sources.length);
    if (moved || edited || keys.slice(0, 4).some((key) => state[key] !== previous[key])) draw();
  });
  draw();
}

/** @param {State} state @param {Fault} fault @param {Fix[]} fixes */
function cardOf({ trace, sources, cells, lang }, fault, fixes) {
  return {
    explanation: explanationOf(
      /** @type {import("../../trace/trace-types.js").Trace} */ (trace),
      sources,
      fault,
    ),
    hint: fault.error.hint?.[lang] ?? null,
    fixes: fixes.map((fix) => ({ ...fix, code: codeAfter(sources, fix.edits) })),
    cell: fault.cell,
    stale: isOutdated(cells, sources.length),
  };
}

/** @param {Store} store */
function close(store) {
  store.set({ fault: null });
  document.getElementById("canvas")?.focus();
}

/**
 * Edits, runs, and goes to the end of the call that failed before.
 * @param {Store} store
 * @param {Fault} fault
 * @param {Fix} fix
 * @param {(edits: import("../../code/edits.js").Edit[]) => void} edit
 */
async function mend(store, fault, fix, edit) {
  edit(fix.edits);
  document.getElementById("canvas")?.focus({ preventScroll: true });
  await runAll(store);
  const { trace, steps } = store.get();
  if (!trace || fault.call === null) return;
  const last = steps.findLastIndex(({ call }) => call === fault.call);
  if (last >= 0) goTo(store, last);
  if (fix.opens && !trace.backward[fault.call]?.error) store.set({ opens: fix.opens });
}
