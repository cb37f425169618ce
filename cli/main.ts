#!/usr/bin/env node
import { missingPackage } from "./optional.js";

try {
  const { program } = await import("./program.js");
  await program().parseAsync();
} catch (error) {
  const known = missingPackage(error);
  console.error(known ?? (error instanceof Error ? error.message : error));
  process.exitCode = 1;
}
