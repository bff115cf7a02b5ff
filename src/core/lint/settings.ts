import type { ObservedRuns } from "../runtime/observed.js";
import type { Delivery } from "./context.js";
import type { Severity } from "./rule.js";

/** `.kronlint.yaml` as a person writes it, after validation against `schemas/settings.schema.json`. */
export interface Settings {
  readonly kubernetes?: string;
  readonly delivery?: Delivery;
  readonly timeZone?: string;
  readonly preset?: Preset;
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  readonly runtimes?: Readonly<Record<string, string>>;
  readonly helm?: HelmSettings;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly overrides?: readonly Override[];
}

/** How charts are installed. */
export interface HelmSettings {
  /** Files over the chart's own values, from the folder of the settings; the last one wins. */
  readonly values?: readonly string[];
  readonly release?: string;
}

export type Preset = "minimal" | "recommended" | "strict";
export type Level = "off" | Severity;
export type RuleSetting = Level | false | readonly [Level | false, Readonly<Record<string, unknown>>];

export interface Override {
  readonly files: readonly string[];
  readonly rules?: Readonly<Record<string, RuleSetting>>;
}

/** What applies to one file: versions as minors, every rule's level and options decided. */
export interface FileSettings {
  /** Minors that must accept, ascending: `["1.29", "1.30"]`. */
  readonly kubernetes: readonly string[];
  readonly delivery: Delivery;
  /** The controller's own zone, used where `spec.timeZone` is unset. */
  readonly timeZone: string;
  readonly preset: Preset;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Seconds a run takes by `namespace/name` or `name`. */
  readonly runtimes: Readonly<Record<string, number>>;
  /** What was seen of runs in a cluster, by `namespace/name`. */
  readonly observed?: ReadonlyMap<string, ObservedRuns>;
  readonly helm?: HelmSettings;
  /** Milliseconds since the epoch; without it nothing expires. */
  readonly now?: number;
  /** Obey comments and annotations that suppress. */
  readonly inlineIgnore: boolean;
  /** Say advice also about manifests in prose. */
  readonly adviceInProse: boolean;
}
