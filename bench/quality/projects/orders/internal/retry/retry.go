// Package retry repeats calls to other services.
package retry

import (
	"context"
	"math/rand"
	"time"
)

// MaxAttempts is how often a call is made in all, the first one included.
const MaxAttempts = 5

const (
	firstDelay   = 200 * time.Millisecond
	longestDelay = 10 * time.Second
)

// Do calls until it succeeds, the attempts are used up or the context ends.
func Do(ctx context.Context, call func() error) error {
	var err error
	for attempt := 0; attempt < MaxAttempts; attempt++ {
		if err = call(); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(Delay(attempt)):
		}
	}
	return err
}

// Delay doubles with each attempt up to the longest delay. Half of it is random ("jitter"): when the payments service
// comes back after an outage, all instances would otherwise call it in the same moment and bring it down again.
func Delay(attempt int) time.Duration {
	delay := min(firstDelay<<attempt, longestDelay)
	return delay/2 + time.Duration(rand.Int63n(int64(delay/2)))
}
