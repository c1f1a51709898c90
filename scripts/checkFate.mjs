/**
 * Checks the fate of tf.contrib against real packages: every replacement that the table says resolves with Keras 3, with
 * tf_keras or in tf_slim does, and none resolves where the table says that it does not.
 *
 *   node scripts/checkFate.mjs [--python .cache/numerics/bin/python]
 *
 * Needs TensorFlow, tf_keras and tf_slim as `npm run test:numerics` installs them. Packages that no current TensorFlow
 * takes (TensorFlow Addons) are not looked at.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main, root, UserError } from './support/project.mjs';
import { importTestModule } from './support/testModule.mjs';

/** Letter in the table, name, what makes TensorFlow so. */
const environments = [
  ['3', 'TensorFlow with Keras 3', {}, /^(?:tf|keras)\b/],
  ['2', 'TensorFlow with tf_keras', { TF_USE_LEGACY_KERAS: '1' }, /^tf\b/],
  ['s', 'tf_slim', { TF_USE_LEGACY_KERAS: '1' }, /^tf_slim\b/],
];

await main(async () => {
  const { values } = parseArgs({ options: { python: { type: 'string' } } });
  const python = values.python ?? join(root, '.cache', 'numerics', 'bin', 'python');
  if (!existsSync(python)) throw new UserError(`${python} is missing: run \`npm run test:numerics\` once`);
  const claims = await readClaims();
  let wrong = 0;
  for (const [letter, title, variables, pattern] of environments) {
    const names = [...claims.keys()].filter((name) => pattern.test(name));
    const found = new Set(resolve(python, names, variables));
    const missing = names.filter((name) => claims.get(name).includes(letter) && !found.has(name));
    const unexpected = names.filter((name) => !claims.get(name).includes(letter) && found.has(name));
    console.log(`${title}: ${found.size} of ${names.length} names resolve`);
    for (const name of missing) console.log(`  ${name} does not resolve, and the table says that it does`);
    for (const name of unexpected) console.log(`  ${name} resolves, and the table says that it does not`);
    wrong += missing.length + unexpected.length;
  }
  console.log(wrong === 0 ? 'The table is right.' : `${wrong} names differ.`);
  return wrong === 0 ? 0 : 1;
});

/** Letters of the environments in which a name resolves, by name. */
async function readClaims() {
  const { submoduleRows, symbolRows } = await importTestModule('server/src/slim/data/contribFateTable.ts');
  const claims = new Map();
  const rows = [
    ...Object.values(submoduleRows).map((row) => row[5]),
    ...Object.values(symbolRows).map((row) => row[7]),
  ];
  for (const [name, letters] of rows
    .flatMap((text) => (text ?? '').split(' ').filter(Boolean))
    .map((one) => one.split(':'))) {
    // A prefix such as `tfa.text.crf_` stands for several names.
    if (!/[._]$/.test(name)) claims.set(name, letters ?? '');
  }
  return claims;
}

function resolve(python, names, variables) {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', ...variables };
  const script = join(root, 'scripts', 'checkFate.py');
  const done = spawnSync(python, [script], { env, encoding: 'utf8', input: names.join('\n'), maxBuffer: 1e8 });
  if (done.status !== 0) throw new UserError(`Python failed: ${done.stderr.slice(-1500)}`);
  return JSON.parse(done.stdout);
}
