// Builds kustomizations with Kustomize's own code. Each line of standard input is a folder; each line of standard output is JSON: the
// objects that it makes, or why it cannot be built.
package main

import (
	"bufio"
	"encoding/json"
	"os"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

type answer struct {
	Objects []map[string]any `json:"objects,omitempty"`
	Error   string           `json:"error,omitempty"`
}

func build(folder string) (built answer) {
	made, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), folder)
	if err != nil {
		return answer{Error: err.Error()}
	}
	for _, one := range made.Resources() {
		object, err := one.Map()
		if err != nil {
			return answer{Error: err.Error()}
		}
		built.Objects = append(built.Objects, object)
	}
	return built
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		if err := answers.Encode(build(lines.Text())); err != nil {
			panic(err)
		}
	}
}
