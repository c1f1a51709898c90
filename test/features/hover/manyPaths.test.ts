/** More call paths than are kept: the hover does not pass its count off as all. */
import { expect, test } from 'vitest';
import { neverCancelled } from '../../../server/src/base/cancel';
import { hover } from '../../../server/src/features/hover';
import { memoryWorkspace } from '../../support/memoryWorkspace';

function hoverWith(callers: number): string {
  const text = [
    'import tf_slim as slim',
    'def block(net):',
    '    return slim.conv2d(net, 64, [3, 3])',
    ...Array.from({ length: callers }, () => 'block(x)'),
    '',
  ].join('\n');
  const { snapshot, uri } = memoryWorkspace([{ path: 'main.py', text }]);
  const found = hover(snapshot, uri('main.py'), text.indexOf('conv2d'), { cancel: neverCancelled, link: () => 'x' });
  return found?.markdown ?? '';
}

test.each([
  [200, 'The same on all **200 call paths**'],
  [300, 'The same on **256 or more call paths**'],
])('%i calls', (callers, expected) => {
  expect(hoverWith(callers)).toContain(expected);
});
