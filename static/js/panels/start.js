/** The start page: a box to paste into, and one program for each kind of relation. */

import { openProgram, openSources, runAll } from "../actions.js";
import { element } from "../element.js";
import { kindPicture } from "../marks/kind-picture.js";
import { starters } from "../programs.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store.js").Program} Program
 * @typedef {import("../i18n.js").Translate} Translate
 */

/** What the empty box shows, and runs: every number of softmax's square in one small program. */
const SAMPLE = `import torch
x = torch.tensor([1., 2., 3.], requires_grad=True)
p = torch.softmax(x, dim=0)
loss = ((p - torch.tensor([0., 1., 0.]))**2).sum()
loss.backward()
x.grad`;

/**
 * @param {HTMLElement} root  holds the form and `.starters` of the template
 * @param {Store} store
 * @param {Translate} t
 */
export function mountStart(root, store, t) {
  const form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
  const field = /** @type {HTMLTextAreaElement} */ (root.querySelector("textarea"));
  const list = /** @type {HTMLElement} */ (root.querySelector(".starters"));
  field.placeholder = SAMPLE;
  const run = () => {
    const text = field.value.trim() ? field.value : SAMPLE;
    openSources(
      store,
      text
        .split(/^# ?%%.*\n/m)
        .map((source) => source.replace(/\n+$/, ""))
        .filter((source) => source.trim()),
    );
    field.value = "";
    runAll(store);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    run();
  });
  const draw = () => list.replaceChildren(...starters(store.get().programs).map((p) => card(p, store, t)));
  store.subscribe((state, previous) => {
    if (state.programs !== previous.programs || state.lang !== previous.lang) draw();
  });
  draw();
}

/** @param {Program} program @param {Store} store @param {Translate} t */
function card({ slug, kind }, store, t) {
  const picture = kind ? kindPicture(kind) : null;
  const button = element(
    "button",
    { type: "button", class: "starter" },
    picture ? element("span", { class: "starter-picture" }, picture) : null,
    element("strong", {}, t(`program.${slug}.title`)),
    element("span", { class: "starter-about" }, t(`program.${slug}.about`)),
  );
  button.addEventListener("click", () => openProgram(store, slug));
  return element("li", {}, button);
}
