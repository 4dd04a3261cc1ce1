/** The gallery of operations: every one drawn from its example, found by name, spelling or meaning. */

import { openSources, runAll } from "../actions.js";
import { requestOperations } from "../api.js";
import { element, svgElement } from "../element.js";
import { groupsOf, matches } from "../gallery.js";
import { relationIcon } from "../marks/relation-icon.js";
import { operationCard } from "./gallery-card.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../i18n.js").Translate} Translate
 * @typedef {import("../gallery.js").Shown} Shown
 * @typedef {{entry: Shown, words: string[], card: HTMLElement}} Found
 * @typedef {{section: HTMLElement, found: Found[]}} Group
 */

/** Cards are drawn a little before they are scrolled into view. */
const AHEAD = "400px 0px";

/**
 * @param {HTMLElement} root   stays hidden as long as the server has not answered
 * @param {HTMLElement} scroller
 * @param {Store} store
 * @param {Translate} t
 */
export function mountGallery(root, scroller, store, t) {
  let asked = false;
  /** @type {ReturnType<typeof groupsOf>} */
  let groups = [];
  let query = "";
  /** @type {IntersectionObserver | undefined} */
  let observer;
  const draw = () => {
    observer?.disconnect();
    /** @type {Map<Element, () => void>} */
    const waiting = new Map();
    observer = whenNear(scroller, waiting);
    const made = groups.map((group) => groupSection(group, store, t, waiting));
    const search = searchBox(made, query, t, (text) => {
      query = text;
    });
    root.replaceChildren(...search, ...made.map(({ section }) => section));
    for (const card of waiting.keys()) observer.observe(card);
    root.hidden = groups.length === 0;
  };
  const ask = async () => {
    if (asked || store.get().cells.length) return;
    asked = true;
    const { data } = await requestOperations();
    asked = data !== null;
    groups = groupsOf(data ?? []);
    draw();
  };
  store.subscribe((state, previous) => {
    if (state.lang !== previous.lang && groups.length) draw();
    if (state.programs !== previous.programs || state.cells !== previous.cells) ask();
  });
}

/**
 * @param {HTMLElement} scroller
 * @param {Map<Element, () => void>} waiting  what to do once an element comes near
 */
function whenNear(scroller, waiting) {
  const scrolls =
    getComputedStyle(scroller).overflowY === "auto" && scroller.clientHeight < scroller.scrollHeight;
  const observer = new IntersectionObserver(
    (seen) => {
      for (const { target } of seen.filter(({ isIntersecting }) => isIntersecting)) {
        waiting.get(target)?.();
        observer.unobserve(target);
      }
    },
    { root: scrolls ? scroller : null, rootMargin: AHEAD },
  );
  return observer;
}

/**
 * @param {{kind: string, entries: Shown[]}} group
 * @param {Store} store
 * @param {Translate} t
 * @param {Map<Element, () => void>} waiting
 * @returns {Group}
 */
function groupSection({ kind, entries }, store, t, waiting) {
  const icon = svgElement("svg", { viewBox: "0 0 22 14", width: 33, height: 21, "aria-hidden": "true" });
  icon.append(relationIcon(kind));
  const title = t(`page.start.kind.${kind}`);
  const found = entries.map((entry) => {
    const about = t(`page.start.operation.${entry.name}`);
    const words = [title, ...(about.startsWith("page.") ? [] : [about])];
    const { card, draw } = operationCard(entry, words[1] ?? "", t, () => {
      openSources(store, [entry.example]);
      runAll(store);
    });
    waiting.set(card, draw);
    return { entry, words, card };
  });
  const section = element(
    "section",
    { class: "gallery-group" },
    element("h3", {}, icon, title, element("span", { class: "gallery-count" }, String(entries.length))),
    element("p", { class: "start-help" }, t(`page.start.kindAbout.${kind}`)),
    element("ul", { class: "gallery-cards" }, ...found.map(({ card }) => card)),
  );
  return { section, found };
}

/**
 * @param {Group[]} groups
 * @param {string} query  what stood there before a change of language
 * @param {Translate} t
 * @param {(text: string) => void} keep
 */
function searchBox(groups, query, t, keep) {
  const total = groups.reduce((sum, { found }) => sum + found.length, 0);
  const said = element("p", { class: "gallery-said", role: "status" });
  const field = element("input", {
    type: "search",
    id: "find-operation",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    placeholder: t("page.start.searchHint"),
  });
  const search = () => {
    keep(field.value);
    const count = filter(groups, field.value.trim());
    said.textContent = count
      ? t("page.start.found", { count })
      : t("page.start.none", { query: field.value.trim() });
  };
  field.addEventListener("input", search);
  field.value = query;
  filter(groups, query.trim());
  said.textContent = t("page.start.found", { count: total });
  if (query) search();
  return [
    element("h2", {}, t("page.start.gallery")),
    element("p", { class: "start-help" }, t("page.start.galleryHelp")),
    element(
      "div",
      { class: "gallery-search" },
      element("label", { for: "find-operation" }, t("page.start.search")),
      field,
      said,
    ),
  ];
}

/** Hides what does not match; nothing is drawn again. @param {Group[]} groups @param {string} query */
function filter(groups, query) {
  let count = 0;
  for (const { section, found } of groups) {
    const left = found.filter(({ entry, words, card }) => {
      card.hidden = !matches(entry, words, query);
      return !card.hidden;
    });
    section.hidden = left.length === 0;
    count += left.length;
  }
  return count;
}
