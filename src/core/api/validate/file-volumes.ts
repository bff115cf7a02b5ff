import { type Check, invalid, required } from "../check.js";
import { relocatedObject } from "../relocate.js";
import { isAbsent, objectOf, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { validateFieldRef, validateResourceFieldRef } from "./field-ref.js";
import { checkFilePath, checkMode } from "./path-rules.js";
import { requireText, requireTexts } from "./required-text.js";

/** Source: validateSecretVolumeSource in pkg/apis/core/validation/validation.go */
export function validateSecretVolume(check: Check, source: TypedObject): void {
  requireText(check, source, "a Secret volume", "secretName");
  checkMode(check, source, "defaultMode");
  validateKeys(check, source);
}

/** Source: validateConfigMapVolumeSource */
export function validateConfigMapVolume(check: Check, source: TypedObject): void {
  requireText(check, source, "a ConfigMap volume", "name");
  checkMode(check, source, "defaultMode");
  validateKeys(check, source);
}

/** Which key becomes which file. Source: validateKeyToPath */
export function validateKeys(check: Check, source: TypedObject): void {
  for (const item of objectsOf(source, "items")) {
    requireTexts(check, item, "an item", ["key", "path"]);
    validateFilePath(check, item);
    checkMode(check, item, "mode");
  }
}

function validateFilePath(check: Check, item: TypedObject): void {
  const path = textOf(item, "path");
  if (path !== undefined) checkFilePath(check, spotOf(item, "path"), "path", path);
}

/** Source: validateDownwardAPIVolumeSource */
export function validateDownwardVolume(check: Check, source: TypedObject): void {
  checkMode(check, source, "defaultMode");
  for (const file of objectsOf(source, "items")) validateDownwardFile(check, file, source.path);
}

/** The server says nothing of the item: its fields seem to be the volume's own, at `path`. Source: validateDownwardAPIVolumeFile */
export function validateDownwardFile(check: Check, item: TypedObject, path: string): void {
  const file = relocatedObject(item, path);
  requireText(check, file, "a file of the downward API", "path");
  validateFilePath(check, file);
  validateDownwardField(check, file);
  checkMode(check, file, "mode");
}

function validateDownwardField(check: Check, file: TypedObject): void {
  const field = objectOf(file, "fieldRef");
  const resource = objectOf(file, "resourceFieldRef");
  if (field) validateFieldRef(check, field, "volume");
  const here = { path: file.path, at: file.at };
  if (field && resource) invalid(check, here, "fieldRef and resourceFieldRef are both set; remove one");
  else if (resource && isAbsent(file, "fieldRef")) validateResourceFieldRef(check, resource, "volume");
  else if (isAbsent(file, "fieldRef") && isAbsent(file, "resourceFieldRef")) {
    required(check, here, "a file of the downward API needs a fieldRef or a resourceFieldRef; add one");
  }
}
