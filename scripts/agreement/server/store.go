package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/apis/batch"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
)

// What a server gives to an object that it has made; the same for all, so that answers can be compared.
const (
	madeUID             = "11111111-2222-4333-8444-555555555555"
	madeResourceVersion = "424242"
)

type strategy interface {
	rest.RESTCreateStrategy
	rest.RESTUpdateStrategy
}

func strategyOf(object runtime.Object) (strategy, string) {
	if _, isJob := object.(*batch.Job); isJob {
		return job.Strategy, "jobs"
	}
	return cronjob.Strategy, "cronjobs"
}

type heard struct{ warnings []string }

func (h *heard) AddWarning(_, text string) {
	for _, before := range h.warnings {
		if before == text {
			return
		}
	}
	h.warnings = append(h.warnings, text)
}

// requestFor is a request to the object's own namespace, which is taken to exist.
func requestFor(object metav1.Object, resource string) (context.Context, *heard) {
	if object.GetNamespace() == "" {
		object.SetNamespace(metav1.NamespaceDefault)
	}
	said := &heard{}
	ctx := request.WithNamespace(warning.WithWarningRecorder(context.Background(), said), object.GetNamespace())
	info := &request.RequestInfo{IsResourceRequest: true, APIGroup: batch.GroupName, APIVersion: "v1", Resource: resource, Namespace: object.GetNamespace()}
	return request.WithRequestInfo(ctx, info), said
}

// create makes the object as a server's store does. No admission plugin that is on by default refuses a Job or a CronJob.
func create(object runtime.Object) ([]string, error) {
	owned, err := meta.Accessor(object)
	if err != nil {
		return nil, endAt("decode", err)
	}
	by, resource := strategyOf(object)
	ctx, said := requestFor(owned, resource)
	rest.FillObjectMetaSystemFields(owned)
	owned.SetUID(madeUID)
	owned.SetDeletionTimestamp(nil)
	owned.SetDeletionGracePeriodSeconds(nil)
	owned.SetManagedFields(nil)
	if owned.GetName() == "" && owned.GetGenerateName() != "" {
		owned.SetName(by.GenerateName(owned.GetGenerateName()))
	}
	if err := rest.BeforeCreate(by, ctx, object); err != nil {
		return nil, endAt("validate", err)
	}
	if given := owned.GetResourceVersion(); !isNoVersion(given) {
		return nil, endAt("validate", fmt.Errorf("resourceVersion %s of an object that is not made yet", given))
	}
	owned.SetResourceVersion(madeResourceVersion)
	return said.warnings, nil
}

// update replaces an object that create has made.
func update(object, old runtime.Object) ([]string, error) {
	owned, err := meta.Accessor(object)
	if err != nil {
		return nil, endAt("update", err)
	}
	by, resource := strategyOf(object)
	ctx, said := requestFor(owned, resource)
	if err := rest.BeforeUpdate(by, ctx, object, old); err != nil {
		return nil, endAt("update", err)
	}
	if given := owned.GetResourceVersion(); given != "" && given != madeResourceVersion {
		return nil, endAt("update", errors.New("another resourceVersion than the object's"))
	}
	return said.warnings, nil
}

// isNoVersion: a server takes zeros for none, and what is no number too.
func isNoVersion(given string) bool {
	number, err := strconv.ParseUint(given, 10, 64)
	return err != nil || number == 0
}
