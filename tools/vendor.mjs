/**
 * Bundles the third-party front-end code into one folder: `node tools/vendor.mjs OUTPUT_FOLDER`.
 * One bundle per entry file of tools/vendor, the stylesheets and fonts they need, and all their licences.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const MODULES = join(ROOT, "node_modules");
const ENTRIES = join(ROOT, "tools", "vendor");

/** Packages whose files are copied as they are; esbuild does not report them. */
const COPIED = ["katex", "elkjs", "@fontsource-variable/inter", "@fontsource-variable/jetbrains-mono"];

/** Our name of each face, where it comes from, and the subsets that the pages can meet. */
const FACES = [
  { family: "Inter", package: "inter", subsets: ["latin", "latin-ext", "greek"] },
  { family: "JetBrains Mono", package: "jetbrains-mono", subsets: ["latin", "latin-ext", "greek"] },
];

/** @param {string} out @returns {Promise<Set<string>>} the packages that went into the bundles */
async function bundle(out) {
  const result = await build({
    entryPoints: readdirSync(ENTRIES).map((name) => join(ENTRIES, name)),
    outdir: out,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    metafile: true,
    absWorkingDir: ROOT,
    logLevel: "warning",
  });
  return new Set(Object.keys(result.metafile.inputs).flatMap(packageOf));
}

/** @param {string} path */
function packageOf(path) {
  const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path.split(sep).join("/"));
  return found ? [found[1]] : [];
}

/** KaTeX's stylesheet names three formats of each font; browsers of this decade read the first. */
function copyKatex(/** @type {string} */ out) {
  const from = join(MODULES, "katex", "dist");
  const css = readFileSync(join(from, "katex.min.css"), "utf8");
  writeFileSync(
    join(out, "katex.min.css"),
    css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, ""),
  );
  const fonts = readdirSync(join(from, "fonts")).filter((name) => name.endsWith(".woff2"));
  mkdirSync(join(out, "fonts"), { recursive: true });
  for (const name of fonts) copyFileSync(join(from, "fonts", name), join(out, "fonts", name));
}

function copyElkWorker(/** @type {string} */ out) {
  copyFileSync(join(MODULES, "elkjs", "lib", "elk-worker.min.js"), join(out, "elk-worker.min.js"));
}

/** Keeps of a package's stylesheet the wanted subsets, under the name that the design uses. */
function copyFaces(/** @type {string} */ out) {
  mkdirSync(join(out, "fonts"), { recursive: true });
  const rules = FACES.flatMap((face) => {
    const from = join(MODULES, "@fontsource-variable", face.package);
    const blocks = readFileSync(join(from, "wght.css"), "utf8").match(/@font-face \{[^}]*\}/g) ?? [];
    return face.subsets.map((subset) => {
      const file = `${face.package}-${subset}-wght-normal.woff2`;
      const rule = blocks.find((block) => block.includes(file));
      if (!rule) throw new Error(`no rule for ${file}`);
      copyFileSync(join(from, "files", file), join(out, "fonts", file));
      return rule
        .replace(/font-family: '[^']*'/, `font-family: "${face.family}"`)
        .replace(/url\([^)]*\)/, `url(fonts/${file})`)
        .replace("woff2-variations", "woff2");
    });
  });
  writeFileSync(join(out, "fonts.css"), `${rules.join("\n")}\n`);
}

/** @param {string} out @param {Set<string>} packages */
function writeLicences(out, packages) {
  const texts = [...packages].sort().map((name) => {
    const folder = join(MODULES, name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} carries no licence text`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  writeFileSync(join(out, "THIRD_PARTY_LICENSES"), texts.join(`\n${"=".repeat(80)}\n\n`));
}

const out = process.argv[2] && resolve(process.argv[2]);
if (!out) throw new Error("usage: node tools/vendor.mjs OUTPUT_FOLDER");
if (existsSync(out) && readdirSync(out).length > 0) throw new Error(`${relative(ROOT, out)} is not empty`);
mkdirSync(out, { recursive: true });
const packages = await bundle(out);
copyKatex(out);
copyElkWorker(out);
copyFaces(out);
writeLicences(out, new Set([...packages, ...COPIED]));
