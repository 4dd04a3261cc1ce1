/** The timeline: transport, one group per pass, one button per step, and what a screen reader hears. */

import { goTo } from "../../actions.js";
import { announcement } from "../../trace/announce.js";
import { element } from "../../element.js";
import { stretches, timelineGroups } from "../../trace/groups.js";
import { markTrack, trackOf } from "../../marks/diagram/track.js";
import { mountScrub } from "./scrub.js";
import { mountTransport } from "./transport.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../trace/groups.js").Folding} Folding
 */

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
  mountTransport(transport, keys, store, t, player);
  const scrub = mountScrub(track, store);
  /** @type {Folding} */
  const folding = { groups: new Map(), opened: new Set() };
  let drawn = "";
  let shown = store.get().steps;

  const draw = () => {
    const state = store.get();
    const focused = track.contains(document.activeElement);
    if (!scrub.dragging() || state.steps !== shown) {
      const groups = timelineGroups(state.steps, state.step, folding);
      const layout = JSON.stringify([state.lang, groups]);
      if (layout !== drawn || state.steps !== shown) track.replaceChildren(...trackOf(state, groups, t));
      drawn = layout;
      shown = state.steps;
    }
    const current = markTrack(track, state);
    if (focused && !track.contains(document.activeElement)) current?.focus({ preventScroll: true });
    return current;
  };
  track.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const button = target.closest("button");
    if (!button) return;
    if (button.dataset.step !== undefined) {
      const beat = /** @type {HTMLElement | null} */ (target.closest("[data-at] [data-beat]"))?.dataset.beat;
      const here = button.dataset.at === "now" && beat !== undefined;
      goTo(
        store,
        Number(button.dataset.step),
        here ? /** @type {State["beat"]} */ (Number(beat)) : undefined,
      );
    } else {
      unfold(folding, button);
      draw();
    }
  });
  store.subscribe((state, previous) => {
    if (state.steps !== previous.steps) forget(folding);
    const went = state.steps !== previous.steps || state.step !== previous.step;
    const changed = went || state.beat !== previous.beat || state.part !== previous.part;
    if (went) enter(folding, state.steps, previous.step, state.step);
    if (!changed && state.lang === previous.lang && state.playing === previous.playing) return;
    const current = draw();
    if (went && current && !scrub.dragging()) keepInView(track, current);
    const said = changed && state.steps.length ? announcement(state, t) : null;
    if (said !== null) live.textContent = said;
  });
  draw();
}

/** What a click on a head or on a fold opens or closes. @param {Folding} folding @param {HTMLElement} button */
function unfold({ groups, opened }, button) {
  const { head, fold, group } = button.dataset;
  if (head !== undefined) groups.set(Number(head), button.getAttribute("aria-expanded") === "true");
  else if (button.closest("[data-folded]")) groups.set(Number(group), false);
  else opened.add(button.querySelector(".fold-times") ? Number(fold) : Number(group));
}

/** @param {Folding} folding */
function forget({ groups, opened }) {
  groups.clear();
  opened.clear();
}

/** Walking into a group that the reader had folded opens it. @param {Folding} folding @param {State["steps"]} steps @param {number} from @param {number} to */
function enter({ groups }, steps, from, to) {
  const group = stretches(steps).find((stretch) => to >= stretch.from && to <= stretch.to);
  const came = group && (from < group.from || from > group.to);
  if (came && groups.get(group.from)) groups.delete(group.from);
}

/** @param {HTMLElement} track @param {HTMLElement} button */
function keepInView(track, button) {
  const frame = track.getBoundingClientRect();
  const box = button.getBoundingClientRect();
  const margin = Math.min(96, frame.width / 4);
  if (box.left < frame.left + margin) track.scrollLeft -= frame.left + margin - box.left;
  if (box.right > frame.right - margin) track.scrollLeft += box.right - frame.right + margin;
}
