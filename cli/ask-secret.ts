/**
 * Asks for a secret on the terminal without showing what is typed. Without a terminal it is the first line of standard input.
 * @throws Error when the input ends before there is one
 */
export async function askSecret(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stdin.setEncoding("utf8");
  if (!stdin.isTTY) return firstLine();
  // First, so that nothing shows of what somebody types ahead.
  stdin.setRawMode(true);
  stderr.write(question);
  try {
    return await typed();
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write("\n");
  }
}

const [INTERRUPT, END, BACKSPACE, DELETE] = ["\x03", "\x04", "\b", "\x7f"];

function typed(): Promise<string> {
  return new Promise((resolve, reject) => {
    let secret = "";
    const take = (text: string) => {
      for (const letter of text) {
        if (letter === "\r" || letter === "\n") return finish(() => resolve(secret));
        if (letter === INTERRUPT || letter === END) return finish(() => reject(new Error("given up")));
        secret = letter === BACKSPACE || letter === DELETE ? [...secret].slice(0, -1).join("") : secret + letter;
      }
    };
    const finish = (then: () => void) => {
      process.stdin.off("data", take);
      then();
    };
    process.stdin.on("data", take);
  });
}

async function firstLine(): Promise<string> {
  let text = "";
  for await (const part of process.stdin) {
    text += part;
    if (/[\r\n]/.test(text)) break;
  }
  const [line = ""] = text.split(/\r?\n/);
  if (line === "") throw new Error("the first line of standard input has to be the password");
  return line;
}
