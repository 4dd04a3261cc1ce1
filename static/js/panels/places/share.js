/** The share button: a link to this moment, a snippet that embeds it, and what is shown as a file. */

import { momentOfState } from "../../moment/moment.js";
import { embedSnippet } from "../../moment/snippet.js";
import { fragmentOf, LONGEST_FRAGMENT } from "../../moment/url.js";
import { address } from "../../server.js";
import { copied } from "../clipboard.js";
import { mountMenu } from "./menu.js";
import { pictureFile, savePicture, saveTrace } from "./export.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../i18n.js").Translate} Translate
 */

/** How long the button says what it has done, in ms. */
const SAID = 2200;

/**
 * @param {HTMLButtonElement} button
 * @param {Store} store
 * @param {Translate} t
 */
export function mountShare(button, store, t) {
  const label = /** @type {HTMLElement} */ (button.querySelector("span"));
  let timer = 0;
  /** @param {string} key */
  const say = (key) => {
    label.textContent = t(key);
    clearTimeout(timer);
    timer = setTimeout(() => {
      label.textContent = t("page.topbar.share");
    }, SAID);
  };
  const actions = {
    link: async () => say(await copyLink(store)),
    embed: async () => say(await copySnippet(store, t)),
    svg: async () => say(await savePicture(store, "svg")),
    png: async () => say(await savePicture(store, "png")),
    json: async () => say(saveTrace(store)),
  };
  mountMenu(button, () => choices(actions, store, t), "menu-end menu-share");
  const draw = () => {
    button.hidden = store.get().cells.length === 0;
  };
  store.subscribe(draw);
  draw();
  document.addEventListener("backpass:picture", handOver);
  document.addEventListener("keydown", (event) => {
    if (button.hidden || !event.ctrlKey || !event.shiftKey || event.code !== "KeyL") return;
    event.preventDefault();
    actions.link();
  });
}

/**
 * For who drives the page by a script: `detail` is `{format, give}`, and nothing on the page changes.
 * @param {Event} event
 */
function handOver(event) {
  const { format, give } = /** @type {CustomEvent} */ (event).detail ?? {};
  if ((format === "svg" || format === "png") && typeof give === "function")
    pictureFile(format).then(give, () => give(null));
}

/**
 * @param {Record<"link" | "embed" | "svg" | "png" | "json", () => void>} actions
 * @param {Store} store
 * @param {Translate} t
 */
function choices(actions, store, t) {
  /** @param {keyof typeof actions} name */
  const choice = (name) => ({
    label: t(`page.share.${name}`),
    about: t(`page.share.${name}About`),
    keys: name === "link" ? "Ctrl+Shift+L" : undefined,
    choose: actions[name],
  });
  const files = store.get().trace ? [choice("svg"), choice("png"), choice("json")] : [];
  return [
    { heading: t("page.share.links"), choices: [choice("link"), choice("embed")] },
    ...(files.length ? [{ heading: t("page.share.files"), choices: files }] : []),
  ];
}

/** The link also becomes the address, from where it can be copied by hand. @param {Store} store */
async function copyLink(store) {
  const fragment = await fragmentOf(momentOfState(store.get()));
  if (fragment.length > LONGEST_FRAGMENT) return "page.topbar.shareLong";
  history.replaceState(history.state, "", fragment);
  return (await copied(location.href)) ? "page.topbar.shared" : "page.topbar.shareManual";
}

/** @param {Store} store @param {Translate} t */
async function copySnippet(store, t) {
  const moment = momentOfState(store.get());
  const { place: _, ...inside } = moment;
  const fragment = await fragmentOf(inside);
  if (fragment.length > LONGEST_FRAGMENT) return "page.topbar.shareLong";
  const { program, lang } = moment;
  const name = t(program === null ? "page.topbar.own" : `program.${program}.title`);
  const source = new URL(address(`embed?lang=${lang}${fragment}`), location.href);
  const snippet = embedSnippet(source.href, t("page.share.embedTitle", { name }));
  return (await copied(snippet)) ? "page.share.embedded" : "page.share.refused";
}
