/** How the page comes to a moment: by its address, by a reload, or by the browser's back and forward. */

import { openProgram, openSources, openStart, runAll } from "../../actions.js";
import { OWN } from "../../moment/address.js";
import { roomOf } from "../../moment/journey.js";
import { keptDraft } from "../../moment/memory.js";
import { momentOf } from "../../moment/url.js";
import { mountHistory } from "./history.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").Language} Language
 * @typedef {import("../../store.js").Theme} Theme
 * @typedef {import("../../moment/journey.js").Entry} Entry
 *
 * @typedef {object} Reader
 * @property {(lang: Language) => Promise<void>} speak
 * @property {(theme: Theme) => void} lend  a theme that is the link's wish, not the reader's choice
 * @property {Storage | null} drafts
 */

/**
 * @param {Store} store
 * @param {Reader} reader
 * @returns {() => Promise<void>} to be called once: after a reload the moment that was left, else what the address names
 */
export function mountArrival(store, { speak, lend, drafts }) {
  const journey = mountHistory(store, { open: resume, arrive });

  /** @param {Entry} entry */
  async function resume(entry) {
    if (!entry.cells.length) return openStart(store);
    openSources(store, entry.cells, { program: entry.program });
    store.set({ place: roomOf(store.get(), entry) });
    await runAll(store, entry);
  }

  /** A stranger's code is shown but not run. */
  async function arrive() {
    const moment = await momentOf(location.hash);
    if (moment === "broken") return store.set({ failure: { key: "error.link" } });
    if (moment?.lang && moment.lang !== store.get().lang) await speak(moment.lang);
    if (moment?.theme && moment.theme !== store.get().theme) lend(moment.theme);
    await journey.quietly(() => open(moment));
  }

  /** @param {import("../../moment/moment.js").Moment | null} moment */
  function open(moment) {
    if (moment) store.set({ place: roomOf(store.get(), moment) });
    if (moment?.program) return openProgram(store, moment.program, moment);
    if (moment?.cells) return openSources(store, moment.cells, { guest: true, place: moment });
    const draft = location.hash === OWN ? keptDraft(drafts) : null;
    const { place, programs } = store.get();
    if (!draft && place === "embed" && programs.length) return openProgram(store, programs[0].slug);
    if (!draft) return openStart(store);
    openSources(store, draft.cells, draft);
    return runAll(store);
  }

  return async () => {
    const entry = journey.entry();
    const newest = location.hash === OWN ? keptDraft(drafts) : null;
    if (entry?.cells.length) await journey.quietly(() => resume({ ...entry, ...newest }));
    else await arrive();
  };
}
