/**
 * Judges the evaluator by random programs that run under the real arg_scope; see docs/oracle.md.
 *
 *   node scripts/oracle.mjs --seed 1 --count 20000 [--python python3] [--show 5] [--record FILE]
 */
import { root } from './support/project.mjs';
import { importTestModule } from './support/testModule.mjs';

const { runOracle } = await importTestModule('test/oracle/programs/oracle.ts');
process.exitCode = await runOracle(process.argv.slice(2), root);
