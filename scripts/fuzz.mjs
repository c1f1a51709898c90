/**
 * Looks for texts and messages that break a promise; see docs/testing.md.
 *
 *   node scripts/fuzz.mjs [--minutes 5] [--seed N] [--count N] [--kind documents|edits|typing|tokens|protocol]...
 *   node scripts/fuzz.mjs --kind plain --folder /usr/lib/python3.11/test
 */
import { root } from './support/project.mjs';
import { importTestModule } from './support/testModule.mjs';

const { runFuzz } = await importTestModule('test/fuzz/fuzzCommand.ts');
process.exitCode = await runFuzz(process.argv.slice(2), root);
