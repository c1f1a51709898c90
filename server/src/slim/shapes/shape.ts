/**
 * Static shapes of tensors. A dimension that TensorFlow itself would not know while it builds the graph is null; a shape
 * or dimension that only we do not know says why. Nothing here guesses: an operation on what is not known is not known.
 */

/** One dimension; null when it is not known. */
export type Dimension = number | null;

/** A shape, or the reason why its rank is not known. */
export interface Shape {
  /** Absent when not even the rank is known. */
  readonly dims?: readonly Dimension[];
  /** Why something is not known; absent for what is left open on purpose (a batch of any size). */
  readonly reason?: string;
}

/** A shape of which nothing is known. */
export function unknownShape(reason: string): Shape {
  return { reason };
}

/** A shape with these dimensions; `from` hands on why some of them are not known. */
export function shapeOf(dims: readonly Dimension[], ...from: readonly Shape[]): Shape {
  const reason = dims.includes(null) ? from.find((shape) => shape.reason !== undefined)?.reason : undefined;
  return reason === undefined ? { dims } : { dims, reason };
}

/** `?x299x299x3`; `?` alone when the rank is not known. */
export function shapeText({ dims }: Shape): string {
  if (!dims) return '?';
  return dims.length === 0 ? 'scalar' : dims.map((dim) => dim ?? '?').join('x');
}

/**
 * Reads `?x299x299x3`, `None,299,299,3` or `[None, 299, 299, 3]`; undefined for anything else.
 * Dimensions are positive whole numbers.
 */
export function parseShape(text: string): Shape | undefined {
  const inner = text.trim().replace(/^[[(]\s*/, '').replace(/\s*,?\s*[\])]$/, ''); // prettier-ignore
  const parts = inner.split(/\s*[x×,*]\s*|\s+/i);
  const dims = parts.map((part): Dimension | undefined => {
    if (/^(?:\?|-1|none|null)$/i.test(part)) return null;
    const size = /^\d{1,9}$/.test(part) ? Number(part) : 0;
    return size > 0 ? size : undefined;
  });
  const known = dims.filter((dim) => dim !== undefined);
  return known.length === dims.length && dims.length <= 8 ? { dims: known } : undefined;
}

/** The number of elements; null when a dimension is not known. */
export function product(dims: readonly Dimension[]): Dimension {
  return dims.reduce<Dimension>((total, dim) => (total === null || dim === null ? null : total * dim), 1);
}

/** The shape of an operation on two shapes element by element. */
export function broadcast(a: Shape, b: Shape): Shape {
  if (!a.dims || !b.dims) return unknownShape(a.reason ?? b.reason ?? 'the shape of an operand is not known');
  const [x, y] = [a.dims, b.dims];
  const rank = Math.max(x.length, y.length);
  const dims: Dimension[] = [];
  for (let i = 0; i < rank; i++) {
    const [p, q] = [dimensionFromEnd(x, rank - i), dimensionFromEnd(y, rank - i)];
    const dim = broadcastDimension(p, q);
    if (dim === undefined) return unknownShape(`${shapeText(a)} and ${shapeText(b)} do not fit`);
    dims.push(dim);
  }
  return shapeOf(dims, a, b);
}

function dimensionFromEnd(dims: readonly Dimension[], fromEnd: number): Dimension {
  const i = dims.length - fromEnd;
  return i < 0 ? 1 : (dims[i] ?? null);
}

function broadcastDimension(p: Dimension, q: Dimension): Dimension | undefined {
  if (p === 1) return q;
  if (q === 1 || p === q) return p;
  if (p === null) return q;
  return q === null ? p : undefined;
}

/** The index of an axis counted from either end; undefined when the shape has no such axis. */
export function axisIndex(axis: number, rank: number): number | undefined {
  const index = axis < 0 ? rank + axis : axis;
  return index >= 0 && index < rank ? index : undefined;
}

/** Tensors joined along an axis: the sizes along it add up, the others have to agree. */
export function concatenated(shapes: readonly Shape[], axis: number): Shape {
  const [first] = shapes;
  const unknown = shapes.find((shape) => !shape.dims);
  if (!first?.dims || unknown) return unknownShape(unknown?.reason ?? 'what is joined is not known');
  const at = axisIndex(axis, first.dims.length);
  if (at === undefined) return unknownShape(`there is no axis ${axis} in ${shapeText(first)}`);
  const dims: Dimension[] = [...first.dims];
  for (const other of shapes.slice(1)) {
    if (other.dims?.length !== dims.length)
      return unknownShape(`${shapeText(first)} and ${shapeText(other)} do not fit`);
    for (const [i, dim] of other.dims.entries()) {
      const mine = dims[i] ?? null;
      if (i === at) dims[i] = mine === null || dim === null ? null : mine + dim;
      else if (mine === null) dims[i] = dim;
      else if (dim !== null && dim !== mine)
        return unknownShape(`${shapeText(first)} and ${shapeText(other)} do not fit`);
    }
  }
  return shapeOf(dims, ...shapes);
}
