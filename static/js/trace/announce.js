/** The moment in words: what a screen reader hears of a step, and the names of its beats. */

import { partCount } from "./parts.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../i18n.js").Translate} Translate
 */

const BEATS = ["score", "leave", "gate", "land"];

/**
 * What happens in the beat that is shown; empty for a step without beats.
 * @param {Pick<State, "trace" | "steps" | "step" | "beat" | "part">} state
 * @param {Translate} t
 */
export function beatName({ trace, steps, step, beat, part }, t) {
  if (steps[step]?.kind !== "backward") return "";
  const name = t(`page.timeline.beat.${BEATS[beat]}`);
  if (part === null) return name;
  return t("page.timeline.part", { beat: name, index: part + 1, count: partCount(trace, steps[step]) });
}

/**
 * Which pass: forward, or the number of the backward call.
 * @param {number | null} call  position in the trace
 * @param {Translate} t
 */
export function passName(call, t) {
  return call === null
    ? t("page.timeline.forwardGroup")
    : t("page.timeline.backwardGroup", { number: call + 1 });
}

/**
 * One line for a screen reader. While it plays only whole operations are told, or speech would never keep up.
 * @param {State} state
 * @param {Translate} t
 * @returns {string | null} null where nothing is to be said
 */
export function announcement(state, t) {
  const { steps, step, beat, part, playing } = state;
  const current = steps[step];
  if (!current) return "";
  if (playing && current.kind === "backward" && (beat < 3 || part !== null)) return null;
  const same = steps.flatMap(({ call }, index) => (call === current.call ? [index] : []));
  const line = t("page.timeline.announce", {
    group: passName(current.call, t),
    index: same.indexOf(step) + 1,
    count: same.length,
    label: current.label || t("page.timeline.stopped"),
  });
  const name = playing ? "" : beatName(state, t);
  return name ? t("page.timeline.announceBeat", { line, beat: name }) : line;
}
