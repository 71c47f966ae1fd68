const formats = new Map();

/** Cents as people read them. Formatters are kept: making one takes a hundred times as long as using it. */
export function showPrice(cents, locale) {
  let format = formats.get(locale);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' });
    formats.set(locale, format);
  }
  return format.format(cents / 100);
}
