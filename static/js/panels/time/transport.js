/** The buttons beside the track: to the ends, one beat back and forward, play, speed; and which keys do the same. */

import { element } from "../../element.js";
import { icon } from "../../icons.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("./player.js").Player} Player
 */

const NAMES = /** @type {const} */ (["first", "back", "play", "forward", "last"]);

/**
 * @param {HTMLElement} root  of the buttons
 * @param {HTMLElement} keys  of the hints
 * @param {Store} store
 * @param {Translate} t
 * @param {Player} player
 */
export function mountTransport(root, keys, store, t, player) {
  const buttons = NAMES.map((name) => button(name, player));
  const speed = element("button", { type: "button", class: "button speed" });
  speed.addEventListener("click", player.nextSpeed);
  const each = element("button", { type: "button", class: "button each" });
  each.addEventListener("click", () => store.set({ each: !store.get().each, part: null }));
  root.append(...buttons, speed, each);
  const draw = () => {
    const state = store.get();
    root.setAttribute("aria-label", t("page.timeline.transport"));
    for (const each of buttons) drawButton(each, state, t);
    each.textContent = t("page.timeline.each");
    each.title = t("page.timeline.eachTitle");
    each.setAttribute("aria-pressed", String(state.each));
    speed.textContent = `${state.speed}×`;
    const told = `${t("page.timeline.speed", { speed: state.speed })} (+ −)`;
    speed.title = told;
    speed.setAttribute("aria-label", told);
  };
  store.subscribe((state, previous) => {
    const shown = /** @type {const} */ (["lang", "speed", "each", "playing", "steps"]);
    if (shown.some((key) => state[key] !== previous[key])) draw();
    if (state.lang !== previous.lang) drawKeys(keys, t);
  });
  draw();
  drawKeys(keys, t);
}

/** @param {typeof NAMES[number]} name @param {Player} player */
function button(name, player) {
  const primary = name === "play" ? " button-primary" : "";
  const node = element("button", { type: "button", name, class: `button${primary}` });
  node.addEventListener("click", () => (name === "play" ? player.toggle() : player.move(name)));
  return node;
}

/** @param {HTMLButtonElement} node @param {State} state @param {Translate} t */
function drawButton(node, { playing, steps }, t) {
  const name = /** @type {typeof NAMES[number]} */ (node.name);
  const shown = name === "play" && playing ? "pause" : name;
  const label = t(`page.timeline.${shown}`);
  node.setAttribute("aria-label", label);
  node.title = label;
  if (node.dataset.icon !== shown) node.replaceChildren(icon(shown));
  node.dataset.icon = shown;
  node.disabled = !steps.length;
}

/** @param {HTMLElement} root @param {Translate} t */
function drawKeys(root, t) {
  /** @param {string[]} names @param {string} key */
  const hint = (names, key) => {
    const line = element("p", {});
    for (const name of names) line.append(element("kbd", {}, name), " ");
    line.append(t(key));
    return line;
  };
  root.replaceChildren(
    hint(["←", "→"], "page.timeline.keyBeat"),
    hint(["Shift", "→"], "page.timeline.keyOperation"),
    hint(["[", "]"], "page.timeline.keyCall"),
    hint([t("page.timeline.keySpace")], "page.timeline.keyPlay"),
  );
}
