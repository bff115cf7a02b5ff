import { defineRule, type Fact, type FactAt, type Finding, jobOfWorkload, manifest, type WorkspaceFinding } from "#rule";
import { hookOf, hookRunner } from "./lib/hook.js";
import { type Stage, stageOf, type Tool } from "./lib/hook-stage.js";
import { homeOf } from "./lib/home.js";
import { needsOf, sameName } from "./lib/pod-needs.js";
import { ofSort } from "./lib/sorts.js";

/** A hook Job's need of an object. */
interface Need {
  readonly sort: "need";
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly tool: Tool;
  readonly stage: Stage;
}

/** An object that a hook may need, and when each tool creates it. */
interface Supply {
  readonly sort: "supply";
  readonly key: string;
  readonly stages: Readonly<Partial<Record<Tool, Stage>>>;
}

type Data = Need | Supply;

export default defineRule({
  id: "hook-references-nonhook",
  summary: "A hook Job needs an object that its deploy tool creates only after the hook.",
  why: `
    A \`pre-install\` hook of Helm and a \`PreSync\` hook of Argo CD run before any ordinary object of the release exists, and hooks run
    one after another by weight or wave. A ConfigMap, Secret or claim that is missing keeps the pod waiting, and without its
    ServiceAccount no pod is created at all: the first installation hangs until the hook times out.

    On an upgrade the object is there, as the previous release left it: the hook runs with the old configuration.

    The object must be a hook of the same phase with a lower \`helm.sh/hook-weight\` or \`sync-wave\`.
  `,
  category: "correctness",
  severity: "warning",
  references: [
    "https://helm.sh/docs/topics/charts_hooks/#the-available-hooks",
    "https://github.com/helm/helm/blob/v4.3.1/pkg/action/hooks.go",
    "https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/",
  ],
  falsePositives: "An object that something else creates before the first installation, under the same name.",
  reads: ["ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim"],

  *facts(workload, { delivery }): Iterable<FactAt<Data>> {
    const job = jobOfWorkload(workload);
    const hook = hookOf(job);
    const home = homeOf(workload);
    if (!hook || home === undefined) return;
    const tool = hookRunner(hook, delivery);
    const stage = stageOf(job.metadata.annotations, tool);
    const seen = new Set<string>();
    for (const { kind, name } of needsOf(job.pod)) {
      const same = sameName(name);
      const key = `${kind} ${home}/${same ?? ""}`;
      if (!stage || same === undefined || seen.has(key)) continue;
      seen.add(key);
      yield { at: name, data: { sort: "need", key, kind, name: same, tool, stage } };
    }
  },

  *otherFacts({ kind, metadata }): Iterable<FactAt<Data>> {
    const { name, annotations } = metadata;
    const home = homeOf({ metadata });
    const same = name.state === "absent" ? undefined : sameName(name);
    if (home === undefined || same === undefined) return;
    const [helm, argo] = [stageOf(annotations, "Helm"), stageOf(annotations, "Argo CD")];
    const stages = { ...(helm ? { Helm: helm } : {}), ...(argo ? { "Argo CD": argo } : {}) };
    yield { at: name, data: { sort: "supply", key: `${kind} ${home}/${same}`, stages } };
  },

  *workspace(facts: readonly Fact<Data>[]): Iterable<WorkspaceFinding<Data>> {
    const supplies = new Map<string, readonly Fact<Supply>[]>();
    for (const supply of ofSort(facts, "supply")) {
      const { key } = supply.data;
      supplies.set(key, [...(supplies.get(key) ?? []).slice(0, 1), supply]);
    }
    for (const need of ofSort(facts, "need")) {
      const candidates = supplies.get(need.data.key) ?? [];
      const [supply] = candidates;
      const stage = supply?.data.stages[need.data.tool];
      // The same name twice is one of several variants.
      if (!supply || !stage || candidates.length > 1) continue;
      const found = judged(need.data, stage, need.object.name, supply.object.name);
      if (found) yield { ...found, fact: need, related: [{ fact: supply, message: `the ${need.data.kind}` }] };
    }
  },

  examples: [
    {
      title: "Configuration that comes too late",
      settings: { delivery: "helm" },
      bad: manifest`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: shop-config }
        data: { DB_HOST: db }
        ---
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            helm.sh/hook: pre-install,pre-upgrade
        spec:
          activeDeadlineSeconds: 600
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: shop:5.2
                  envFrom:
                    - configMapRef:
                        name: shop-config
        #                     ^^^^^^^^^^^ Helm creates ConfigMap shop-config after this pre-install hook, which hangs without it; make it a pre-install hook of lower weight
      `,
      good: manifest`
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop-config
          annotations:
            helm.sh/hook: pre-install,pre-upgrade
            helm.sh/hook-weight: "-5"
        data: { DB_HOST: db }
        ---
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            helm.sh/hook: pre-install,pre-upgrade
        spec:
          activeDeadlineSeconds: 600
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: shop:5.2
                  envFrom:
                    - configMapRef:
                        name: shop-config
      `,
    },
  ],
});

type Judgement = Pick<Finding, "message" | "severity">;

function judged(need: Need, supply: Stage, jobName: string | undefined, supplyName: string | undefined): Judgement | undefined {
  return need.tool === "Helm" ? byHelm(need, supply, jobName, supplyName) : byArgo(need, supply);
}

/** Hooks of the same weight go by name, and only then by kind. */
function byHelm(need: Need, supply: Stage, jobName: string | undefined, supplyName: string | undefined): Judgement | undefined {
  const phase = ["pre-install", "pre-upgrade"].find((one) => need.stage.phases.includes(one));
  if (phase === undefined) return undefined;
  const what = `${need.kind} ${need.name}`;
  if (supply.phases.length === 0 || supply.phases.every((one) => one.startsWith("post-"))) {
    const remedy = `make it a ${phase} hook of lower weight`;
    if (phase === "pre-upgrade") {
      return { severity: "info", message: `Helm updates ${what} only after this pre-upgrade hook, which sees the previous release's; ${remedy}` };
    }
    return { message: `Helm creates ${what} after this pre-install hook, ${waiting(need)}; ${remedy}` };
  }
  const isLater = supply.weight > need.stage.weight || (supply.weight === need.stage.weight && isNamedLater(supplyName, jobName));
  if (!supply.phases.includes(phase) || !isLater) return undefined;
  const isTie = supply.weight === need.stage.weight;
  const weights = isTie ? `both have weight ${String(supply.weight)}, then names count` : `weight ${String(supply.weight)}, this one ${String(need.stage.weight)}`;
  return { message: `Helm creates ${what} after this ${phase} hook (${weights}), ${waiting(need)}; give it a lower helm.sh/hook-weight` };
}

/** Unknown names are taken for the right order. */
function isNamedLater(supply: string | undefined, job: string | undefined): boolean {
  return supply !== undefined && job !== undefined && supply > job;
}

const order = ["PreSync", "Sync", "PostSync"];

function byArgo(need: Need, supply: Stage): Judgement | undefined {
  const needed = order.findIndex((phase) => need.stage.phases.includes(phase));
  const phases = supply.phases.length === 0 ? ["Sync"] : supply.phases;
  const supplied = order.findIndex((phase) => phases.includes(phase));
  if (needed < 0 || supplied < 0) return undefined;
  const [phase = "", its = ""] = [order[needed], order[supplied]];
  const what = `${need.kind} ${need.name}`;
  if (supplied > needed) {
    const message = `Argo CD creates ${what} in the ${its} phase, after this ${phase} hook, ${waiting(need)}`;
    return { message: `${message}; make it a ${phase} hook of a lower sync-wave` };
  }
  if (supplied < needed || supply.weight <= need.stage.weight) return undefined;
  const waves = `wave ${String(supply.weight)}, this hook ${String(need.stage.weight)}`;
  return { message: `Argo CD creates ${what} after this hook (${waves}), ${waiting(need)}; give it a lower sync-wave` };
}

function waiting({ kind }: Need): string {
  return kind === "ServiceAccount" ? "which gets no pod without it" : "which hangs without it";
}

