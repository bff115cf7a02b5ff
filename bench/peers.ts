/** The other programs, from the Go module proxy; where Go is missing they are left out. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { writeSchemas } from "./kubeconform-schemas.js";
import type { Command } from "./measure.js";

const kubernetes = "k8s.io/kubernetes@v1.36.3";

export interface Peer {
  readonly name: string;
  /** The command for these paths: folders or files. */
  readonly files: (folder: string) => Command;
  readonly stream: (file: string) => Command;
}

export function hasGo(): boolean {
  return spawnSync("go", ["version"]).status === 0;
}

export function peers(folder: string): readonly Peer[] {
  return [kubeconform(folder), kubeScore(folder)];
}

function kubeconform(folder: string): Peer {
  const binary = install(folder, "github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0", "kubeconform");
  const args = ["-strict", "-schema-location", writeSchemas(openApi(), join(folder, "schemas"))];
  const command = (path: string): Command => [binary, ...args, path];
  return { name: "kubeconform 0.7.0", files: command, stream: command };
}

function kubeScore(folder: string): Peer {
  const binary = install(folder, "github.com/zegl/kube-score/cmd/kube-score@v1.20.0", "kube-score");
  // It takes files only, so the shell names them.
  const files = (path: string): Command => ["bash", "-c", `exec "$0" score "$1"/*/*.yaml`, binary, path];
  return { name: "kube-score 1.20.0", files, stream: (file) => [binary, "score", file] };
}

function install(folder: string, module: string, name: string): string {
  const { status, stderr } = spawnSync("go", ["install", module], { encoding: "utf8", env: { ...process.env, GOBIN: folder } });
  if (status !== 0) throw new Error(`go install ${module} failed:\n${stderr}`);
  return join(folder, name);
}

/** The document lies in the release's own source. */
function openApi(): string {
  const { status, stdout, stderr } = spawnSync("go", ["mod", "download", "-json", kubernetes], { encoding: "utf8" });
  if (status !== 0) throw new Error(`go mod download ${kubernetes} failed:\n${stderr}`);
  return join((JSON.parse(stdout) as { Dir: string }).Dir, "api", "openapi-spec", "swagger.json");
}
