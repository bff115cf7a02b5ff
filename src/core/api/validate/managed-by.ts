import { type Check, clipped, invalid, required, tooLong } from "../check.js";
import { dnsSubdomainFault } from "../names.js";
import { spotOf, textOf, type TypedObject } from "../typed.js";
import { byteLength } from "./byte-length.js";

const longest = 63;
/** Source: httpPathFmt in k8s.io/apimachinery/pkg/util/validation */
const path = /^[-A-Za-z0-9/._~%!$&'()*+,;=:]+$/;

/** Source: validateJobSpec in pkg/apis/batch/validation/validation.go, IsDomainPrefixedPath in k8s.io/apimachinery/pkg/util/validation */
export function validateManagedBy(check: Check, spec: TypedObject): void {
  const text = textOf(spec, "managedBy");
  if (text === undefined) return;
  const spot = spotOf(spec, "managedBy");
  if (byteLength(text) > longest) {
    tooLong(check, spot, `managedBy has ${String(byteLength(text))} bytes, but at most ${String(longest)} are allowed; shorten it`);
  }
  if (text === "") return required(check, spot, "managedBy is empty; name a controller, such as example.com/controller, or remove it");
  const slash = text.indexOf("/");
  const [host, rest] = [text.slice(0, Math.max(slash, 0)), text.slice(slash + 1)];
  const fault = host === "" || rest === "" ? "is no domain with a path" : dnsSubdomainFault(host);
  if (fault === undefined && path.test(rest)) return;
  const reason = fault ?? "has a character that a path may not have";
  invalid(check, spot, `managedBy ${clipped(text)} ${reason}; write one such as example.com/controller`);
}
