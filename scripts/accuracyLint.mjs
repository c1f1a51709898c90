/**
 * Measures the lint on real code, beside other tools, and writes docs/accuracy-lint.md; build first. See docs/testing.md.
 *
 *   node scripts/accuracyLint.mjs             everything
 *   node scripts/accuracyLint.mjs --keep      reuses Slimscope's findings of the last run
 *   node scripts/accuracyLint.mjs --sample    prints the sample of findings with their code, to be judged by hand
 */
import { importTestModule } from './support/testModule.mjs';

const { writeLintAccuracy, printSample } = await importTestModule('test/accuracy/lintAccuracy.ts');
const keep = process.argv.includes('--keep');
process.exitCode = process.argv.includes('--sample') ? await printSample(keep) : await writeLintAccuracy(keep);
