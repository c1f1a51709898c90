/**
 * Sizes of the output of windows that slide over an axis: convolutions, pools and transposed convolutions, in the two
 * paddings of TensorFlow. A size is null when something that it depends on is not known.
 */
import type { Dimension } from './shape';

/** One axis of a sliding window. */
export interface Window {
  readonly size: Dimension;
  readonly kernel: Dimension;
  readonly stride: Dimension;
  readonly rate: Dimension;
}

/** Padding as TensorFlow names it; upper and lower case are the same to it. */
export type Padding = 'SAME' | 'VALID';

/** Output of a convolution or pool along one axis; undefined when the window is larger than the input. */
export function windowOutput(window: Window, padding: Padding): Dimension | undefined {
  const { size, kernel, stride, rate } = window;
  if (size === null || stride === null) return null;
  if (padding === 'SAME') return Math.ceil(size / stride);
  if (kernel === null || rate === null) return null;
  const output = Math.ceil((size - (kernel - 1) * rate) / stride);
  return output > 0 ? output : undefined;
}

/** Output of a transposed convolution along one axis. */
export function transposedOutput({ size, kernel, stride }: Window, padding: Padding): Dimension {
  if (size === null || stride === null) return null;
  if (padding === 'SAME') return size * stride;
  return kernel === null ? null : size * stride + Math.max(kernel - stride, 0);
}
