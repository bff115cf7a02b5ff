/** A name that is taken for a condition of a pod. */
export interface Misnamed {
  readonly fact: string;
  readonly remedy: string;
  readonly instead?: string;
}

/**
 * Reasons that a pod, a container or the condition DisruptionTarget can have.
 * https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
 */
const ofDisruptions = new Set([
  ...["Evicted", "Eviction", "Preempted", "Preempting", "Preemption", "NodeLost", "NodeShutdown", "Terminated", "Shutdown"],
  ...["PreemptionByScheduler", "DeletionByTaintManager", "EvictionByEvictionAPI", "DeletionByPodGC", "TerminationByKubelet"],
]);
const ofContainers = new Set(["OOMKilled", "Error", "Completed", "ContainerCannotRun", "DeadlineExceeded"]);
const ofWaiting = new Set(["ImagePullBackOff", "ErrImagePull", "CrashLoopBackOff", "CreateContainerConfigError", "InvalidImageName"]);
const target = "DisruptionTarget";

/** What is wrong with a name that no pod's condition has; a name of somebody's own controller is none of these. */
export function misnamedCondition(type: string): Misnamed | undefined {
  if (type === target) return undefined;
  if (/^(?:pod)?disruption[-_ ]?(?:target(?:s|ed)?)?$/i.test(type)) {
    return { fact: `no pod has a condition ${type}`, remedy: `write ${target}`, instead: target };
  }
  if (ofDisruptions.has(type)) return { fact: `${type} is a reason, no condition of a pod`, remedy: `write ${target}`, instead: target };
  if (type === "OOMKilled") return { fact: "OOMKilled is a container's reason, no condition of a pod", remedy: "use onExitCodes with 137" };
  if (ofContainers.has(type)) return { fact: `${type} is a reason, no condition of a pod`, remedy: "use onExitCodes" };
  if (!ofWaiting.has(type)) return undefined;
  return { fact: `${type} is a container's reason to wait, and such a pod has not failed`, remedy: "remove it and set a deadline" };
}
