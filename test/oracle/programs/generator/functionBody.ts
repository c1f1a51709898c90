/**
 * Bodies of generated functions that take a tensor `x` and give one: statements, sometimes left early or guarded.
 */
import type { Bindings } from './bindings';
import { listScope, opCall } from './expressions';
import { block, line, type Line } from './lines';
import { statements } from './statements';
import { flagText } from './vocabulary';

/** The body; what it returns is a tensor. */
export function functionBody(b: Bindings): readonly Line[] {
  const { random } = b;
  const scope = listScope(b);
  const main = statements(b, random.int(1, 3));
  return random.weighted<() => readonly Line[]>([
    [6, () => [...main, line('return x')]],
    [1, () => [...main, block(`if ${flagText(random, b)}:`, [line('return x')]), line(opCall(b)), line('return x')]],
    [1, () => [block(`with ${scope}:`, [...main, line(`return ${opCall(b)}`)])]],
    [
      b.calm ? 0 : 0.7,
      () => [
        block('try:', [...main, line(`return ${opCall(b)}`)]),
        block('except (TypeError, ValueError, AttributeError):', [line(`return ${opCall(b)}`)]),
      ],
    ],
    [0.5, () => [block('if x is None:', [line('return None')]), ...main, line('return x')]],
  ])();
}
