/** The legend under the diagram until the reader puts it away, and at the foot of the start page. */

import { element, setAttribute } from "../../element.js";
import { icon } from "../../icons.js";
import { legendMark } from "../../marks/legend.js";
import { isLegendAway, putLegendAway } from "../../moment/memory.js";

/**
 * @param {HTMLElement} canvas
 * @param {HTMLElement} start  the start page, which keeps it
 * @param {import("../../store.js").Store} store
 * @param {import("../../i18n.js").Translate} t
 * @param {Storage | null} storage
 */
export function mountLegend(canvas, start, store, t, storage) {
  let away = isLegendAway(storage);
  const strip = element("div", { class: "legend-strip" });
  const foot = element("footer", { class: "legend-foot" });
  canvas.append(strip);
  start.append(foot);
  const dismiss = () => {
    away = true;
    putLegendAway(storage);
    draw();
  };
  const draw = () => {
    const close = element(
      "button",
      {
        type: "button",
        class: "legend-close",
        "aria-label": t("page.legend.close"),
        title: t("page.legend.close"),
      },
      icon("close", 12),
    );
    close.addEventListener("click", dismiss);
    strip.replaceChildren(legendMark(t), close);
    foot.replaceChildren(legendMark(t));
    setAttribute(canvas, "data-legend", !away && store.get().place === "study");
  };
  store.subscribe((state, previous) => {
    if (state.lang !== previous.lang || state.place !== previous.place) draw();
  });
  draw();
}
