// Command server answers for one Kubernetes release what its API server says to a Job or CronJob: the release's own code decodes, defaults
// and validates, at the gates' defaults and with privileged containers allowed. A question a line on stdin, an answer a line on stdout, both
// JSON and in the same order. scripts/agreement/server.ts builds it.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	_ "time/tzdata" // as in the API server: zones are known on any machine

	kubernetes "k8s.io/apimachinery/pkg/runtime"
	"k8s.io/kubernetes/pkg/capabilities"
)

type question struct {
	ID   string `json:"id"`
	YAML string `json:"yaml"`
	// The text that made the object, where this is about an update of it.
	Old string `json:"old"`
}

type cause struct {
	Type    string `json:"type,omitempty"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
}

type answer struct {
	Accept bool   `json:"accept"`
	Stage  string `json:"stage"`
	// What the stage found; behind stage "strict", what would have been found next.
	Errors   []cause  `json:"errors,omitempty"`
	Strict   []string `json:"strict,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

func main() {
	capabilities.Setup(true, 0)
	questions, err := readQuestions()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for _, given := range answerAll(questions) {
		if err := out.Encode(given); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func readQuestions() ([]question, error) {
	var all []question
	in := json.NewDecoder(bufio.NewReader(os.Stdin))
	for in.More() {
		var next question
		if err := in.Decode(&next); err != nil {
			return nil, err
		}
		all = append(all, next)
	}
	return all, nil
}

func answerAll(questions []question) []answer {
	answers := make([]answer, len(questions))
	var running sync.WaitGroup
	workers := runtime.NumCPU()
	for worker := 0; worker < workers; worker++ {
		running.Add(1)
		go func(first int) {
			defer running.Done()
			for index := first; index < len(questions); index += workers {
				answers[index] = answerOne(questions[index])
			}
		}(worker)
	}
	running.Wait()
	return answers
}

// A crash is an answer too: a real server drops the connection.
func answerOne(asked question) (given answer) {
	defer func() {
		if crash := recover(); crash != nil {
			given = answer{Stage: "panic", Errors: []cause{{Message: fmt.Sprint(crash)}}}
		}
	}()
	strict, warnings, err := judge(asked)
	given = answer{Accept: err == nil, Stage: "ok", Strict: strict, Warnings: warnings}
	var end *ending
	if errors.As(err, &end) {
		given.Stage, given.Errors = end.stage, end.causes
	}
	if len(strict) > 0 {
		given.Accept, given.Stage = false, "strict"
	}
	return given
}

func judge(asked question) (strict, warnings []string, err error) {
	sent, err := read(asked.YAML)
	if err != nil {
		return nil, nil, err
	}
	if asked.Old != "" {
		return apply(sent, asked.Old)
	}
	object, strict, err := decode(sent.yaml, kubernetes.ContentTypeYAML, sent.kind)
	if err == nil {
		warnings, err = create(object)
	}
	return strict, warnings, err
}
