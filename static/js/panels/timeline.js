/** The timeline: transport buttons, one group per pass, one button per step, and what a screen reader hears. */

import { goTo } from "../actions.js";
import { element, setAttribute } from "../element.js";
import { timelineGroups } from "../groups.js";
import { icon, octagon } from "../icons.js";
import { operationLink } from "../links.js";
import { sourceText } from "../source-text.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store.js").State} State
 * @typedef {import("../i18n.js").Translate} Translate
 * @typedef {import("../groups.js").Group} Group
 */

/** @type {("first" | "back" | "play" | "forward" | "last")[]} */
const TRANSPORT = ["first", "back", "play", "forward", "last"];

/**
 * @param {HTMLElement} root
 * @param {Store} store
 * @param {Translate} t
 * @param {import("./player.js").Player} player
 */
export function mountTimeline(root, store, t, player) {
  const transport = element("div", { class: "transport", role: "group" });
  const track = element("div", { class: "track" });
  const keys = element("div", { class: "keys" });
  const live = element("p", { class: "unseen", "aria-live": "polite" });
  root.append(transport, track, keys, live);
  /** @type {Set<number>} */
  const open = new Set();
  let drawn = "";
  let shown = store.get().steps;
  track.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (button?.dataset.group) open.add(Number(button.dataset.group));
    if (button) goTo(store, Number(button.dataset.step ?? button.dataset.fold));
  });
  const draw = () => {
    const state = store.get();
    const groups = timelineGroups(state.steps, state.step, open);
    const layout = JSON.stringify([state.lang, groups]);
    const focused = track.contains(document.activeElement);
    if (layout !== drawn || state.steps !== shown) track.replaceChildren(...trackOf(state, groups, t));
    drawn = layout;
    shown = state.steps;
    mark(track, state);
    if (focused) /** @type {HTMLElement | null} */ (track.querySelector("[aria-current]"))?.focus();
    drawTransport(transport, state, t, player);
  };
  store.subscribe((state, previous) => {
    if (state.steps !== previous.steps) open.clear();
    const language = state.lang !== previous.lang;
    if (language || state.speed !== previous.speed) drawKeys(keys, state, t, player);
    const changed = state.steps !== previous.steps || state.step !== previous.step;
    if (changed || language || state.playing !== previous.playing) draw();
    if (changed && state.steps.length) live.textContent = announcement(state, t);
  });
  drawKeys(keys, store.get(), t, player);
  draw();
}

/**
 * @param {State} state
 * @param {Group[]} groups
 * @param {Translate} t
 */
function trackOf(state, groups, t) {
  if (!groups.length) return [element("p", { class: "track-empty" }, t("page.timeline.empty"))];
  return groups.map((group) => {
    const name = groupName(group.call, t);
    const head = element("p", { class: "group-head" }, ...headText(state, group, name));
    const label = t("page.timeline.steps", { group: name });
    const row = element("div", { class: "group-steps", role: "group", "aria-label": label });
    for (const item of group.items) {
      row.append(item.type === "step" ? stepButton(state, item.index, t) : foldButton(group, item, t));
    }
    const block = element("div", { class: "group" }, head, row);
    block.style.setProperty("--steps", String(group.items.length));
    return block;
  });
}

/** @param {number | null} call @param {Translate} t */
function groupName(call, t) {
  return call === null
    ? t("page.timeline.forwardGroup")
    : t("page.timeline.backwardGroup", { number: call + 1 });
}

/** @param {State} state @param {Group} group @param {string} name */
function headText(state, group, name) {
  if (group.call === null) return [name, element("i", { "aria-hidden": "true" }, "▸")];
  const span = state.trace?.backward[group.call].span ?? null;
  const statement = sourceText(state.sources, span);
  return [element("i", { "aria-hidden": "true" }, "◂"), name, element("code", {}, statement)];
}

/** @param {State} state @param {number} index @param {Translate} t */
function stepButton(state, index, t) {
  const step = state.steps[index];
  const label = step.label || t("page.timeline.stopped");
  const failed = step.kind === "error";
  const link = step.op === null ? null : operationLink(step.op);
  const text = element("span", { class: "step-label" }, label);
  const content = failed ? [octagon(14), text] : [text];
  return element(
    "button",
    { type: "button", class: "step", "data-step": index, "data-kind": step.kind, "data-link": link },
    ...content,
    element("i", { class: "step-bar" }),
  );
}

/** @param {Group} group @param {{from: number, to: number}} fold @param {Translate} t */
function foldButton(group, { from, to }, t) {
  const count = to - from + 1;
  const label = t("page.timeline.unfold", { count });
  return element(
    "button",
    { type: "button", class: "step step-fold", "data-fold": from, "data-group": group.from, title: label },
    `⋯ ${t("page.timeline.folded", { count })}`,
  );
}

/** Done, now, to do; one tab stop; the current step in view. @param {HTMLElement} track @param {State} state */
function mark(track, { step, playing }) {
  for (const button of track.querySelectorAll("button")) {
    const from = Number(button.dataset.step ?? button.dataset.fold);
    const now = button.dataset.step !== undefined && from === step;
    button.dataset.at = now ? "now" : from < step ? "done" : "todo";
    setAttribute(button, "aria-current", now ? "step" : null);
    setAttribute(button, "data-playing", now && playing);
    button.tabIndex = now ? 0 : -1;
    if (now) keepInView(track, button);
  }
}

/** @param {HTMLElement} track @param {HTMLElement} button */
function keepInView(track, button) {
  const frame = track.getBoundingClientRect();
  const box = button.getBoundingClientRect();
  const margin = Math.min(96, frame.width / 4);
  if (box.left < frame.left + margin) track.scrollLeft -= frame.left + margin - box.left;
  if (box.right > frame.right - margin) track.scrollLeft += box.right - frame.right + margin;
}

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {Translate} t
 * @param {import("./player.js").Player} player
 */
function drawTransport(root, state, t, player) {
  root.setAttribute("aria-label", t("page.timeline.transport"));
  if (!root.childElementCount) root.append(...TRANSPORT.map((name) => transportButton(name, player)));
  for (const button of root.querySelectorAll("button")) {
    const name = /** @type {"play"} */ (button.name);
    const shown = name === "play" && state.playing ? "pause" : name;
    const label = t(`page.timeline.${shown}`);
    button.setAttribute("aria-label", label);
    button.title = label;
    if (button.dataset.icon !== shown) button.replaceChildren(icon(shown));
    button.dataset.icon = shown;
    button.disabled = !state.steps.length;
  }
}

/** @param {"first" | "back" | "play" | "forward" | "last"} name @param {import("./player.js").Player} player */
function transportButton(name, player) {
  const primary = name === "play" ? " button-primary" : "";
  const button = element("button", { type: "button", name, class: `button${primary}` });
  button.addEventListener("click", () => (name === "play" ? player.toggle() : player.move(name)));
  return button;
}

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {Translate} t
 * @param {import("./player.js").Player} player
 */
function drawKeys(root, state, t, player) {
  const speed = element(
    "button",
    { type: "button", class: "speed", title: t("page.timeline.speedTitle") },
    t("page.timeline.speed", { speed: state.speed }),
  );
  speed.addEventListener("click", player.nextSpeed);
  const hints = element("p", {}, element("kbd", {}, "←"), " ", element("kbd", {}, "→"));
  hints.append(` ${t("page.timeline.keyStep")} `, element("kbd", {}, t("page.timeline.keySpace")));
  hints.append(` ${t("page.timeline.keyPlay")}`);
  root.replaceChildren(hints, speed);
}

/** @param {State} state @param {Translate} t */
function announcement({ steps, step }, t) {
  const current = steps[step];
  if (!current) return "";
  const same = steps.flatMap(({ call }, index) => (call === current.call ? [index] : []));
  return t("page.timeline.announce", {
    group: groupName(current.call, t),
    index: same.indexOf(step) + 1,
    count: same.length,
    label: current.label || t("page.timeline.stopped"),
  });
}
