import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
];

/** Starts the Chromium of this machine. A journey that nobody made proves nothing, so without one the tests fail. */
export function startChromium(): Promise<Browser> {
  const { CHROMIUM_PATH } = process.env;
  const executablePath = CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined || !existsSync(executablePath)) {
    const looked = CHROMIUM_PATH ?? PLACES.join(", ");
    throw new Error(
      `There is no Chromium at ${looked}: install one (Debian: apt-get install chromium), or say where it is in CHROMIUM_PATH`,
    );
  }
  // Chromium refuses to sandbox itself for root, which is who runs in most containers.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}
