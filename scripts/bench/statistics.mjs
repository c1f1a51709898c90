/** Percentiles of measurements, and milliseconds for a table. */

/** The value that a share of the measurements does not exceed (nearest rank). */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

export const p50 = (values) => percentile(values, 0.5);
export const p95 = (values) => percentile(values, 0.95);

/** For example `8.3 ms` or `1,240 ms`. */
export function ms(value) {
  const text = value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US');
  return `${text} ms`;
}
