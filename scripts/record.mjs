/**
 * Records what the op calls of the open sources receive under real TensorFlow; see docs/oracle.md.
 *
 *   node scripts/record.mjs [--only DRIVER] [SOURCE...]
 */
import { importTestModule } from './support/testModule.mjs';

const { recordTruths } = await importTestModule('test/oracle/truth/record.ts');
process.exitCode = await recordTruths(process.argv.slice(2));
