import { describe, expect, it } from 'vitest';
import { diskRoot, projectOnDisk } from '../../support/projectOnDisk';

type Files = Readonly<Record<string, string>>;

/** `TARGET: REASON @ FILE:LINE 'TEXT THERE'` */
function targetOf(files: Files, path = 'a.py', folders?: readonly string[]): string {
  const { project, uri } = projectOnDisk(files, folders);
  const { target, reason, location } = project.snapshot.target(uri(path));
  if (!location) return `${target}: ${reason}`;
  const file = location.file.slice(diskRoot.length + 1);
  const line = (project.snapshot.getLines(location.file)?.positionAt(location.span.start).line ?? -1) + 1;
  return `${target}: ${reason} @ ${file}:${line} ${(files[file] ?? '').slice(location.span.start, location.span.end)}`;
}

const nothing = '2.16: nothing in the workspace says another';

describe('one manifest', () => {
  const cases: readonly (readonly [what: string, path: string, text: string, expected: string])[] = [
    [
      'a pin',
      'requirements.txt',
      'numpy\ntensorflow==1.15.5  # old\n',
      '1.15: `tensorflow==1.15.5` in requirements.txt @ requirements.txt:2 tensorflow==1.15.5',
    ],
    [
      'CRLF',
      'requirements.txt',
      'numpy\r\ntensorflow==1.15.5\r\n',
      '1.15: `tensorflow==1.15.5` in requirements.txt @ requirements.txt:2 tensorflow==1.15.5',
    ],
    [
      'extras and markers',
      'requirements.txt',
      'tensorflow[and-cuda] >=2.4,<2.16 ; python_version > "3.6" --hash=sha256:aa\n',
      '2.0-2.15: `tensorflow[and-cuda] >=2.4,<2.16` in requirements.txt @ requirements.txt:1 tensorflow[and-cuda] >=2.4,<2.16',
    ],
    [
      'hashes on further lines',
      'requirements.txt',
      'tensorflow_gpu==1.4.0 \\\n    --hash=sha256:aa\n',
      '1.15: `tensorflow_gpu==1.4.0` in requirements.txt @ requirements.txt:1 tensorflow_gpu==1.4.0',
    ],
    [
      'parentheses',
      'requirements.txt',
      'tensorflow (<2)\n',
      '1.15: `tensorflow (<2)` in requirements.txt @ requirements.txt:1 tensorflow (<2)',
    ],
    [
      'a wheel',
      'requirements.txt',
      'https://example.org/linux/gpu/tensorflow_gpu-1.4.0-cp36-cp36m-linux_x86_64.whl\n',
      '1.15: `tensorflow_gpu 1.4.0` in requirements.txt @ requirements.txt:1 https://example.org/linux/gpu/tensorflow_gpu-1.4.0-cp36-cp36m-linux_x86_64.whl',
    ],
    [
      'a named wheel',
      'requirements.txt',
      'tensorflow @ https://example.org/tensorflow-2.3.1-cp36-none-any.whl\n',
      '2.0-2.15: `tensorflow 2.3.1` in requirements.txt @ requirements.txt:1 tensorflow @ https://example.org/tensorflow-2.3.1-cp36-none-any.whl',
    ],
    [
      'the newest of several lines',
      'requirements.txt',
      'tensorflow==1.15; python_version < "3.8"\ntensorflow==2.10; python_version >= "3.8"\n',
      '2.0-2.15: `tensorflow==2.10` in requirements.txt @ requirements.txt:2 tensorflow==2.10',
    ],
    [
      'an open range',
      'requirements.txt',
      'tensorflow>=1.4\n',
      '2.16: the newest that `tensorflow>=1.4` admits, in requirements.txt @ requirements.txt:1 tensorflow>=1.4',
    ],
    [
      'a pin beside an open range',
      'requirements.txt',
      'tensorflow==1.15\ntensorflow-gpu\n',
      '2.16: the newest that `tensorflow-gpu` admits, in requirements.txt @ requirements.txt:2 tensorflow-gpu',
    ],
    [
      'look-alikes',
      'requirements.txt',
      'tensorflow-datasets==1.3\ntensorflow_probability<0.9\n# tensorflow==1.15\n-e git+https://example.org/tensorflow#egg=tensorflow\n',
      nothing,
    ],
    [
      'tf_keras',
      'requirements.txt',
      'tf-keras\ntensorflow>=2.16\n',
      '2.16-tf_keras: `tf-keras` in requirements.txt, and `tensorflow>=2.16` in requirements.txt @ requirements.txt:2 tensorflow>=2.16',
    ],
    [
      'tf_keras beside an open range',
      'requirements.txt',
      'tensorflow\ntf_keras\n',
      '2.16-tf_keras: `tf_keras` in requirements.txt, and the newest that `tensorflow` admits, in requirements.txt @ requirements.txt:1 tensorflow',
    ],
    [
      'tf_keras alone',
      'requirements.txt',
      'tf_keras~=2.17\n',
      '2.16-tf_keras: `tf_keras~=2.17` in requirements.txt @ requirements.txt:1 tf_keras~=2.17',
    ],
    [
      'tf_keras of an older TensorFlow',
      'requirements.txt',
      'tf_keras==2.15.0\ntensorflow==2.15\n',
      '2.0-2.15: `tensorflow==2.15` in requirements.txt @ requirements.txt:2 tensorflow==2.15',
    ],
    [
      'other requirements files',
      'requirements-gpu.txt',
      'tensorflow-gpu==1.15\n',
      '1.15: `tensorflow-gpu==1.15` in requirements-gpu.txt @ requirements-gpu.txt:1 tensorflow-gpu==1.15',
    ],
    [
      'requirements in another order',
      'dev_requirements.txt',
      'tf-nightly==1.15.0.dev20190821\n',
      '1.15: `tf-nightly==1.15.0.dev20190821` in dev_requirements.txt @ dev_requirements.txt:1 tf-nightly==1.15.0.dev20190821',
    ],
    [
      'a folder of requirements',
      'requirements/train.txt',
      'tensorflow-cpu==2.9\n',
      '2.0-2.15: `tensorflow-cpu==2.9` in requirements/train.txt @ requirements/train.txt:1 tensorflow-cpu==2.9',
    ],
    [
      'constraints',
      'constraints.txt',
      'tensorflow<2\n',
      '1.15: `tensorflow<2` in constraints.txt @ constraints.txt:1 tensorflow<2',
    ],
    [
      'a project',
      'pyproject.toml',
      '[project]\nname = "tensorflow==2.4"\ndependencies = [\n  "numpy",\n  "tensorflow-macos~=2.9.0",\n]\n',
      '2.0-2.15: `tensorflow-macos~=2.9.0` in pyproject.toml @ pyproject.toml:5 tensorflow-macos~=2.9.0',
    ],
    [
      'optional dependencies',
      'pyproject.toml',
      "[project.optional-dependencies]\ngpu = ['tensorflow-gpu<2']\n",
      '1.15: `tensorflow-gpu<2` in pyproject.toml @ pyproject.toml:2 tensorflow-gpu<2',
    ],
    [
      'dependency groups',
      'pyproject.toml',
      '[dependency-groups]\ntest = [{include-group = "x"}, "tensorflow==2.3"]\n',
      '2.0-2.15: `tensorflow==2.3` in pyproject.toml @ pyproject.toml:2 tensorflow==2.3',
    ],
    [
      'Poetry',
      'pyproject.toml',
      '[tool.poetry.dependencies]\npython = "^3.6"\ntensorflow = "^1.15"\n',
      '1.15: `tensorflow ^1.15` in pyproject.toml @ pyproject.toml:3 tensorflow',
    ],
    [
      'Poetry with a table',
      'pyproject.toml',
      '[tool.poetry.group.ml.dependencies]\ntensorflow-gpu = { version = ">=2.0,<2.6", optional = true }\n',
      '2.0-2.15: `tensorflow-gpu >=2.0,<2.6` in pyproject.toml @ pyproject.toml:2 tensorflow-gpu',
    ],
    [
      'Poetry with several tables',
      'pyproject.toml',
      '[tool.poetry.dependencies]\ntensorflow = [{ version = "1.15", python = "<3.8" }, { version = "2.5", python = ">=3.8" }]\n',
      '2.0-2.15: `tensorflow 2.5` in pyproject.toml @ pyproject.toml:2 tensorflow',
    ],
    ['a damaged project', 'pyproject.toml', '[project\ndependencies = ["tensorflow==1.15"]\n', nothing],
    [
      'Pipfile',
      'Pipfile',
      '[packages]\ntensorflow = "==1.15.0"\n',
      '1.15: `tensorflow ==1.15.0` in Pipfile @ Pipfile:2 tensorflow',
    ],
    [
      'Pipfile.lock',
      'Pipfile.lock',
      '{\n  "default": {\n    "tensorflow": {\n      "hashes": [\n        "sha256:0"\n      ],\n      "index": "pypi",\n      "version": "==1.15.0"\n    }\n  }\n}\n',
      '1.15: `tensorflow 1.15.0` in Pipfile.lock @ Pipfile.lock:3 tensorflow',
    ],
    [
      'poetry.lock',
      'poetry.lock',
      '[[package]]\nname = "tensorboard"\nversion = "1.15"\n\n[[package]]\nname = "tensorflow"\nversion = "2.4.1"\n',
      '2.0-2.15: `tensorflow 2.4.1` in poetry.lock @ poetry.lock:6 tensorflow',
    ],
    [
      'uv.lock',
      'uv.lock',
      'version = 1\n\n[[package]]\nname = "tensorflow"\nversion = "2.18.0"\n[[package]]\nname = "tf-keras"\nversion = "2.18.0"\n',
      '2.16-tf_keras: `tf-keras 2.18.0` in uv.lock, and `tensorflow 2.18.0` in uv.lock @ uv.lock:4 tensorflow',
    ],
    [
      'pdm.lock',
      'pdm.lock',
      '[[package]]\nname = "tensorflow-cpu"\nversion = "2.3.0"\n',
      '2.0-2.15: `tensorflow-cpu 2.3.0` in pdm.lock @ pdm.lock:2 tensorflow-cpu',
    ],
    [
      'setup.cfg',
      'setup.cfg',
      '[metadata]\nname = x\n[options]\ninstall_requires =\n    numpy\n    tensorflow>=1.4,<2.0\npython_requires = >=3\n',
      '1.15: `tensorflow>=1.4,<2.0` in setup.cfg @ setup.cfg:6 tensorflow>=1.4,<2.0',
    ],
    [
      'extras of setup.cfg',
      'setup.cfg',
      '[options.extras_require]\ntensorflow = tensorflow==2.3\n',
      '2.0-2.15: `tensorflow==2.3` in setup.cfg @ setup.cfg:2 tensorflow==2.3',
    ],
    ['other lists of setup.cfg', 'setup.cfg', '[options]\nsetup_requires =\n    tensorflow==1.4\n', nothing],
    [
      'setup.py',
      'setup.py',
      "from setuptools import setup\nsetup(\n  name='tensorflow==2.4',\n  install_requires=['numpy', 'tensorflow>=1.12, <2'],\n)\n",
      "1.15: `tensorflow>=1.12, <2` in setup.py @ setup.py:4 'tensorflow>=1.12, <2'",
    ],
    [
      'names in setup.py',
      'setup.py',
      "REQUIRED = ['six']\nif True:\n  REQUIRED.append('tensorflow-gpu==1.15')\nsetup(install_requires=REQUIRED)\n",
      "1.15: `tensorflow-gpu==1.15` in setup.py @ setup.py:3 'tensorflow-gpu==1.15'",
    ],
    [
      'extras of setup.py',
      'setup.py',
      "setup(extras_require={'tensorflow': ['tensorflow==2.1'], 'x': read('tensorflow==1.0')})\n",
      "2.0-2.15: `tensorflow==2.1` in setup.py @ setup.py:1 'tensorflow==2.1'",
    ],
    [
      'setup.py in Python 2',
      'setup.py',
      "print 'hello'\nsetup(install_requires=['tensorflow==1.4'])\n",
      "1.15: `tensorflow==1.4` in setup.py @ setup.py:2 'tensorflow==1.4'",
    ],
    [
      'environment.yml',
      'environment.yml',
      'name: x\ndependencies:\n  - python=3.7\n  - conda-forge::tensorflow-gpu=1.15  # old\n',
      '1.15: `conda-forge::tensorflow-gpu=1.15` in environment.yml @ environment.yml:4 conda-forge::tensorflow-gpu=1.15',
    ],
    [
      'pip in environment.yaml',
      'environment.yaml',
      'dependencies:\n- pip:\n  - "tensorflow==2.4.0"\n',
      '2.0-2.15: `tensorflow==2.4.0` in environment.yaml @ environment.yaml:3 tensorflow==2.4.0',
    ],
    [
      'another version in conda',
      'conda-env.yml',
      'dependencies:\n  - tensorflow 1.15.*\n',
      '1.15: `tensorflow 1.15.*` in conda-env.yml @ conda-env.yml:2 tensorflow 1.15.*',
    ],
    ['other YAML', 'config.yml', 'dependencies:\n  - tensorflow=1.15\n', nothing],
  ];
  it.each(cases)('%s: %s', (_what, path, text, expected) => {
    expect(targetOf({ 'a.py': '', [path]: text })).toBe(expected);
  });
});

describe('several manifests', () => {
  const cases: readonly (readonly [what: string, files: Files, expected: string])[] = [
    [
      'a lock file over loose requirements',
      { 'requirements.txt': 'tensorflow>=1.4', 'poetry.lock': 'name = "tensorflow"\nversion = "1.15.0"\n' },
      '1.15: `tensorflow 1.15.0` in poetry.lock',
    ],
    [
      'a lock file over a pin',
      { 'requirements.txt': 'tensorflow==2.4', 'uv.lock': 'name = "tensorflow"\nversion = "1.15.0"\n' },
      '1.15: `tensorflow 1.15.0` in uv.lock',
    ],
    [
      'constraints over requirements',
      { 'requirements.txt': 'tensorflow', 'constraints.txt': 'tensorflow==1.15' },
      '1.15: `tensorflow==1.15` in constraints.txt',
    ],
    [
      'requirements over what a package can live with',
      { 'requirements.txt': 'tensorflow==2.4', 'setup.py': "setup(install_requires=['tensorflow<2'])" },
      '2.0-2.15: `tensorflow==2.4` in requirements.txt',
    ],
    [
      'a pin of a package over open requirements',
      { 'requirements.txt': 'tensorflow', 'setup.py': "setup(install_requires=['tensorflow<2'])" },
      '1.15: `tensorflow<2` in setup.py',
    ],
    [
      'a variant does not overrule requirements.txt',
      { 'requirements.txt': 'tensorflow', 'requirements-tf1.txt': 'tensorflow==1.15' },
      '2.16: the newest that `tensorflow` admits, in requirements.txt',
    ],
    [
      'the newest of variants',
      { 'requirements-tf1.txt': 'tensorflow==1.15', 'requirements-tf2.txt': 'tensorflow==2.4' },
      '2.0-2.15: `tensorflow==2.4` in requirements-tf2.txt',
    ],
    [
      'one that does not speak of TensorFlow',
      { 'requirements.txt': 'numpy', 'environment.yml': 'dependencies:\n - tensorflow=1.15' },
      '1.15: `tensorflow=1.15` in environment.yml',
    ],
  ];
  it.each(cases)('%s', (_what, files, expected) => {
    expect(targetOf({ 'a.py': '', ...files }).split(' @ ')[0]).toBe(expected);
  });
});

describe('folders', () => {
  const monorepo: Files = {
    'requirements.txt': 'tensorflow==2.4\n',
    'old/requirements.txt': 'tensorflow==1.15\n',
    'old/nets/deep/a.py': '',
    'old/tools/setup.py': "setup(install_requires=['numpy'])",
    'open/requirements.txt': 'tensorflow>=1.4\n',
    'open/a.py': '',
    'older/a.py': '',
  };
  it.each([
    ['the nearest counts', 'old/nets/deep/a.py', '1.15: `tensorflow==1.15` in old/requirements.txt'],
    ['one without a word of TensorFlow does not', 'old/tools/a.py', '1.15: `tensorflow==1.15` in old/requirements.txt'],
    ['a folder of a similar name is another one', 'older/a.py', '2.0-2.15: `tensorflow==2.4` in requirements.txt'],
    ['what decides nothing leaves it to those above', 'open/a.py', '2.0-2.15: `tensorflow==2.4` in requirements.txt'],
  ])('%s', (_what, path, expected) => {
    expect(targetOf(monorepo, path).split(' @ ')[0]).toBe(expected);
  });

  it('above the workspace folder are not looked at', () => {
    expect(targetOf(monorepo, 'open/a.py', ['open'])).toBe(
      '2.16: the newest that `tensorflow>=1.4` admits, in requirements.txt @ open/requirements.txt:1 tensorflow>=1.4',
    );
  });

  it('are looked at upward where there is no workspace', () => {
    expect(targetOf(monorepo, 'old/nets/deep/a.py', [])).toContain('1.15: `tensorflow==1.15` in /workspace/old');
  });
});

describe('settings', () => {
  const files: Files = {
    'requirements.txt': 'tensorflow==2.4\n',
    'pyproject.toml': '[tool.slimscope]\ntarget-tensorflow = "1.15"\n',
  };

  it('of the project count more than requirements', () => {
    expect(targetOf(files)).toBe(
      '1.15: set by `[tool.slimscope]` in pyproject.toml @ pyproject.toml:2 target-tensorflow',
    );
  });

  it('of the editor count most', () => {
    const { project, uri } = projectOnDisk(files);
    const all = { ...project.snapshot.settings(uri('x/a.py')), targetTensorflow: '2.16' } as const;
    expect(project.apply({ settings: { all } }).target(uri('a.py'))).toEqual({
      target: '2.16',
      reason: 'set by `slimscope.targetTensorflow`',
    });
  });

  it('that say `auto` on purpose count too', () => {
    const { project, uri } = projectOnDisk(files);
    const all = { ...project.snapshot.settings(uri('x/a.py')), targetTensorflow: 'auto' } as const;
    const settings = { all, explicit: new Set(['targetTensorflow'] as const) };
    expect(project.apply({ settings }).target(uri('a.py')).target).toBe('2.0-2.15');
    expect(project.apply({ settings: { all } }).target(uri('a.py')).target).toBe('1.15');
  });
});

describe('the work', () => {
  it('is done once: an edit of a Python file reads no manifest again', () => {
    const { project, uri, write } = projectOnDisk({ 'a.py': '', 'b/c.py': '', 'requirements.txt': 'tensorflow==1.15' });
    expect(project.snapshot.target(uri('a.py')).target).toBe('1.15');
    expect(project.snapshot.target(uri('b/c.py')).target).toBe('1.15');
    const { manifestReads } = project.counts;
    expect(manifestReads).toBe(1);
    for (let i = 0; i < 10; i++) {
      project.apply({ edited: [{ file: uri('a.py'), text: `x = ${i}\n` }] });
      expect(project.snapshot.target(uri('a.py')).target).toBe('1.15');
    }
    expect(project.counts.manifestReads).toBe(1);
    write('requirements.txt', 'tensorflow==2.4');
    expect(project.snapshot.target(uri('a.py')).target).toBe('2.0-2.15');
    expect(project.counts.manifestReads).toBe(2);
    write('requirements.txt', undefined);
    expect(project.snapshot.target(uri('a.py')).target).toBe('2.16');
    expect(project.counts.manifestReads).toBe(2);
  });
});
