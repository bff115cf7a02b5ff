package main

import (
	"encoding/json"
	"errors"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/batch"
	kjson "sigs.k8s.io/json"
)

// apply sends a text over the object that another text made, as kubectl apply does: a client's patch out of the two texts and the object,
// then a server's update. A status in the older text is the object's, as if a controller had written it.
func apply(sent *manifest, oldText string) (strict, warnings []string, err error) {
	before, old, err := made(oldText)
	if err != nil {
		return nil, nil, asOld(err)
	}
	if before.kind.Kind != sent.kind.Kind || before.fields.GetName() != sent.fields.GetName() || namespaceOf(before) != namespaceOf(sent) {
		return nil, nil, endAt("old", errors.New("another object"))
	}
	current, patch, err := patchOf(sent, before, old)
	if err != nil || string(patch) == "{}" {
		return nil, nil, err
	}
	wanted, strict, err := patched(sent, current, patch)
	if err == nil {
		warnings, err = update(wanted, old)
	}
	return strict, warnings, err
}

func asOld(err error) error {
	var end *ending
	if errors.As(err, &end) {
		return &ending{stage: "old", causes: end.causes}
	}
	return endAt("old", err)
}

func made(text string) (*manifest, runtime.Object, error) {
	sent, err := read(text)
	if err != nil {
		return nil, nil, err
	}
	object, strict, err := decode(sent.json, runtime.ContentTypeJSON, sent.kind)
	if err != nil {
		return nil, nil, err
	}
	if len(strict) > 0 {
		return nil, nil, errors.New(strict[0])
	}
	written := object.DeepCopyObject()
	if _, err := create(object); err != nil {
		return nil, nil, err
	}
	switch object := object.(type) {
	case *batch.Job:
		object.Status = written.(*batch.Job).Status
	case *batch.CronJob:
		object.Status = written.(*batch.CronJob).Status
	}
	return sent, object, nil
}

func namespaceOf(sent *manifest) string {
	if given := sent.fields.GetNamespace(); given != "" {
		return given
	}
	return metav1.NamespaceDefault
}

// patchOf is the client's part: what has to change in the object, and the object as a client sees it.
func patchOf(sent, before *manifest, old runtime.Object) (current runtime.Object, patch []byte, err error) {
	current, err = legacyscheme.Scheme.ConvertToVersion(old, sent.kind.GroupVersion())
	if err != nil {
		return nil, nil, endAt("update", err)
	}
	sent.fields.SetNamespace(namespaceOf(sent))
	before.fields.SetNamespace(namespaceOf(before))
	var texts [3][]byte
	for index, value := range []interface{}{before.fields, sent.fields, current} {
		if texts[index], err = json.Marshal(value); err != nil {
			return nil, nil, endAt("update", err)
		}
	}
	lookup, err := strategicpatch.NewPatchMetaFromStruct(current)
	if err != nil {
		return nil, nil, endAt("update", err)
	}
	patch, err = strategicpatch.CreateThreeWayMergePatch(texts[0], texts[1], texts[2], lookup, true)
	if err != nil {
		return nil, nil, endAt("decode", err)
	}
	return current, patch, nil
}

// patched is the server's part: the object with the patch in it, decoded strictly and defaulted.
func patched(sent *manifest, current runtime.Object, patch []byte) (runtime.Object, []string, error) {
	fields, err := runtime.DefaultUnstructuredConverter.ToUnstructured(current)
	if err != nil {
		return nil, nil, endAt("decode", err)
	}
	changes := map[string]interface{}{}
	duplicate, err := kjson.UnmarshalStrict(patch, &changes)
	if err != nil {
		return nil, nil, endAt("decode", err)
	}
	target, err := legacyscheme.Scheme.New(sent.kind)
	if err != nil {
		return nil, nil, endAt("decode", err)
	}
	if fields, err = strategicpatch.StrategicMergeMapPatch(fields, changes, target); err != nil {
		return nil, nil, endAt("decode", err)
	}
	strict := textsOf(duplicate)
	if err := runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(fields, target, true); err != nil {
		unknown, ok := runtime.AsStrictDecodingError(err)
		if !ok {
			return nil, nil, endAt("decode", err)
		}
		strict = append(strict, textsOf(unknown.Errors())...)
	}
	return internalOf(target, strict)
}

func internalOf(target runtime.Object, strict []string) (runtime.Object, []string, error) {
	legacyscheme.Scheme.Default(target)
	object, err := legacyscheme.Scheme.ConvertToVersion(target, runtime.InternalGroupVersioner)
	if err != nil {
		return nil, nil, endAt("decode", err)
	}
	owned, err := meta.Accessor(object)
	if err != nil {
		return nil, nil, endAt("decode", err)
	}
	owned.SetManagedFields(nil)
	return object, strict, nil
}
