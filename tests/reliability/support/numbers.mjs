// What a series of measured times looks like.

export function percentile(values, share) {
  if (values.length === 0)
    return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export function summary(values) {
  const rounded = (value) => (value === undefined ? undefined : Math.round(value));
  return { count: values.length, p50: rounded(percentile(values, 0.5)), p95: rounded(percentile(values, 0.95)),
    p99: rounded(percentile(values, 0.99)), max: rounded(percentile(values, 1)) };
}

// By how much y grows with each x, by least squares.
export function slope(points) {
  const count = points.length;
  if (count < 2)
    return 0;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
}
