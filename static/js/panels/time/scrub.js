/** Dragging along the track: a mouse or pen points at the moment, a finger pushes the steps past it. */

import { goTo } from "../../actions.js";
import { placeIn } from "../../trace/groups.js";
import { LANDED } from "../../trace/moves.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../trace/moves.js").Beat} Beat
 */

/** Movement that makes a drag of a click, px. */
const SLACK = 5;
/** What a finger moves for one operation, px. */
const SWIPE = 44;

/**
 * @param {HTMLElement} track
 * @param {Store} store
 * @returns {{dragging: () => boolean}}
 */
export function mountScrub(track, store) {
  /** @type {{x: number, step: number, touch: boolean, moved: boolean, id: number} | null} */
  let drag = null;
  let x = 0;
  let frame = 0;
  let swallow = false;
  const follow = () => {
    frame = 0;
    if (!drag) return;
    if (drag.touch) goTo(store, within(store, drag.step + Math.round((drag.x - x) / SWIPE)));
    else point(track, store, x);
  };
  track.addEventListener("pointerdown", (event) => {
    swallow = false;
    if (event.button !== 0 || !store.get().steps.length) return;
    const touch = event.pointerType === "touch";
    drag = { x: event.clientX, step: store.get().step, touch, moved: false, id: event.pointerId };
  });
  track.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    x = event.clientX;
    if (!drag.moved && Math.abs(x - drag.x) < SLACK) return;
    if (!drag.moved) {
      track.setPointerCapture(event.pointerId);
      track.dataset.scrubbing = "";
      store.set({ playing: false });
    }
    drag.moved = true;
    frame ||= requestAnimationFrame(follow);
  });
  const end = () => {
    if (drag?.moved) swallow = true;
    if (frame) cancelAnimationFrame(frame);
    follow();
    drag = null;
    delete track.dataset.scrubbing;
  };
  track.addEventListener("pointerup", () => {
    if (!drag?.moved) drag = null;
    else end();
  });
  track.addEventListener("pointercancel", () => {
    drag = null;
    delete track.dataset.scrubbing;
  });
  track.addEventListener(
    "click",
    (event) => {
      if (!swallow) return;
      swallow = false;
      event.stopPropagation();
      event.preventDefault();
    },
    true,
  );
  return { dragging: () => drag?.moved ?? false };
}

/** @param {Store} store @param {number} step */
function within(store, step) {
  return Math.min(store.get().steps.length - 1, Math.max(0, step));
}

/** @param {HTMLElement} track @param {Store} store @param {number} x  px in the window */
function point(track, store, x) {
  const buttons = /** @type {HTMLElement[]} */ ([...track.querySelectorAll(".step")]);
  const under =
    buttons.find((button) => x <= button.getBoundingClientRect().right) ?? buttons[buttons.length - 1];
  if (!under) return;
  const { left, width } = under.getBoundingClientRect();
  const from = Number(under.dataset.step ?? under.dataset.fold);
  const { step, part } = placeIn(
    under.dataset.step !== undefined
      ? { type: "step", index: from }
      : { type: "fold", from, to: Number(under.dataset.to), label: null },
    (x - left) / width,
  );
  const walks = store.get().steps[step]?.kind === "backward";
  goTo(store, step, walks ? /** @type {Beat} */ (Math.floor(part * 4)) : LANDED);
}
