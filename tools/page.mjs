/**
 * Bundles the page's own modules into page.js, and its style sheets into page.css: `node tools/page.mjs OUTPUT_FOLDER`.
 * Third-party bundles stay beside them.
 */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");

const out = process.argv[2] && resolve(process.argv[2]);
if (!out) throw new Error("usage: node tools/page.mjs OUTPUT_FOLDER");
const common = { bundle: true, minify: true, absWorkingDir: ROOT, logLevel: "warning" };
await build({
  ...common,
  entryPoints: [join(ROOT, "static", "js", "main.js")],
  outfile: join(out, "page.js"),
  external: ["vendor/*"],
  format: "esm",
  target: "es2022",
});
await build({
  ...common,
  entryPoints: [join(ROOT, "static", "css", "page.css")],
  outfile: join(out, "page.css"),
});
