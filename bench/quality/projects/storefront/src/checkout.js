/**
 * Places the order for a cart: POST /orders at the orders service. The button stays disabled until there is an answer,
 * and a cart that was ordered is emptied only after the orders service has answered 201.
 */
export async function checkout(cart, ordersUrl, fetch) {
  const response = await fetch(`${ordersUrl}/orders`, { method: 'POST', body: JSON.stringify(cart) });
  if (response.status === 409) return { ordered: false, reason: 'sold out' };
  if (response.status !== 201) return { ordered: false, reason: 'try again' };
  cart.lines.clear();
  return { ordered: true, id: (await response.json()).id };
}
