/**
 * All rules, by file name. Written by scripts/generateRegistry.mjs from the files of this folder; do not edit.
 */
import type { Rule } from './rule';
import { contribChanged } from './contribChanged';
import { contribMoved } from './contribMoved';
import { contribMovedPackage } from './contribMovedPackage';
import { contribRemoved } from './contribRemoved';
import { positionalCollision } from './positionalCollision';
import { scopeArgumentType } from './scopeArgumentType';
import { scopeNotEntered } from './scopeNotEntered';
import { tfSlimBridge } from './tfSlimBridge';
import { unknownArgument } from './unknownArgument';
import { unscopableOp } from './unscopableOp';

export const rules: readonly Rule[] = [
  contribChanged,
  contribMoved,
  contribMovedPackage,
  contribRemoved,
  positionalCollision,
  scopeArgumentType,
  scopeNotEntered,
  tfSlimBridge,
  unknownArgument,
  unscopableOp,
];
