import { describe, expect, test } from "vitest";
import { cronJobText, errorsIn } from "./object-errors.js";

const specErrors = (spec: string, version?: string): readonly string[] => errorsIn(cronJobText({ spec }), version).map((one) => one.replace("spec.", ""));

describe("CronJob", () => {
  test.each([
    ["a schedule", 'schedule: "*/5 * * * *"', []],
    ["none", "suspend: false", ["Required schedule"]],
    ["a bad one", 'schedule: "61 * * * *"', ["Invalid schedule"]],
    ["a template's", "schedule: '{{ .Values.schedule }}'", []],
    ["a zone in it", 'schedule: "TZ=UTC 0 5 * * *"', ["Invalid schedule"]],
    ["a zone", 'schedule: "@daily", timeZone: Europe/Berlin', []],
    ["no such zone", 'schedule: "@daily", timeZone: Europe/Berlim', ["Invalid timeZone"]],
    ["an empty zone", 'schedule: "@daily", timeZone: ""', ["Invalid timeZone"]],
    ["a policy", 'schedule: "@daily", concurrencyPolicy: forbid', ["NotSupported concurrencyPolicy"]],
    ["an empty policy, which is the default", 'schedule: "@daily", concurrencyPolicy: ""', []],
    ["limits", 'schedule: "@daily", failedJobsHistoryLimit: -1, startingDeadlineSeconds: -1', ["Invalid startingDeadlineSeconds", "Invalid failedJobsHistoryLimit"]],
  ])("%s", (_, spec, expected) => {
    expect(specErrors(spec)).toEqual(expected);
  });

  test("a zone in the schedule is refused since 1.29, before that only beside timeZone", () => {
    expect(specErrors('schedule: "TZ=UTC 0 5 * * *"', "1.28")).toEqual([]);
    expect(specErrors('schedule: "TZ=UTC 0 5 * * *", timeZone: UTC', "1.28")).toEqual(["Invalid schedule"]);
    expect(specErrors('schedule: "TZ=UTC 0 5 * * *", timeZone: UTC', "1.24")).toEqual([]);
    expect(specErrors('schedule: "TZ=Nowhere 0 5 * * *"', "1.28")).toEqual(["Invalid schedule"]);
  });

  test.each(["TZ=UTC", "TZ=", "CRON_TZ=Europe/Berlin"])("nothing behind %s crashes servers until 1.34", (schedule) => {
    expect(specErrors(`schedule: "${schedule}"`, "1.34")).toEqual(["panic"]);
    expect(specErrors(`schedule: "${schedule}"`, "1.35")).toEqual(["Invalid schedule"]);
  });

  test("jobTemplate and its counts have no defaults: Indexed needs completions", () => {
    expect(errorsIn(cronJobText({ job: "completionMode: Indexed" }))).toEqual(["Required spec.jobTemplate.spec.completions"]);
  });
});
