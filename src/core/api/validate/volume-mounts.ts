import type { Check } from "../check.js";
import type { TypedObject } from "../typed.js";
import type { Volumes } from "./volumes.js";

/** volumeMounts and volumeDevices of one container. */
export function validateVolumeMounts(_check: Check, _container: TypedObject, _volumes: Volumes): void {}
