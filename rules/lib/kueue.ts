import { type Job, type Present, text } from "#rule";

/** Kueue queues a Job that has this label: https://kueue.sigs.k8s.io/docs/tasks/run/jobs/ */
export const queueLabel = "kueue.x-k8s.io/queue-name";

/** The queue's name as an annotation, of a Job that has no such label anywhere. */
export function queueAnnotation({ pod, cronJob, metadata }: Job): Present<string> | undefined {
  const places = [metadata, pod.metadata, ...(cronJob ? [cronJob.metadata] : [])];
  if (places.some(({ labels }) => text(labels, queueLabel).state !== "absent")) return undefined;
  for (const { annotations } of places) {
    const found = text(annotations, queueLabel);
    if (found.state === "present") return found;
  }
  return undefined;
}
