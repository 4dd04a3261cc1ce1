/** A sentence about what kept the server from answering; it stays until the next run or until it is closed. */

import { element } from "../../element.js";
import { icon, octagon } from "../../icons.js";

/**
 * @param {HTMLElement} root  role="alert"
 * @param {import("../../store.js").Store} store
 * @param {import("../../i18n.js").Translate} t
 */
export function mountFailure(root, store, t) {
  const draw = () => {
    const { failure } = store.get();
    root.hidden = failure === null;
    if (!failure) return root.replaceChildren();
    const label = t("page.status.close");
    const close = element("button", { type: "button", class: "button button-quiet", "aria-label": label });
    close.append(icon("close"));
    close.addEventListener("click", () => store.set({ failure: null }));
    root.replaceChildren(octagon(18), element("p", {}, t(failure.key, failure.values)), close);
  };
  store.subscribe((state, previous) => {
    if (state.failure !== previous.failure || state.lang !== previous.lang) draw();
  });
  draw();
}
