import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { visible } from "../engine.js";
import { settingsNames } from "../node/folder.js";
import { shownPath } from "../node/path.js";
import { type Project, surveyProject } from "../node/project.js";
import { reasonOf } from "../node/read-file.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { type Flags, UsageError } from "./flags.js";
import type { World } from "./world.js";

/** `kronlint init [FOLDER]`: settings that suit what lies in the folder. */
export function initCommand(world: World, flags: Flags, rest: readonly string[]): ExitCode {
  const [folder = ".", extra] = rest;
  if (extra !== undefined) throw new UsageError("init takes one folder");
  const path = resolve(world.cwd, folder);
  if (!existsSync(path)) throw new UsageError(`no such folder: ${folder}`);
  const present = settingsNames.map((name) => join(path, name)).find((file) => existsSync(file));
  const file = join(path, settingsNames[0]);
  if (present !== undefined && !(flags.is("force") && present === file)) {
    throw new UsageError(`${shownPath(world.cwd, present)} is there already${present === file ? "; --force writes a new one" : ""}`);
  }
  const project = surveyProject(path);
  try {
    writeFileSync(file, settingsText(project), { flag: flags.is("force") ? "w" : "wx" });
  } catch (error) {
    throw new UsageError(`cannot write ${shownPath(world.cwd, file)}: ${reasonOf(error)}`);
  }
  const why = project.delivery === undefined ? "" : `; delivery is ${project.delivery.how}, because of ${visible(project.delivery.file)}`;
  world.err(`kronlint: wrote ${shownPath(world.cwd, file)}${why}\n`);
  return exitCode.clean;
}

const schema = "https://raw.githubusercontent.com/kronlint/kronlint/main/schemas/settings.schema.json";

/** All that can be set, with what was found switched on. */
export function settingsText({ delivery, kubernetes }: Project): string {
  const versions = kubernetes && `kubernetes: ${JSON.stringify(kubernetes.range)} # ${visible(kubernetes.file)} asks for it`;
  const way = delivery && `delivery: ${delivery.how} # because of ${visible(delivery.file)}`;
  return `# yaml-language-server: $schema=${schema}
# What kronlint assumes about this folder and those below it. What is commented out shows the default or an example.

# Kubernetes versions of the clusters; every one of them must accept the manifests. Also "1.34" or ">=1.29".
${versions ?? `# kubernetes: "1.29 - 1.34"`}

# How the manifests reach the cluster: argocd, flux, helm or kubectl. Some advice turns around with it.
${way ?? "# delivery: kubectl"}

# The time zone of the cluster's controller, which schedules without spec.timeZone follow.
# timeZone: Etc/UTC

# minimal: errors only; recommended: everything, advice as notes; strict: advice as warnings.
preset: recommended

# Levels of single rules (off, info, warning, error); "kronlint rules" lists them.
# rules:
#   job-no-ttl: off

# How long a run takes, where the manifest cannot tell.
# runtimes:
#   reports/nightly: 45m

# Files to read besides .yaml, .yml and .json, and files to leave out.
# include: ["docs/**/*.md"]
# exclude: ["vendor/**"]

# Other levels for some files.
# overrides:
#   - files: ["staging/**"]
#     rules: { no-active-deadline: off }
`;
}
