/** A sentence about what kept the server from answering, and a way to try again; it stays until then or until it is closed. */

import { element } from "../../element.js";
import { icon, octagon } from "../../icons.js";

/** Failures that the same request may not meet again. */
const PASSING = new Set(["error.network", "error.away", "error.slow", "error.429", "error.500"]);

/**
 * @param {HTMLElement} root  role="alert"
 * @param {import("../../store.js").Store} store
 * @param {import("../../i18n.js").Translate} t
 * @param {() => void} again
 */
export function mountFailure(root, store, t, again) {
  const draw = () => {
    const { failure } = store.get();
    root.hidden = failure === null;
    if (!failure) return root.replaceChildren();
    const label = t("page.status.close");
    const close = element("button", { type: "button", class: "button button-quiet", "aria-label": label });
    close.append(icon("close"));
    close.addEventListener("click", () => store.set({ failure: null }));
    const words = element("p", {}, t(failure.key, failure.values));
    root.replaceChildren(octagon(18), words, ...(PASSING.has(failure.key) ? [retry()] : []), close);
  };
  const retry = () => {
    const button = element("button", { type: "button", class: "button" }, t("page.status.again"));
    button.addEventListener("click", () => {
      document.getElementById(store.get().cells.length ? "canvas" : "start")?.focus();
      store.set({ failure: null });
      again();
    });
    return button;
  };
  store.subscribe((state, previous) => {
    if (state.failure !== previous.failure || state.lang !== previous.lang) draw();
  });
  draw();
}
