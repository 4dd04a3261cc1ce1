/** The layered layouter in its worker; where there is no worker, in the page itself. */

import ELK from "vendor/elk.js";

/** @typedef {import("../../layout/levels/elk-graph.js").ElkNode} ElkNode */

const SCRIPT = import.meta.resolve("vendor/elk-worker.min.js");

/** @type {Promise<{layout: (graph: any) => Promise<any>}> | null} */
let started = null;

/**
 * @param {ElkNode} graph
 * @returns {Promise<ElkNode>} the same with places
 */
export async function arranged(graph) {
  started ??= start();
  return (await started).layout(graph);
}

async function start() {
  try {
    const elk = new ELK({ workerUrl: SCRIPT });
    await elk.layout({ id: "first", children: [] });
    return elk;
  } catch {
    return new ELK({ workerFactory: await inPage() });
  }
}

/**
 * The worker's script run in the page hands out its layouter through `module`, which browsers do not have.
 * @returns {Promise<(url?: string) => Worker>}
 */
async function inPage() {
  const scope = /** @type {any} */ (globalThis);
  scope.exports = {};
  scope.module = { exports: scope.exports };
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = SCRIPT;
    script.addEventListener("load", resolve, { once: true });
    script.addEventListener("error", reject, { once: true });
    document.head.append(script);
  });
  const { Worker: Layouter } = scope.module.exports;
  delete scope.module;
  delete scope.exports;
  return () => new Layouter();
}
