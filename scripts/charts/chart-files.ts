/** Charts in a folder, as kronlint reads them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { ChartFile } from "../../src/core/render/helm/chart.js";

/** The folders below that hold a chart which is part of no other one. */
export function chartFolders(root: string): readonly string[] {
  const found = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /(?:^|\/)Chart\.yaml$/.test(name));
  const folders = found.map((name) => join(root, dirname(name)));
  return folders.filter((folder) => !/\/charts\/[^/]+$/.test(folder) || !existsSync(join(dirname(dirname(folder)), "Chart.yaml"))).sort();
}

export function chartFiles(folder: string): readonly ChartFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true });
  return names.flatMap((entry) => {
    if (!entry.isFile()) return [];
    const path = relative(folder, join(entry.parentPath, entry.name));
    if (!/(?:^|\/)(?:Chart\.yaml|values\.yaml|templates\/.*\.(?:ya?ml|tpl))$/.test(path)) return [];
    return [{ path, source: { name: path, text: readFileSync(join(folder, path), "utf8") } }];
  });
}
