/** A cart is thrown away when it was not changed for this long. */
export const CART_LIFETIME_MS = 72 * 60 * 60 * 1000;

/** Carts by their id, in memory. */
export function createCarts(now) {
  const carts = new Map();
  return {
    put(id, article, count) {
      const cart = carts.get(id) ?? { lines: new Map(), changedAt: 0 };
      cart.lines.set(article, count);
      cart.changedAt = now();
      carts.set(id, cart);
    },
    get(id) {
      const cart = carts.get(id);
      if (cart === undefined || now() - cart.changedAt > CART_LIFETIME_MS) return null;
      return cart;
    },
  };
}
