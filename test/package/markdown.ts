/** What stands between backticks. Fenced blocks are not looked into. */
export function namedIn(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, name = ""]) => name);
}

/** The cells of the rows of every table, without the lines that only draw it. */
export function rowsIn(text: string): string[][] {
  return withoutBlocks(text)
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^[|\s:-]+$/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** What stands under a heading, up to the next one of any kind. */
export function section(text: string, title: string): string {
  return text.split(/^(?=#+ )/m).find((part) => part.replace(/^#+ /, "").startsWith(`${title}\n`)) ?? "";
}

function withoutBlocks(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, "");
}
