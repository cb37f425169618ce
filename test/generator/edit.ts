import { type Files, problemsOf, textsOf } from "./fixture.js";

/** In an edit, stands where the message is expected to point. */
export const mark = "‸";

/** A change to one file of sound specs, and what must be said about it. */
export interface Case {
  rule: string;
  file?: string;
  /** The text to replace in the sound file; left out: `to` is appended. */
  from?: string;
  to: string;
  message: string;
}

export interface SoundSpecs {
  provider: string;
  files: Files;
  /** The file that cases edit when they name none. */
  main: string;
}

/** What is wrong with specs after an edit, and what must be printed about it. */
export function outcomeOf(sound: SoundSpecs, example: Case): { problems: string[]; expected: string } {
  const { file = sound.main, from, to, message } = example;
  const text = sound.files[file] ?? "";
  if (from !== undefined && text.split(from).length !== 2) throw new Error(`${file} must hold once: ${from}`);
  const marked = from === undefined ? text + to : text.replace(from, () => to);
  const before = marked.slice(0, marked.indexOf(mark)).split("\n");
  const position = `${before.length}:${(before.at(-1) ?? "").length + 1}`;
  const files = { ...sound.files, [file]: marked.replace(mark, "") };
  return {
    problems: problemsOf(textsOf(files, sound.provider)),
    expected: `specs/${sound.provider}/${file}:${position}: ${message}`,
  };
}
