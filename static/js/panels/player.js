/** Moving along the timeline by button or clock. One operation takes 1200 ms at speed 1. */

import { goTo } from "../actions.js";
import { moved } from "../groups.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {Parameters<typeof moved>[2]} Move
 *
 * @typedef {object} Player
 * @property {() => void} toggle
 * @property {(move: Move) => void} move       by hand, which ends playing
 * @property {() => void} nextSpeed
 * @property {(direction: 1 | -1) => void} changeSpeed
 */

const OPERATION = 1200;
const SPEEDS = [0.5, 1, 2, 4];

/**
 * @param {Store} store
 * @returns {Player}
 */
export function mountPlayer(store) {
  let timer = 0;
  const beat = () => {
    const { steps, step } = store.get();
    goTo(store, moved(steps, step, "forward"));
    if (store.get().step >= steps.length - 1) store.set({ playing: false });
  };
  store.subscribe((state, previous) => {
    if (state.playing === previous.playing && state.speed === previous.speed) return;
    clearInterval(timer);
    if (state.playing) timer = setInterval(beat, OPERATION / state.speed);
  });
  /** @param {number} by */
  const shift = (by) => (SPEEDS.indexOf(store.get().speed) + by + SPEEDS.length) % SPEEDS.length;
  return {
    toggle: () => toggle(store),
    move(move) {
      const { steps, step } = store.get();
      store.set({ playing: false });
      goTo(store, moved(steps, step, move));
    },
    nextSpeed: () => store.set({ speed: SPEEDS[shift(1)] }),
    changeSpeed(direction) {
      const place = SPEEDS.indexOf(store.get().speed) + direction;
      if (place in SPEEDS) store.set({ speed: SPEEDS[place] });
    },
  };
}

/** At the end there is nothing left to play, so it starts from the beginning. @param {Store} store */
function toggle(store) {
  const { playing, steps, step } = store.get();
  if (!steps.length) return;
  if (!playing && step >= steps.length - 1) store.set({ step: 0 });
  store.set({ playing: !playing });
}
