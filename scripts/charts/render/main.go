package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"sigs.k8s.io/yaml"
)

// Asks for one chart a line: {"path", "release", "values": [file]}; answers {"path", "files": {name: text}} or {"path", "error"}.
type question struct {
	Path    string   `json:"path"`
	Release string   `json:"release"`
	Values  []string `json:"values"`
}

type answer struct {
	Path  string            `json:"path"`
	Files map[string]string `json:"files,omitempty"`
	Error string            `json:"error,omitempty"`
}

func main() {
	questions := json.NewDecoder(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	for questions.More() {
		var asked question
		if err := questions.Decode(&asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		files, err := render(asked)
		if err != nil {
			answers.Encode(answer{Path: asked.Path, Error: err.Error()})
			continue
		}
		answers.Encode(answer{Path: asked.Path, Files: files})
	}
}

func render(asked question) (map[string]string, error) {
	chart, err := loader.Load(filepath.Clean(asked.Path))
	if err != nil {
		return nil, err
	}
	values := map[string]interface{}{}
	for _, file := range asked.Values {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		more := map[string]interface{}{}
		if err := yaml.Unmarshal(data, &more); err != nil {
			return nil, err
		}
		values = chartutil.CoalesceTables(more, values)
	}
	if err := chartutil.ProcessDependencies(chart, values); err != nil {
		return nil, err
	}
	options := chartutil.ReleaseOptions{Name: asked.Release, Namespace: "default", Revision: 1, IsInstall: true}
	all, err := chartutil.ToRenderValues(chart, values, options, capabilities())
	if err != nil {
		return nil, err
	}
	return engine.Render(chart, all)
}

// A cluster of the version that kronlint judges: Helm's own list has what clusters serve no more.
func capabilities() *chartutil.Capabilities {
	served := chartutil.VersionSet{}
	for _, version := range chartutil.DefaultVersionSet {
		if version != "batch/v1beta1" && version != "policy/v1beta1" && version != "extensions/v1beta1" {
			served = append(served, version)
		}
	}
	return &chartutil.Capabilities{
		KubeVersion: chartutil.KubeVersion{Version: "v1.36.0", Major: "1", Minor: "36"},
		APIVersions: served,
		HelmVersion: chartutil.DefaultCapabilities.HelmVersion,
	}
}
