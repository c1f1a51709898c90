/**
 * All rules, by file name. Written by scripts/generateRegistry.mjs from the files of this folder; do not edit.
 */
import type { Rule } from './rule';
import { argumentOrder } from './argumentOrder';
import { batchNormTraining } from './batchNormTraining';
import { blanketSuppression } from './blanketSuppression';
import { changedDefault } from './changedDefault';
import { contribChanged } from './contribChanged';
import { contribMoved } from './contribMoved';
import { contribMovedPackage } from './contribMovedPackage';
import { contribRemoved } from './contribRemoved';
import { dropoutKeepProb } from './dropoutKeepProb';
import { droppedScope } from './droppedScope';
import { graphOnlySlim } from './graphOnlySlim';
import { inheritedLogitsActivation } from './inheritedLogitsActivation';
import { invalidSuppression } from './invalidSuppression';
import { kerasBesideSlim } from './kerasBesideSlim';
import { kerasDefault } from './kerasDefault';
import { mixedLibraries } from './mixedLibraries';
import { positionalCollision } from './positionalCollision';
import { redundantOverride } from './redundantOverride';
import { refusedValue } from './refusedValue';
import { scopeArgumentType } from './scopeArgumentType';
import { scopeNotEntered } from './scopeNotEntered';
import { scopeWithoutEffect } from './scopeWithoutEffect';
import { tf1Arguments } from './tf1Arguments';
import { tf1Compat } from './tf1Compat';
import { tf1File } from './tf1File';
import { tf1Layers } from './tf1Layers';
import { tf1Removed } from './tf1Removed';
import { tf1Renamed } from './tf1Renamed';
import { tfSlimBridge } from './tfSlimBridge';
import { unknownArgument } from './unknownArgument';
import { unscopableOp } from './unscopableOp';
import { unusedSuppression } from './unusedSuppression';

export const rules: readonly Rule[] = [
  argumentOrder,
  batchNormTraining,
  blanketSuppression,
  changedDefault,
  contribChanged,
  contribMoved,
  contribMovedPackage,
  contribRemoved,
  dropoutKeepProb,
  droppedScope,
  graphOnlySlim,
  inheritedLogitsActivation,
  invalidSuppression,
  kerasBesideSlim,
  kerasDefault,
  mixedLibraries,
  positionalCollision,
  redundantOverride,
  refusedValue,
  scopeArgumentType,
  scopeNotEntered,
  scopeWithoutEffect,
  tf1Arguments,
  tf1Compat,
  tf1File,
  tf1Layers,
  tf1Removed,
  tf1Renamed,
  tfSlimBridge,
  unknownArgument,
  unscopableOp,
  unusedSuppression,
];
