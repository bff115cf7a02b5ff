import { describe, expect, test } from "vitest";
import { descriptions } from "../../schemas/descriptions.js";
import { bounds, enumerations, gates, validationGates, notRequired, required, requiredInCronJob, unvalidated } from "../../schemas/enforced.js";
import { gateStages, releases, types } from "../../schemas/kubernetes.js";
import { fieldOf, fieldsOf, typeNamed, typeNames } from "../../src/core/api/table.js";
import { allVersions, newestVersion } from "../../src/core/api/versions.js";

function spec(field: string): ReturnType<typeof fieldOf> {
  const [type = "", name = ""] = field.split(".");
  return fieldOf(typeNamed(type), name);
}

describe("the table of fields", () => {
  test("has what the newest OpenAPI document has, and every type is there", () => {
    const fields = typeNames().flatMap((name) => fieldsOf(typeNamed(name)));
    expect(typeNames().length).toBe(128);
    expect(fields.filter(({ versions }) => versions & newestVersion).length).toBe(593);
    expect(fields.every(({ versions }) => versions > 0 && versions <= allVersions)).toBe(true);
  });

  test("names no type that has no lines", () => {
    const named = types.match(/(?<=[ \]}])[A-Z]\w+/g) ?? [];
    expect(named.filter((name) => typeNamed(name).lines.size === 0)).toEqual([]);
  });

  test("knows when fields came, and that a type can change", () => {
    expect(spec("JobSpec.successPolicy")?.versions).toBe(allVersions & ~0b111111);
    expect(spec("PersistentVolumeClaimSpec.resources")?.type).toEqual({ shape: "object", name: "VolumeResourceRequirements" });
    expect(spec("PersistentVolumeClaimSpec.resources")?.older?.type).toEqual({ shape: "object", name: "ResourceRequirements" });
    expect(spec("PodSpec.containers")).toMatchObject({ keys: ["name"], required: allVersions, type: { shape: "list" } });
  });

  test("holds no sentences", () => {
    expect(types.split("\n").filter((line) => !/^(?: ?[\w]+(?: [\w[\]{}=,-]+)*)?$/.test(line))).toEqual([]);
  });
});

describe("what is enforced beyond it", () => {
  const named = [...enumerations, ...bounds, ...required, ...notRequired, ...unvalidated].flatMap(({ fields }) => fields);
  const gated = Object.values(gates).flatMap(({ fields }) => fields);

  test.each([...new Set([...named, ...gated, requiredInCronJob.field, ...Object.keys(descriptions)])])("%s is a field", (field) => {
    expect(spec(field)).toBeDefined();
  });

  test("says where in Kubernetes", () => {
    const sources = [...enumerations, ...bounds, ...required, ...notRequired, ...unvalidated].map(({ source }) => source);
    expect(sources.filter((source) => !/\.go |\.go$/.test(source))).toEqual([]);
  });

  test("what is not required is required by OpenAPI, and the other way round", () => {
    const line = (field: string): string => typeNamed(field.split(".")[0] ?? "").lines.get(field.split(".")[1] ?? "")?.[0] ?? "";
    expect(notRequired.flatMap(({ fields }) => fields).filter((field) => !line(field).includes(" required"))).toEqual([]);
    expect(required.flatMap(({ fields }) => fields).filter((field) => line(field).endsWith(" required"))).toEqual([]);
  });

  test("every gate has a stage for each minor", () => {
    expect(Object.keys(gateStages).sort()).toEqual([...Object.keys(gates), ...validationGates].sort());
    const width = Object.keys(releases).length;
    expect(Object.entries(gateStages).filter(([, stages]) => !/^\.*[abgABG]+$/.test(stages) || stages.length !== width)).toEqual([]);
  });
});
