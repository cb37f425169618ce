import { readdir } from "node:fs/promises";
import { homedir, platform } from "node:os";
import { join } from "node:path";

/** Where this machine looks for certificates. */
export interface Machine {
  platform: NodeJS.Platform;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
}

export function thisMachine(): Machine {
  return { platform: platform(), home: homedir(), env: process.env };
}

/**
 * The folders in which Korean programs keep certificates, whether they are there or not: KISA's places for each system, and every drive
 * that is plugged in.
 */
export async function npkiFolders(machine: Machine): Promise<string[]> {
  const { home, env } = machine;
  if (machine.platform === "win32") {
    const programs = [env.ProgramFiles ?? "C:\\Program Files", env["ProgramFiles(x86)"]].flatMap(
      (folder) => folder ?? [],
    );
    const profile = env.USERPROFILE ?? home;
    const drives = [..."DEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `${letter}:\\NPKI`);
    return [`${profile}\\AppData\\LocalLow\\NPKI`, ...programs.map((folder) => `${folder}\\NPKI`), ...drives];
  }
  const own = [join(home, "Library", "Preferences", "NPKI"), join(home, "Documents", "NPKI"), join(home, "NPKI")];
  if (machine.platform === "darwin") return [...own, ...(await drivesIn("/Volumes"))];
  const user = env.USER ?? "";
  const mounted = [join("/media", user), join("/run/media", user), "/media", "/mnt"];
  return [join(home, "NPKI"), join(home, "Documents", "NPKI"), ...(await Promise.all(mounted.map(drivesIn))).flat()];
}

async function drivesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => join(folder, name, "NPKI"));
}
