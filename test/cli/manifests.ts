/** A Job that the API server refuses, and for no other reason than this one. */
export const refused = `apiVersion: batch/v1
kind: Job
metadata:
  name: report
spec:
  backoffLimit: 2
  activeDeadlineSeconds: 600
  ttlSecondsAfterFinished: 3600
  template:
    spec:
      restartPolicy: Always
      containers:
        - name: report
          image: registry.example.com/report:1.4
          resources:
            requests: { cpu: 100m, memory: 64Mi }
            limits: { memory: 64Mi }
      automountServiceAccountToken: false
    metadata: { labels: { app: report } }
`;

/** The same Job put right. */
export const good = refused.replace("Always", "Never");

/** A Job about which there are notes only. */
export const noted = good.replace("  ttlSecondsAfterFinished: 3600\n", "");
