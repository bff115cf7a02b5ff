package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/batch"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	"sigs.k8s.io/yaml"
)

// manifest is the one object of a text.
type manifest struct {
	yaml   []byte
	json   []byte // what kubectl makes of it: the last of duplicate keys
	kind   schema.GroupVersionKind
	fields *unstructured.Unstructured
}

func read(text string) (*manifest, error) {
	documents := documentsOf(text)
	if len(documents) != 1 {
		return nil, endAt("yaml", fmt.Errorf("%d documents", len(documents)))
	}
	sent := &manifest{yaml: []byte(text)}
	// A server reads the first document of what it gets; a client sends the one that has something.
	if isEmpty(sent.yaml) {
		sent.yaml = documents[0]
	}
	var err error
	if sent.json, err = yaml.YAMLToJSON(sent.yaml); err != nil {
		return nil, endAt("yaml", err)
	}
	return sent, sent.identify()
}

func (m *manifest) identify() error {
	object, kind, err := unstructured.UnstructuredJSONScheme.Decode(m.json, nil, nil)
	if runtime.IsMissingKind(err) || runtime.IsMissingVersion(err) {
		return endAt("no-match", err)
	}
	if err != nil {
		return endAt("decode", err)
	}
	if !isServed(*kind) {
		return endAt("no-match", fmt.Errorf("%s is not served", kind))
	}
	fields, single := object.(*unstructured.Unstructured)
	if !single {
		return endAt("decode", errors.New("a list"))
	}
	m.kind, m.fields = *kind, fields
	return nil
}

func isServed(kind schema.GroupVersionKind) bool {
	if kind.Group != batch.GroupName || (kind.Kind != "Job" && kind.Kind != "CronJob") || kind.Version == runtime.APIVersionInternal {
		return false
	}
	object, err := legacyscheme.Scheme.New(kind)
	if err != nil {
		return false
	}
	// A release goes on knowing versions that it has stopped to serve.
	temporary, ends := object.(interface{ APILifecycleRemoved() (major, minor int) })
	if !ends {
		return true
	}
	_, end := temporary.APILifecycleRemoved()
	return minor() < end
}

// minor is the one of the release that this is built with.
func minor() int {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if parts := strings.Split(module.Version, "."); module.Path == "k8s.io/kubernetes" && len(parts) > 1 {
			if number, err := strconv.Atoi(parts[1]); err == nil {
				return number
			}
		}
	}
	panic("built without a release of k8s.io/kubernetes")
}

// documentsOf leaves out empty ones. Lines that only look like separators are left to the parser of the whole.
func documentsOf(text string) [][]byte {
	var found [][]byte
	reader := utilyaml.NewYAMLReader(bufio.NewReader(strings.NewReader(text)))
	for {
		document, err := reader.Read()
		if err == io.EOF {
			return found
		}
		if err != nil {
			return [][]byte{[]byte(text)}
		}
		if !isEmpty(document) {
			found = append(found, document)
		}
	}
}

func isEmpty(document []byte) bool {
	var value interface{}
	return yaml.Unmarshal(document, &value) == nil && value == nil
}

// decode is strict: beside the object stand its unknown and duplicate fields.
func decode(body []byte, mediaType string, kind schema.GroupVersionKind) (runtime.Object, []string, error) {
	info, _ := runtime.SerializerInfoForMediaType(legacyscheme.Codecs.SupportedMediaTypes(), mediaType)
	internal := schema.GroupVersion{Group: batch.GroupName, Version: runtime.APIVersionInternal}
	object, _, err := legacyscheme.Codecs.DecoderToVersion(info.StrictSerializer, internal).Decode(body, &kind, nil)
	if err == nil {
		return object, nil, nil
	}
	strict, ok := runtime.AsStrictDecodingError(err)
	if !ok || object == nil {
		return nil, nil, endAt("decode", err)
	}
	return object, textsOf(strict.Errors()), nil
}

func textsOf(errs []error) []string {
	var texts []string
	for _, err := range errs {
		texts = append(texts, err.Error())
	}
	return texts
}
