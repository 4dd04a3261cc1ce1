/** The first thing to do after a program has opened at its end: walk through it from the start. */

import { goTo } from "../../actions.js";
import { element } from "../../element.js";
import { icon } from "../../icons.js";

/**
 * @param {HTMLElement} foot  of the canvas
 * @param {import("../../store.js").Store} store
 * @param {import("../../i18n.js").Translate} t
 */
export function mountFromStart(foot, store, t) {
  const button = element("button", { type: "button", class: "from-start" });
  foot.prepend(button);
  button.addEventListener("click", () => {
    goTo(store, 0);
    store.set({ playing: true });
  });
  const draw = () => {
    const { steps, step, playing } = store.get();
    button.hidden = playing || steps.length < 2 || step !== steps.length - 1;
    button.replaceChildren(icon("play", 12), t("page.timeline.fromStart"));
  };
  store.subscribe((state, previous) => {
    const keys = /** @type {const} */ (["steps", "step", "playing", "lang"]);
    if (keys.some((key) => state[key] !== previous[key])) draw();
  });
  draw();
}
