/**
 * Writes server/src/slim/data/tensorflowNames.ts: what became of every public name of TensorFlow 1.15, seen in real
 * TensorFlow 1.15, 2.0, 2.15, 2.21 with Keras 3, and 2.21 with tf_keras. What 2.0 and 2.15 disagree about is not claimed.
 *
 *   node scripts/generateTensorflowNames.mjs [--check]
 *
 * Needs Python 3.7 and 3.11 (on the path or from pyenv) and PyPI; keeps its environments in .cache/names. `--check` only
 * compares. Only maintainers run this.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const output = join(root, 'server/src/slim/data/tensorflowNames.ts');
const script = join(root, 'scripts/generateTensorflowNames.py');

/** Folder below .cache/names, Python, packages. */
const environments = {
  'tf1.15': ['3.7', ['tensorflow==1.15.5', 'numpy==1.18.5', 'protobuf==3.20.3']],
  'tf2.0': ['3.7', ['tensorflow==2.0.4', 'numpy==1.18.5', 'protobuf==3.20.3']],
  'tf2.15': ['3.11', ['tensorflow-cpu==2.15.1', 'numpy<2']],
  'tf2.21': ['3.11', ['tensorflow==2.21.0', 'tf_keras==2.21.0']],
};

/** The first two are one column of the table, the others one each. */
const runs = [
  ['tf2.0', {}],
  ['tf2.15', {}],
  ['tf2.21', {}],
  ['tf2.21', { TF_USE_LEGACY_KERAS: '1' }],
];

function findPython(version) {
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const installed = existsSync(pyenv) ? readdirSync(pyenv).filter((name) => name.startsWith(`${version}.`)) : [];
  const candidates = [`python${version}`, ...installed.map((name) => join(pyenv, name, 'bin', 'python'))];
  const found = candidates.find((python) => spawnSync(python, ['--version']).status === 0);
  if (!found) throw new Error(`Python ${version} is needed; looked for ${candidates.join(', ')}`);
  return found;
}

/** The Python of an environment with exactly these packages. */
function prepare(name) {
  const [version, packages] = environments[name];
  const folder = join(root, '.cache', 'names', name);
  const python = join(folder, 'bin', 'python');
  const marker = join(folder, 'tensorflow-names.txt');
  const wanted = packages.join('\n') + '\n';
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return python;
  mkdirSync(folder, { recursive: true });
  execFileSync(findPython(version), ['-m', 'venv', '--clear', folder], { stdio: 'inherit' });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
  execFileSync(python, pip, { stdio: 'inherit' });
  writeFileSync(marker, wanted);
  return python;
}

function run(environment, args, variables) {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', ...variables };
  const done = spawnSync(prepare(environment), [script, ...args], { env, encoding: 'utf8', maxBuffer: 1e9 });
  if (done.status !== 0) throw new Error(`${environment}: ${done.stderr.slice(-2000)}`);
  return JSON.parse(readFileSync(args.at(-1), 'utf8')).names;
}

function observe() {
  const folder = mkdtempSync(join(tmpdir(), 'tensorflow-names-'));
  const old = run('tf1.15', ['walk', join(folder, 'old.json')], {});
  const now = runs.map(([environment, variables], i) =>
    run(environment, ['resolve', join(folder, 'old.json'), join(folder, `now${i}.json`)], variables),
  );
  const [first, last, ...others] = now;
  const both = Object.fromEntries(Object.keys(old).map((name) => [name, merge(old[name], first[name], last[name])]));
  return { old, now: [both, ...others] };
}

/** What is certain from the one version to the other: a name that either has is not missing. */
function merge(old, first, last) {
  const letters = letterOf(first) + letterOf(last);
  if (letters.includes('s')) {
    const parameters = first.tf && last.tf ? mergeParameters(old.parameters, first.parameters, last.parameters) : null;
    return { ...(last.tf ? last : first), parameters };
  }
  if (letters[0] === letters[1]) return { ...last, graphOnly: first.graphOnly && last.graphOnly };
  // Whatever has another name in `tf` is in tf.compat.v1, too; other differences are left alone.
  return /^(?:rc|cr)$/.test(letters)
    ? { v1: last.v1, graphOnly: first.graphOnly && last.graphOnly }
    : { tf: 'unknown' };
}

/** The parameters that both versions have, where they refuse the same old ones. */
function mergeParameters(old, first, last) {
  if (!old || !first || !last) return null;
  const [before, early, late] = [old, first, last].map(namesOf);
  const lost = (names) => before.filter((name) => !names.includes(name)).join(' ');
  if (lost(early) !== lost(late)) return null;
  // Parameters that came in between have moved others.
  return early.every((name, i) => name === late[i]) ? last : first;
}

// ---------------------------------------------------------------------------------------------------- table

/** One letter for one name in one environment. */
function letterOf(entry) {
  if (entry.tf) return 's';
  if (entry.renamed) return 'r';
  if (entry.v1) return 'c';
  return entry.v1error ? 'k' : 'n';
}

const namesOf = (parameters) => parameters.map((text) => text.split('=')[0]);

/** True when a call that version 1 takes may fail, or mean something else, with the new parameters. */
function differs(before, after) {
  if (!before || !after || after.some((text) => text.startsWith('*'))) return false;
  const written = before.filter((text) => !text.startsWith('*'));
  const names = namesOf(after);
  const defaults = new Map(after.map((text) => text.split('=')));
  return written.some((text, i) => {
    const [name, value] = text.split('=');
    if (!names.includes(name) || names[i] !== name) return true;
    const now = defaults.get(name);
    return value !== undefined && now !== undefined && value !== now && value !== '?' && now !== '?';
  });
}

/** `[old, aliases, new with TF 2.0 to 2.15, new with Keras 3, new with tf_keras]`; equal ones only once. */
function signatureRow(name, { old, now }) {
  const before = old[name].parameters;
  const after = now.map((names) => names[name].parameters);
  if (!after.some((one) => differs(before, one)) || name.startsWith('raw_ops.')) return undefined;
  // Keras has changed much that is no matter of TensorFlow 1; what it takes no more is one.
  const isLost = (one) => namesOf(before).some((text) => !namesOf(one).includes(text));
  if (name.startsWith('keras.') && !after.some((one) => differs(before, one) && isLost(one))) return undefined;
  const aliases = Object.entries(old[name].aliases ?? {}).map(([from, to]) => `${from}=${to}`);
  const texts = after.map((one) => (one ?? ['*']).join(' '));
  const same = texts.every((text) => text === texts[0]);
  return [before.join(' '), aliases.join(' '), ...(same ? texts.slice(0, 1) : texts)];
}

function render(observed) {
  const { old, now } = observed;
  const modules = new Map();
  const renamed = [];
  const graphOnly = [];
  const signatures = [];
  for (const name of Object.keys(old).sort()) {
    const entries = now.map((names) => names[name]);
    const dot = name.lastIndexOf('.');
    const key = `${name.slice(0, Math.max(dot, 0))} ${entries.map(letterOf).join('')}`;
    modules.set(key, [...(modules.get(key) ?? []), name.slice(dot + 1)]);
    const targets = [...new Set(entries.flatMap(({ renamed: target }) => target ?? []))];
    if (targets.length > 1) throw new Error(`${name} is ${targets.join(' and ')}`);
    if (targets[0]) renamed.push(`  ${JSON.stringify(name)}: ${JSON.stringify(targets[0])},`);
    if (entries.every((entry) => entry.graphOnly)) graphOnly.push(name);
    const row = signatureRow(name, observed);
    if (row) signatures.push(`  ${JSON.stringify(name)}: ${JSON.stringify(row)},`);
  }
  const fates = [...modules].map(([key, names]) => `  ${JSON.stringify([...key.split(' '), names.join(' ')])},`);
  return `/**
 * What became of the public names of TensorFlow 1.15. Written by scripts/generateTensorflowNames.mjs; do not edit.
 * Seen in TensorFlow 1.15.5, 2.0.4, 2.15.1, 2.21.0 with Keras 3, and 2.21.0 with tf_keras. Names are without \`tf.\`.
 */

/**
 * module, fates, names. A fate is one letter each for TensorFlow 2.0 to 2.15, 2.21 with Keras 3, 2.21 with tf_keras:
 * s under the same name, r the same object under another one, c only in tf.compat.v1, k there but it raises, n nowhere.
 */
export const nameRows: readonly (readonly [module: string, fates: string, names: string])[] = [
${fates.join('\n')}
];

/** Where the very same object stands in TensorFlow 2. */
export const renamedRows: { readonly [name: string]: string } = {
${renamed.join('\n')}
};

/** What raises RuntimeError as soon as it is called in eager mode. */
export const graphOnlyNames = ${JSON.stringify(graphOnly.join(' '))};

/**
 * Parameters where they changed: those of 1.15, old names that 1.15 takes for new ones, and those of TensorFlow 2: once
 * where all three agree, else for each of the three (\`*\`: not there, or not known). A default \`?\` is no simple value.
 */
export const signatureRows: { readonly [name: string]: readonly string[] } = {
${signatures.join('\n')}
};
`;
}

const text = render(observe());
if (process.argv.includes('--check')) {
  if (readFileSync(output, 'utf8') !== text) {
    console.error('server/src/slim/data/tensorflowNames.ts differs from what TensorFlow says');
    process.exitCode = 1;
  }
} else writeFileSync(output, text);
