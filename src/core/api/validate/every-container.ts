import { isFullyKnown, listOf, objectsOf, type TypedObject } from "../typed.js";

const lists = ["initContainers", "containers", "ephemeralContainers"] as const;

/** The known containers of a pod, of all three kinds. */
export function everyContainer(pod: TypedObject): readonly TypedObject[] {
  return lists.flatMap((name) => objectsOf(pod, name));
}

/** Whether a template can bring in a container that `everyContainer` does not have. */
export function mayHaveMore(pod: TypedObject): boolean {
  return lists.some((name) => {
    const list = listOf(pod, name);
    return list ? !isFullyKnown(list) : pod.fields.has(name) || !pod.whole;
  });
}
