/** The start page: a box to paste into, one program for each kind of relation, the gallery of operations. */

import { openProgram, openSources, runAll } from "../../actions.js";
import { starters } from "../../programs.js";
import { mountGallery } from "./gallery.js";
import { starterCard } from "./starter.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../i18n.js").Translate} Translate
 */

/** What the empty box shows, and runs: every number of softmax's square in one small program. */
const SAMPLE = `import torch
x = torch.tensor([1., 2., 3.], requires_grad=True)
p = torch.softmax(x, dim=0)
loss = ((p - torch.tensor([0., 1., 0.]))**2).sum()
loss.backward()
x.grad`;

/**
 * @param {HTMLElement} root  holds the form, `.starters` and `.gallery` of the template
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
  const draw = () => {
    const programs = starters(store.get().programs);
    list.replaceChildren(...programs.map((p) => starterCard(p, t, () => openProgram(store, p.slug))));
  };
  store.subscribe((state, previous) => {
    if (state.programs !== previous.programs || state.lang !== previous.lang) draw();
  });
  draw();
  mountGallery(/** @type {HTMLElement} */ (root.querySelector(".gallery")), root, store, t);
}
