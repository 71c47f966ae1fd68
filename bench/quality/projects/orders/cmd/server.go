package main

import (
	"encoding/json"
	"net/http"
)

type orderRequest struct {
	Cart    string `json:"cart"`
	Article string `json:"article"`
	Count   int    `json:"count"`
}

// handleOrder answers POST /orders: it reserves the stock first and only then has the order paid.
func handleOrder(place func(orderRequest) (string, error)) http.HandlerFunc {
	return func(writer http.ResponseWriter, request *http.Request) {
		var order orderRequest
		if err := json.NewDecoder(request.Body).Decode(&order); err != nil {
			http.Error(writer, "bad order", http.StatusBadRequest)
			return
		}
		id, err := place(order)
		if err != nil {
			http.Error(writer, err.Error(), http.StatusConflict)
			return
		}
		writer.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(writer).Encode(map[string]string{"id": id})
	}
}
