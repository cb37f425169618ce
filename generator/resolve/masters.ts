import { isMap, type JsonMap, mapOf, stringsOf, textOf } from "../json.js";
import type { MasterColumn, MasterFile, MasterLayout, Masters } from "../masters.js";
import type { SpecFolder } from "../read/folder.js";

/** `masters.yaml`, in the order of the file. Undefined when the provider has none. */
export function buildMasters({ sources }: SpecFolder): Masters | undefined {
  const source = sources.get("masters.yaml");
  if (source === undefined) return undefined;
  const { host, layouts, files } = mapOf(source.data);
  return {
    host: textOf(host),
    layouts: Object.entries(mapOf(layouts)).map(([name, layout]) => layoutOf(name, mapOf(layout))),
    files: Object.entries(mapOf(files)).map(([id, file]) => fileOf(id, mapOf(file))),
  };
}

function layoutOf(name: string, layout: JsonMap): MasterLayout {
  return {
    name,
    title: textOf(layout.title),
    ...said("note", layout),
    kind: layout.kind as MasterLayout["kind"],
    codeColumn: textOf(layout.code),
    nameColumn: textOf(layout.name),
    columns: Object.entries(mapOf(layout.columns)).map(([column, about]) => columnOf(column, mapOf(about))),
  };
}

function columnOf(name: string, column: JsonMap): MasterColumn {
  const { bytes, codes, type = "string", optional = false, stretch = false, deprecated = false } = column;
  return {
    name,
    title: textOf(column.title),
    ...said("note", column),
    bytes: Number(bytes),
    type: type as MasterColumn["type"],
    ...(isMap(codes) ? { codes: codes as Record<string, string> } : {}),
    optional: optional === true,
    stretch: stretch === true,
    deprecated: deprecated === true,
  };
}

function fileOf(id: string, file: JsonMap): MasterFile {
  return {
    id,
    title: textOf(file.title),
    layout: textOf(file.layout),
    ...said("path", file),
    ...said("entry", file),
    ...said("note", file),
    confidence: file.confidence as MasterFile["confidence"],
    sources: stringsOf(file.source),
  };
}

function said<Key extends string>(key: Key, about: JsonMap): { [key in Key]?: string } {
  const text = textOf(about[key]);
  return (text === "" ? {} : { [key]: text }) as { [key in Key]?: string };
}
