/** The timeline's track as elements: one block per group with its head, one button per step or fold. */

import { passName } from "../../trace/announce.js";
import { element, setAttribute } from "../../element.js";
import { icon, octagon } from "../../icons.js";
import { callLink, operationLink } from "../../picture/links.js";
import { isHooked } from "../../trace/hooks.js";
import { firstBeat } from "../../trace/moves.js";
import { sourceText } from "../../code/source-text.js";

/**
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../trace/groups.js").Group} Group
 * @typedef {import("../../trace/groups.js").FoldItem} FoldItem
 */

/**
 * @param {State} state
 * @param {Group[]} groups
 * @param {Translate} t
 * @returns {HTMLElement[]}
 */
export function trackOf(state, groups, t) {
  if (!groups.length) return [element("p", { class: "track-empty" }, t("page.timeline.empty"))];
  return groups.map((group) => {
    const name = nameOf(group, t);
    const label = t("page.timeline.steps", { group: name });
    const row = element("div", { class: "group-steps", role: "group", "aria-label": label });
    for (const item of group.items) {
      row.append(item.type === "step" ? stepButton(state, item.index, t) : foldButton(state, group, item, t));
    }
    const block = element("div", { class: "group" }, groupHead(state, group, name, t), row);
    setAttribute(block, "data-folded", group.folded);
    if (group.derives !== undefined) block.classList.add("group-derived");
    block.style.setProperty("--steps", String(group.items.length));
    return block;
  });
}

/** @param {Group} group @param {Translate} t */
function nameOf({ call, derives }, t) {
  return derives === undefined ? passName(call, t) : t("page.derived.title", { call: derives + 1 });
}

/** @param {State} state @param {Group} group @param {string} name @param {Translate} t */
function groupHead(state, group, name, t) {
  const arrow = element("i", { "aria-hidden": "true" }, group.call === null ? "▸" : "◂");
  const words = group.call === null ? [name, arrow] : [arrow, name];
  const statement = group.folded ? "" : statementOf(state, group);
  if (statement) words.push(element("code", {}, statement));
  const title = t(group.folded ? "page.timeline.openGroup" : "page.timeline.foldGroup");
  const expanded = String(!group.folded);
  const link = group.call === null ? null : callLink(group.call);
  const names = { "data-head": group.from, "data-link": link, "aria-expanded": expanded, title };
  return element(
    "button",
    { type: "button", class: "group-head", ...names },
    ...words,
    icon(group.folded ? "forward" : "back"),
  );
}

/** How the call is written. @param {State} state @param {Group} group */
function statementOf({ trace, sources }, { call }) {
  return call === null ? "" : sourceText(sources, trace?.backward[call].span ?? null);
}

/** @param {State} state @param {number} index @param {Translate} t */
function stepButton({ trace, steps }, index, t) {
  const step = steps[index];
  const text = element("span", { class: "step-label" }, step.label || t("page.timeline.stopped"));
  const link = step.op === null ? null : operationLink(step.op);
  const beats = [0, 1, 2, 3].slice(firstBeat(step)).map((beat) => element("i", { "data-beat": beat }));
  return element(
    "button",
    { type: "button", class: "step", "data-step": index, "data-kind": step.kind, "data-link": link },
    step.kind === "error" ? octagon(14) : null,
    trace && isHooked(trace, step) ? hookSign(t) : null,
    text,
    element("span", { class: "step-beats", "aria-hidden": "true" }, ...beats),
  );
}

/** @param {Translate} t */
function hookSign(t) {
  return element("span", { class: "step-hook", title: t("page.hooks.step") }, icon("hook", 14));
}

/** @param {State} state @param {Group} group @param {FoldItem} fold @param {Translate} t */
function foldButton(state, group, { from, to, label }, t) {
  const count = to - from + 1;
  const title = t("page.timeline.unfold", { count });
  const folded = t("page.timeline.folded", { count });
  const text = label ?? ((group.folded && statementOf(state, group)) || `⋯ ${folded}`);
  const times = label === null ? null : element("span", { class: "fold-times" }, `×${count}`);
  return element(
    "button",
    {
      type: "button",
      class: "step step-fold",
      "data-fold": from,
      "data-to": to,
      "data-group": group.from,
      title,
    },
    element("span", { class: "step-label" }, text),
    times,
  );
}

/**
 * Done, now, to do; one tab stop among the steps. Says which button is the current one.
 * @param {HTMLElement} track
 * @param {State} state
 * @returns {HTMLElement | null}
 */
export function markTrack(track, { step, beat, playing }) {
  /** @type {HTMLElement | null} */
  let current = null;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (track.querySelectorAll(".step"))) {
    const from = Number(button.dataset.step ?? button.dataset.fold);
    const to = Number(button.dataset.step ?? button.dataset.to);
    const now = step >= from && step <= to;
    setAttribute(button, "data-at", now ? "now" : to < step ? "done" : "todo");
    setAttribute(button, "aria-current", now ? "step" : null);
    setAttribute(button, "data-playing", now && playing);
    button.tabIndex = now ? 0 : -1;
    if (now) markBeats(button, beat);
    if (now) current = button;
  }
  for (const head of /** @type {NodeListOf<HTMLElement>} */ (track.querySelectorAll(".group-head")))
    head.tabIndex = head.parentElement?.querySelector("[aria-current]") ? 0 : -1;
  return current;
}

/** @param {HTMLElement} button @param {number} beat */
function markBeats(button, beat) {
  for (const mark of /** @type {NodeListOf<HTMLElement>} */ (button.querySelectorAll("[data-beat]"))) {
    const place = Number(mark.dataset.beat);
    mark.dataset.at = place === beat ? "now" : place < beat ? "done" : "todo";
  }
}
