// Package payments calls the payments service.
package payments

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"shop/orders/internal/retry"
)

// Charge has an order paid. The order's own id is sent as Idempotency-Key, so that a call which is repeated after a
// timeout never takes the money twice.
func Charge(ctx context.Context, base, order string, cents int64) error {
	return retry.Do(ctx, func() error {
		body := strings.NewReader(fmt.Sprintf(`{"amount":%d,"currency":"EUR"}`, cents))
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/charges", body)
		if err != nil {
			return err
		}
		request.Header.Set("Idempotency-Key", order)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		if response.StatusCode >= 500 {
			return fmt.Errorf("payments answered %d", response.StatusCode)
		}
		return nil
	})
}
