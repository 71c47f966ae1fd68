import type { GoldFile, Project, QualityQuestion, Roster } from '../question.ts';

const gold = (project: string, path: string, symbol: string): GoldFile => ({ project, path, symbol });
const retry = gold('orders', 'internal/retry/retry.go', 'MaxAttempts');
const stock = gold('orders', 'internal/stock/reserve.go', 'HoldFor');
const reliability = gold('handbook', 'reliability.md', 'at most 3 times');

const questions: readonly QualityQuestion[] = [
  {
    id: 'shop-attempts',
    kind: 'what',
    text: 'How often may a call from the orders service to another service be attempted in all, by its code and by the handbook?',
    facts: [/MaxAttempts = 5|\b(5|five) (times|attempts)/i, /\b(3|three) (times|attempts)/i],
    gold: [retry, reliability],
    also: ['orders:internal/payments/client.go'],
    traits: ['contradiction', 'two-projects', 'distractor'],
  },
  {
    id: 'shop-webhook-age',
    kind: 'how',
    text: 'How old may a signed message from the card network be before it is refused?',
    facts: [/300|5 min|five min/i, /10 min|ten min/i],
    gold: [gold('payments', 'payments/webhook.py', 'TOLERANCE_SECONDS'), gold('handbook', 'security.md', '10 minutes')],
    traits: ['contradiction', 'two-projects'],
  },
  {
    id: 'shop-refund',
    kind: 'how',
    text: 'How many days do customers have to get their money back?',
    facts: [/days=14|14 days|fourteen days/i, /30 days|thirty days/i],
    gold: [gold('payments', 'payments/refund.py', 'REFUND_WINDOW'), gold('handbook', 'customers.md', '30 days')],
    traits: ['contradiction', 'two-projects'],
  },
  {
    id: 'shop-cart',
    kind: 'how',
    text: 'How long does the storefront keep a cart that is not changed?',
    facts: [/72 \* 60|72 hours|3 days|three days/i, /7 days|seven days/i],
    gold: [gold('storefront', 'src/cart.js', 'CART_LIFETIME_MS'), gold('storefront', 'README.md', '7 days')],
    traits: ['contradiction'],
  },
  {
    id: 'shop-jitter',
    kind: 'why',
    text: 'Why is half of the delay between attempts random in the orders service?',
    facts: [/outage|same moment|same time|all instances|thundering/i],
    gold: [gold('orders', 'internal/retry/retry.go', 'jitter')],
    traps: [/fixed delay/i],
    traits: ['distractor'],
  },
  {
    id: 'shop-hold',
    kind: 'why',
    text: 'Why does the orders service keep goods reserved for fifteen minutes?',
    facts: [/twelve|12/i, /bank/i],
    gold: [stock],
    traps: [/hours=2|nightly/i],
    traits: ['distractor'],
  },
  {
    id: 'shop-reserve',
    kind: 'where',
    text: 'Where does the orders service in use reserve stock?',
    facts: [/reserve\.go/],
    gold: [stock],
    also: ['orders:README.md', 'orders:cmd/server.go'],
    traps: [/reserve\.py/],
    traits: ['distractor'],
  },
  {
    id: 'shop-legacy-delay',
    kind: 'how',
    text: 'How long did the legacy order service wait between two attempts?',
    facts: [/one second|DELAY_SECONDS = 1|1 s/i],
    gold: [gold('orders-legacy', 'orders/retry.py', 'DELAY_SECONDS')],
    traps: [/200 \* time|longestDelay/],
    traits: ['distractor'],
  },
  {
    id: 'shop-journal',
    kind: 'why',
    text: 'Why is a charge written to the journal before the card network is called?',
    facts: [/crash/i],
    gold: [gold('payments', 'payments/journal.py', 'Journal')],
    also: ['payments:README.md', 'payments:payments/charge.py'],
  },
  {
    id: 'shop-timing',
    kind: 'why',
    text: 'Why does the payments service compare webhook signatures in constant time?',
    facts: [/guess|byte by byte|timing/i],
    gold: [gold('payments', 'payments/webhook.py', 'compare_digest')],
  },
  {
    id: 'shop-checkout',
    kind: 'where',
    text: 'Where does the storefront place an order, and where does the orders service answer that request?',
    facts: [/checkout\.js/, /server\.go/],
    gold: [gold('storefront', 'src/checkout.js', 'checkout'), gold('orders', 'cmd/server.go', 'handleOrder')],
    traits: ['two-projects'],
  },
  {
    id: 'shop-idempotent',
    kind: 'how',
    text: 'How do the orders and payments services make sure that a repeated call does not charge a card twice?',
    facts: [/Idempotency-Key/i, /first answer|already|_done|known/i],
    gold: [
      gold('orders', 'internal/payments/client.go', 'Idempotency-Key'),
      gold('payments', 'payments/charge.py', 'idempotency_key'),
    ],
    also: ['payments:payments/journal.py'],
    traits: ['two-projects'],
  },
  {
    id: 'shop-formats',
    kind: 'where',
    text: 'Where are prices formatted for customers?',
    facts: [/price\.js/],
    gold: [gold('storefront', 'src/price.js', 'showPrice')],
  },
  {
    id: 'shop-charge-path',
    kind: 'where',
    text: 'Where does the orders service call the payments service, and where are charges answered there?',
    facts: [/client\.go/, /charge\.py/],
    gold: [
      gold('orders', 'internal/payments/client.go', 'Charge'),
      gold('payments', 'payments/charge.py', 'POST /charges'),
    ],
    traits: ['two-projects'],
  },
  {
    id: 'shop-refund-approval',
    kind: 'where',
    text: 'Where does the payments service pay a charge back, and which manager has to approve it?',
    facts: [/refund\.py/],
    gold: [gold('payments', 'payments/refund.py', 'def refund')],
    also: ['payments:README.md'],
    absent: {
      projects: ['orders', 'orders-legacy', 'payments', 'storefront', 'handbook'],
      pattern: /approv|manager/i,
    },
    traits: ['unanswerable'],
  },
  {
    id: 'shop-tax',
    kind: 'where',
    text: 'Where is the Norwegian value added tax computed?',
    facts: [],
    gold: [],
    absent: {
      projects: ['orders', 'orders-legacy', 'payments', 'storefront', 'handbook'],
      pattern: /norw|\bvat\b|\btax/i,
    },
    traits: ['unanswerable'],
  },
  {
    id: 'shop-secrets',
    kind: 'what',
    text: 'After how many days are secrets rotated, and on which weekday?',
    facts: [/90 days|ninety days/i],
    gold: [gold('handbook', 'security.md', 'rotated every 90 days')],
    absent: {
      projects: ['orders', 'orders-legacy', 'payments', 'storefront', 'handbook'],
      pattern: /monday|tuesday|wednesday|thursday|friday|saturday|sunday/i,
    },
    traits: ['unanswerable'],
  },
];

const planted = (name: string, description: string): Project => ({ name, description, from: { planted: name } });

export const shop: Roster = {
  name: 'shop',
  projects: [
    planted('orders', 'order service: stock, calls to payments (Go)'),
    planted('orders-legacy', 'the old order service, no longer in use (Python)'),
    planted('payments', 'payment service: charges, refunds, webhooks (Python)'),
    planted('storefront', 'what customers see: carts, checkout, prices (JavaScript)'),
    planted('handbook', 'how the company works: agreements, security, promises'),
  ],
  questions,
};
