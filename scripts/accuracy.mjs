/**
 * Compares the analysis with what real TensorFlow was recorded to do, and writes docs/accuracy.md; see docs/oracle.md.
 *
 *   node scripts/accuracy.mjs
 */
import { importTestModule } from './support/testModule.mjs';

const { writeAccuracy } = await importTestModule('test/oracle/truth/accuracy.ts');
process.exitCode = await writeAccuracy();
