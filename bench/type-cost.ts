import { type Compiler, compile, compilers, withConsumer } from "./consumer.js";
import { root } from "./package-root.js";
import { type Row, row } from "./row.js";

const application = `
import { createCodef } from "kofin/codef";
import { accountTransactionList } from "kofin/codef/bank";

const codef = createCodef();
const { data } = await accountTransactionList(codef, {
  organization: "0004", connectedId: "", account: "", startDate: "20260601", endDate: "20260630", orderBy: "0", inquiryType: "1",
});
for (const { resAfterTranBalance } of data.resTrHistoryList ?? []) console.log(resAfterTranBalance);
`;

/** What calling one function costs the compiler of an application, above a program that does nothing. */
export async function typeCost(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const compiler of compilers) {
    const cost = (await instantiations(compiler, application)) - (await instantiations(compiler, "export {};"));
    rows.push(
      row({ name: `types of one call, TypeScript ${compiler.version}`, unit: "instantiations", most: 20_000 }, cost),
    );
  }
  return rows;
}

async function instantiations(compiler: Compiler, source: string): Promise<number> {
  const { ok, output } = await withConsumer(root, (folder) =>
    compile(folder, compiler, source, { skipLibCheck: true }),
  );
  const count = /^Instantiations:\s+(\d+)/m.exec(output)?.[1];
  if (!ok || !count) throw new Error(`TypeScript ${compiler.version} does not accept the application:\n${output}`);
  return Number(count);
}
