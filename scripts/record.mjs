/**
 * Records what the op calls of the open sources receive under real TensorFlow; see docs/oracle.md.
 *
 *   node scripts/record.mjs [--only DRIVER] [SOURCE...]
 *   node scripts/record.mjs --shapes    shapes and variables of networks instead
 */
import { importTestModule } from './support/testModule.mjs';

const { recordShapes, recordTruths } = await importTestModule('test/oracle/truth/record.ts');
const args = process.argv.slice(2);
process.exitCode = args[0] === '--shapes' ? recordShapes() : await recordTruths(args);
