import { expect, test } from "vitest";
import { lintReports } from "../../../src/core/lint/run.js";
import { defaultFileSettings } from "../../../src/core/lint/settings-file.js";
import { rules } from "../../../rules/index.js";

const job = `apiVersion: batch/v1
kind: Job
metadata: { name: twice }
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - &main
          name: first
          image: postgres:17
          command: [sh, -c, "pg_dump shop | gzip > /backup/shop.gz"]
        - <<: *main
          name: second
`;

test("a container that is used again through an anchor has its faults once", () => {
  const { reports } = lintReports({ name: "a.yaml", text: job }, { rules, settings: defaultFileSettings({ settings: {} }) });
  expect(reports.filter(({ rule }) => rule === "shell-pipe-no-pipefail")).toHaveLength(1);
});
