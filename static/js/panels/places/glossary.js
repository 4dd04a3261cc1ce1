/** Words and keys on demand: a panel beside the work that waits for no answer. */

import { element, setAttribute } from "../../element.js";
import { icon } from "../../icons.js";
import { address } from "../../server.js";

/** Words in the order in which a newcomer meets them. */
const WORDS = [
  "forward",
  "element",
  "value",
  "weight",
  "seed",
  "rule",
  "relation",
  "run",
  "jacobian",
  "leaf",
  "drawer",
  "saved",
  "wrt",
  "version",
  "notReached",
];
/** Keys, as they are printed, by the name of what they do. */
const KEYS = {
  step: "← →",
  operation: "Shift ← →",
  call: "[ ]",
  ends: "Home End",
  play: "Space",
  speed: "+ −",
  clicker: "PgUp PgDn",
  move: "↑ ↓",
  along: "Alt ← →",
  clear: "Esc",
  reading: "R",
  wrt: "W",
  level: "L",
  run: ", .",
  fit: "0",
  runAll: "Ctrl Enter",
  link: "Ctrl Shift L",
  projector: "P",
  full: "F",
  help: "?",
};

/**
 * @param {HTMLElement} panel
 * @param {HTMLButtonElement} button  that opens and closes it
 * @param {import("../../store.js").Store} store
 * @param {import("../../i18n.js").Translate} t
 */
export function mountGlossary(panel, button, store, t) {
  button.setAttribute("aria-controls", panel.id);
  /** @param {boolean} open */
  const show = (open) => {
    if (open) panel.replaceChildren(...content(t, store.get().lang, () => show(false)));
    panel.hidden = !open;
    setAttribute(button, "aria-expanded", String(open));
    if (open) panel.focus();
    else if (panel.contains(document.activeElement) || document.activeElement === document.body)
      button.focus();
  };
  button.addEventListener("click", () => show(Boolean(panel.hidden)));
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    show(false);
  });
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : panel;
    if (event.key !== "?" || target.closest(".cm-editor, input, textarea, select")) return;
    event.preventDefault();
    show(Boolean(panel.hidden));
  });
  store.subscribe((state, previous) => {
    if (state.lang !== previous.lang && !panel.hidden)
      panel.replaceChildren(...content(t, store.get().lang, () => show(false)));
  });
  button.setAttribute("aria-expanded", "false");
}

/**
 * @param {import("../../i18n.js").Translate} t
 * @param {import("../../store.js").Language} lang
 * @param {() => void} close
 */
function content(t, lang, close) {
  const shut = element(
    "button",
    { type: "button", class: "glossary-close", "aria-label": t("page.glossary.close") },
    icon("close"),
  );
  shut.addEventListener("click", close);
  const words = WORDS.flatMap((name) => [
    element("dt", {}, t(`page.glossary.word.${name}`)),
    element("dd", {}, t(`page.glossary.about.${name}`)),
  ]);
  const keys = Object.entries(KEYS).flatMap(([name, text]) => [
    element("dt", {}, ...text.split(" ").map((key) => element("kbd", {}, key))),
    element("dd", {}, t(`page.glossary.key.${name}`)),
  ]);
  return [
    element("header", { class: "glossary-head" }, element("h2", {}, t("page.glossary.title")), shut),
    element("dl", { class: "glossary-words" }, ...words),
    element("h2", {}, t("page.glossary.keys")),
    element("dl", { class: "glossary-keys" }, ...keys),
    element(
      "p",
      { class: "glossary-more" },
      away(address("docs"), t("page.more.docs")),
      away(address(`privacy?lang=${lang}`), t("page.more.privacy")),
    ),
  ];
}

/** Beside the work, not instead of it. @param {string} href @param {string} words */
function away(href, words) {
  return element("a", { href, target: "_blank", rel: "noopener" }, words);
}
