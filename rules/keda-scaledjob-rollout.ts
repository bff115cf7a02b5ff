import { defineRule, insertField, integer, level, type Level, manifest, type OtherObject, replaceValue, text } from "#rule";

/** Seconds: a Job that is given as long is not begun again lightly. */
const long = 300;

export default defineRule({
  id: "keda-scaledjob-rollout",
  summary: "KEDA deletes the running Jobs of a ScaledJob whenever its spec changes.",
  why: `
    When the spec of a ScaledJob changes, KEDA deletes all Jobs that it made from the former one, those that run included: their pods get
    SIGTERM, and the work in hand is lost or done twice. A new image tag is such a change. With \`rollout.strategy: gradual\` they run
    to their end, and new Jobs are made from the new spec.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://keda.sh/docs/latest/reference/scaledjob-spec/#rollout",
    "https://github.com/kedacore/keda/blob/v2.17.0/controllers/keda/scaledjob_controller.go",
  ],
  falsePositives: "Work so short, or so easily begun again, that it does not matter; write `strategy: immediate` to say so.",
  reads: ["ScaledJob"],

  *other(object) {
    if (object.apiVersion.value?.startsWith("keda.sh/") !== true) return;
    const spec = level(object.root, "spec");
    const rollout = level(spec, "rollout");
    const strategy = text(rollout, "strategy");
    // The older field wins where it is set.
    if (text(spec, "rolloutStrategy").state !== "absent" || spec.state !== "present") return;
    const isPaused = text(object.metadata.annotations, "autoscaling.keda.sh/paused").state !== "absent";
    if (strategy.state === "unknown" || isPaused || !["", "default"].includes(strategy.value ?? "")) return;
    const effect = "every change of this spec deletes the Jobs that run";
    const fact = strategy.state === "present" ? `with strategy ${JSON.stringify(strategy.value)}` : "rollout.strategy is unset, so";
    const message = `${fact} ${effect}; set gradual to let them finish`;
    yield { at: strategy, ...(isLong(spec) ? {} : { severity: "info" }), message, fix: gradual(object) };
  },

  examples: [
    {
      title: "Left to the default",
      bad: manifest`
        apiVersion: keda.sh/v1alpha1
        kind: ScaledJob
        metadata:
          name: transcode
        spec:
        #^^^ rollout.strategy is unset, so every change of this spec deletes the Jobs that run; set gradual to let them finish
          jobTargetRef:
            activeDeadlineSeconds: 7200
            template:
              spec:
                restartPolicy: Never
                containers:
                  - name: transcode
                    image: transcode:4.2
          triggers:
            - type: rabbitmq
              metadata: { queueName: videos, mode: QueueLength, value: "1" }
      `,
      good: manifest`
        apiVersion: keda.sh/v1alpha1
        kind: ScaledJob
        metadata:
          name: transcode
        spec:
          jobTargetRef:
            activeDeadlineSeconds: 7200
            template:
              spec:
                restartPolicy: Never
                containers:
                  - name: transcode
                    image: transcode:4.2
          triggers:
            - type: rabbitmq
              metadata: { queueName: videos, mode: QueueLength, value: "1" }
          rollout: { strategy: gradual }
      `,
    },
  ],
});

/** Whoever allows a Job, or its end, that long has long work. */
function isLong(spec: Level): boolean {
  const job = level(spec, "jobTargetRef");
  const pod = level(level(job, "template"), "spec");
  const ofPod = [integer(pod, "activeDeadlineSeconds"), integer(pod, "terminationGracePeriodSeconds")];
  const times = [integer(job, "activeDeadlineSeconds"), ...ofPod];
  return times.some(({ value }) => value !== undefined && value >= long);
}

function gradual({ root }: OtherObject) {
  const spec = level(root, "spec");
  const rollout = level(spec, "rollout");
  const strategy = text(rollout, "strategy");
  const title = "set rollout.strategy: gradual, so that Jobs of the former spec run to their end";
  if (strategy.state === "present") return { title, safe: false, edits: [replaceValue(strategy, "gradual")] };
  if (rollout.state === "present") return { title, safe: false, edits: insertField(rollout, "strategy", "gradual") };
  return { title, safe: false, edits: insertField(spec, "rollout", { strategy: "gradual" }) };
}
