/** The buttons for zooming and for showing the whole picture. */

import { element } from "../../element.js";

/**
 * @param {import("../../i18n.js").Translate} t
 * @param {import("./viewport.js").Viewport} viewport
 * @param {() => void} fit
 */
export function zoomButtons(t, viewport, fit) {
  /** @param {string} key @param {string} text @param {() => void} act */
  const button = (key, text, act) => {
    const node = element(
      "button",
      { type: "button", class: "canvas-tool", title: t(key), "aria-label": t(key) },
      text,
    );
    node.addEventListener("click", act);
    return node;
  };
  return [
    button("page.diagram.zoomOut", "−", () => viewport.scaleBy(1 / 1.25)),
    button("page.diagram.fit", "⤢", fit),
    button("page.diagram.zoomIn", "+", () => viewport.scaleBy(1.25)),
  ];
}
