/**
 * What `masters.yaml` says of symbol master files, as plain data. A part of `model.ts`.
 * @module
 */

/** The symbol master files of a provider. */
export interface Masters {
  /** Where they are downloaded from: `https://…`, without a path. */
  host: string;
  layouts: MasterLayout[];
  files: MasterFile[];
}

/** How a line of a file is laid out; several files may share one. */
export interface MasterLayout {
  /** Name of the row's type: `KospiStock`. */
  name: string;
  title: string;
  note?: string;
  /** `fixed`: columns of so many bytes, one after the other. Otherwise what stands between the columns. */
  kind: "fixed" | "tab" | "pipe";
  /** The column to look rows up by, and the one with their Korean name. */
  codeColumn: string;
  nameColumn: string;
  columns: MasterColumn[];
}

export interface MasterColumn {
  name: string;
  title: string;
  note?: string;
  /** Of a fixed layout as many as there are, otherwise as many as there may be. */
  bytes: number;
  /** `yn` is `Y`, `N` or blank. `date` is `yyyymmdd`. */
  type: "string" | "number" | "yn" | "date";
  /** Known codes. Open: there may be others. */
  codes?: Record<string, string>;
  /** Not in every file: the lines may end before it. */
  optional: boolean;
  /** Takes what the other columns of the line leave: those after it are counted from the end of the line. */
  stretch: boolean;
  deprecated: boolean;
}

export interface MasterFile {
  /** `fo_idx` */
  id: string;
  title: string;
  /** Name of a layout. */
  layout: string;
  /** Path on the host. Absent when nobody knows an address. */
  path?: string;
  /** Its name in the archive. Absent when it does not come in one. */
  entry?: string;
  note?: string;
  confidence: "high" | "medium" | "low";
  sources: string[];
}
