import { type Job, type Level, level, type Present, text } from "#rule";

/** Kueue queues a Job that has this label: https://kueue.sigs.k8s.io/docs/tasks/run/jobs/ */
export const queueLabel = "kueue.x-k8s.io/queue-name";

/** The name of the queue where Kueue does not look for it. */
export interface MisplacedQueue {
  readonly label: Present<string>;
  readonly where: "CronJob" | "pod template" | "annotation";
}

/** Whether the Job has the label, or may have it. */
export function isQueued({ metadata }: Job): boolean {
  return text(metadata.labels, queueLabel).state !== "absent";
}

/** The queue's name as a label of another level, or as an annotation, of a Job that does not have the label. */
export function misplacedQueue(job: Job): MisplacedQueue | undefined {
  const { pod, cronJob, metadata } = job;
  if (isQueued(job)) return undefined;
  const places: readonly (readonly [Level, MisplacedQueue["where"]])[] = [
    ...(cronJob ? [[cronJob.metadata.labels, "CronJob"] as const, [cronJob.metadata.annotations, "annotation"] as const] : []),
    [pod.metadata.labels, "pod template"],
    [metadata.annotations, "annotation"],
    [pod.metadata.annotations, "annotation"],
  ];
  for (const [at, where] of places) {
    const label = text(at, queueLabel);
    if (label.state === "present") return { label, where };
  }
  return undefined;
}

/** The labels of the Job, where Kueue looks, if they are written. */
export function labelsOf({ metadata }: Job): Level {
  return level(metadata, "labels");
}
