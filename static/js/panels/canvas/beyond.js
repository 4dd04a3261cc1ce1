/** A sign at each side over which the picture reaches: a soft edge, and a button that goes there. */

import { element } from "../../element.js";
import { beyond } from "../../layout/beyond.js";

/**
 * @typedef {import("../../layout/beyond.js").Side} Side
 * @typedef {import("../../layout/layout.js").Layout} Layout
 */

const ARROWS = { left: "←", right: "→", up: "↑", down: "↓" };
const SIDES = /** @type {Side[]} */ (Object.keys(ARROWS));
/** How much of the view a press moves on, so that something seen before stays in it. */
const STRIDE = 0.7;

/**
 * @param {HTMLElement} root
 * @param {import("../../i18n.js").Translate} t
 * @param {(x: number, y: number) => void} pan  moves the picture, px
 */
export function createBeyond(root, t, pan) {
  const signs = SIDES.map((side) => {
    const button = element("button", { type: "button", class: "beyond-button" });
    const sign = element("div", { class: `beyond beyond-${side}` }, button);
    const by = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] }[side];
    button.addEventListener("click", () =>
      pan(by[0] * STRIDE * root.clientWidth, by[1] * STRIDE * root.clientHeight),
    );
    sign.hidden = true;
    root.append(sign);
    return { side, sign, button };
  });
  /** @type {Layout | null} */
  let layout = null;
  let at = { x: 0, y: 0, k: 1 };
  const draw = () => {
    const view = { width: root.clientWidth, height: root.clientHeight };
    const found = layout ? beyond(layout, at, view) : [];
    for (const { side, sign, button } of signs) {
      const there = found.find((each) => each.side === side);
      sign.hidden = !there;
      if (!there) continue;
      const words = t(`page.diagram.beyond.${there.ops ? side : "picture"}`, { count: there.ops });
      if (button.title === words) continue;
      button.title = words;
      button.setAttribute("aria-label", words);
      button.textContent = there.ops ? `${ARROWS[side]} ${there.ops}` : ARROWS[side];
    }
  };
  return {
    /** @param {Layout | null} shown */
    show(shown) {
      layout = shown;
      draw();
    },
    /** @param {{x: number, y: number, k: number}} transform */
    move(transform) {
      at = transform;
      draw();
    },
  };
}
