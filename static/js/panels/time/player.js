/** Moving along the timeline by button, key or clock. One operation takes 1200 ms at speed 1. */

import { goTo } from "../../actions.js";
import { moved } from "../../trace/moves.js";
import { partCount } from "../../trace/parts.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../trace/moves.js").Move} Move
 *
 * @typedef {object} Player
 * @property {() => void} toggle
 * @property {(move: Move) => void} move       by hand, which ends playing
 * @property {() => void} nextSpeed
 * @property {(direction: 1 | -1) => void} changeSpeed
 */

/** How long each beat of a backward operation stays, ms at speed 1. */
const BEATS = [150, 350, 350, 350];
/** How long a step without beats stays, ms at speed 1. */
const WHOLE = 1200;
const SPEEDS = [0.25, 0.5, 1, 2, 4];

/**
 * @param {Store} store
 * @returns {Player}
 */
export function mountPlayer(store) {
  let timer = 0;
  const next = () => {
    go(store, "forward");
    if (isAtEnd(store.get())) store.set({ playing: false });
    else timer = setTimeout(next, stay(store.get()));
  };
  store.subscribe((state, previous) => {
    if (state.playing === previous.playing && state.speed === previous.speed) return;
    clearTimeout(timer);
    if (state.playing) timer = setTimeout(next, stay(state));
  });
  /** @param {number} by */
  const shift = (by) => (SPEEDS.indexOf(store.get().speed) + by + SPEEDS.length) % SPEEDS.length;
  return {
    toggle: () => toggle(store),
    move(move) {
      if (store.get().playing) store.set({ playing: false });
      go(store, move);
    },
    nextSpeed: () => store.set({ speed: SPEEDS[shift(1)] }),
    changeSpeed(direction) {
      const place = SPEEDS.indexOf(store.get().speed) + direction;
      if (place in SPEEDS) store.set({ speed: SPEEDS[place] });
    },
  };
}

/** How long the moment stays when played, ms. @param {State} state */
function stay({ steps, step, beat, speed }) {
  return (steps[step]?.kind === "backward" ? BEATS[beat] : WHOLE) / speed;
}

/** @param {Store} store @param {Move} move */
function go(store, move) {
  const to = placeAfter(store.get(), move);
  goTo(store, to.step, to.beat, to.part);
}

/** @param {State} state @param {Move} move */
function placeAfter({ trace, steps, step, beat, part, each }, move) {
  return moved(steps, { step, beat, part }, move, (walked) => (each ? partCount(trace, walked) : 1));
}

/** @param {State} state */
function isAtEnd(state) {
  const { step, beat, part } = placeAfter(state, "forward");
  return step === state.step && beat === state.beat && (part ?? null) === state.part;
}

/** At the end there is nothing left to play, so it starts from the beginning. @param {Store} store */
function toggle(store) {
  const { playing, steps } = store.get();
  if (!steps.length) return;
  if (!playing && isAtEnd(store.get())) goTo(store, 0);
  store.set({ playing: !playing });
}
