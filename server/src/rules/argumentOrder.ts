/**
 * Reports arguments that stand where TensorFlow 2 expects another one: positions that moved between TensorFlow 1.15 and 2,
 * and predictions and labels of a loss in the order of the other library. Only where names or the file show what is meant.
 */
import type { Rule } from './rule';
import { lossOrderFindings } from './support/lossOrder';
import { movedPositionFindings } from './support/movedPositions';

export const argumentOrder: Rule = {
  name: 'argument-order',
  summary: 'Positional argument that means something else in TensorFlow 2 or in this library',
  family: 'silent-change',
  severity: 'warning',
  since: '0.2.0',
  fix: 'safe',
  *check(context) {
    yield* movedPositionFindings(context);
    yield* lossOrderFindings(context);
  },
};
