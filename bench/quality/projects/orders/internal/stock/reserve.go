// Package stock knows what is left in the warehouse.
package stock

import (
	"errors"
	"time"
)

// HoldFor is how long goods stay reserved for an order that is not paid. It is longer than the twelve minutes that a
// bank may take to confirm a card with its holder, so that nobody pays for goods which were given to somebody else.
const HoldFor = 15 * time.Minute

// ErrSoldOut means that fewer pieces are left than were asked for.
var ErrSoldOut = errors.New("sold out")

type reservation struct {
	order string
	count int
	until time.Time
}

// Shelf holds one article.
type Shelf struct {
	pieces       int
	reservations []reservation
}

// Reserve sets pieces aside for an order.
func (shelf *Shelf) Reserve(order string, count int, now time.Time) error {
	shelf.release(now)
	if shelf.pieces < count {
		return ErrSoldOut
	}
	shelf.pieces -= count
	shelf.reservations = append(shelf.reservations, reservation{order, count, now.Add(HoldFor)})
	return nil
}

// release puts back what was reserved for orders that were never paid.
func (shelf *Shelf) release(now time.Time) {
	kept := shelf.reservations[:0]
	for _, one := range shelf.reservations {
		if now.After(one.until) {
			shelf.pieces += one.count
		} else {
			kept = append(kept, one)
		}
	}
	shelf.reservations = kept
}
