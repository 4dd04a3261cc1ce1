/** Bundles the page's own modules into one file: `node tools/page.mjs OUTPUT_FILE`. Third-party bundles stay beside it. */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");

const out = process.argv[2] && resolve(process.argv[2]);
if (!out) throw new Error("usage: node tools/page.mjs OUTPUT_FILE");
await build({
  entryPoints: [join(ROOT, "static", "js", "main.js")],
  outfile: out,
  bundle: true,
  external: ["vendor/*"],
  format: "esm",
  target: "es2022",
  minify: true,
  absWorkingDir: ROOT,
  logLevel: "warning",
});
