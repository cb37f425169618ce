/**
 * A step of the build: `node dist/generator/compile.js specs dist/specs` writes the specs of each provider as one file that loads at once.
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileSpecs } from "./compiled.js";
import { loadSpecs } from "./load.js";

const [specs = "specs", out = "dist/specs"] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
for (const provider of loadSpecs(specs)) writeFileSync(join(out, `${provider.name}.json`), compileSpecs(provider));
