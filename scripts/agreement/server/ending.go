package main

import (
	"errors"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// ending is the refusal of a request, with the stage that refused it.
type ending struct {
	stage  string
	causes []cause
}

func (e *ending) Error() string {
	return fmt.Sprint(e.stage, ": ", e.causes)
}

// endAt keeps the fields that a server names in its refusal.
func endAt(stage string, err error) error {
	end := &ending{stage: stage}
	var refused apierrors.APIStatus
	if errors.As(err, &refused) && refused.Status().Details != nil {
		for _, one := range refused.Status().Details.Causes {
			end.causes = append(end.causes, cause{Type: string(one.Type), Field: one.Field, Message: one.Message})
		}
	}
	if len(end.causes) == 0 {
		end.causes = []cause{{Message: err.Error()}}
	}
	return end
}
