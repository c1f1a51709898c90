import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../server/src/project/settings';
import { rules } from '../../../server/src/rules/registry';
import { projectOnDisk } from '../../support/projectOnDisk';

/** `FILE:LINE TEXT` of every problem. */
function problemsOf(toml: string): string[] {
  const { project, uri } = projectOnDisk({ 'pyproject.toml': toml });
  return project.snapshot.configurationProblems().map(({ file, line, text }) => {
    expect(file).toBe(uri('pyproject.toml'));
    return `${line} ${text}`;
  });
}

describe('the keys', () => {
  it.each([
    ['kebab case', 'target-tensorflow = "1.15"\ncallers-tests = true\n'],
    ['the names of the editor', 'targetTensorflow = "1.15"\n"callers.tests" = true\n'],
    ['tables', 'targetTensorflow = "1.15"\n[tool.slimscope.callers]\ntests = true\n'],
  ])('are written in %s', (_what, text) => {
    const { project, uri } = projectOnDisk({ 'pyproject.toml': `[tool.slimscope]\n${text}` });
    expect(project.snapshot.settings(uri('a.py'))).toMatchObject({ targetTensorflow: '1.15', testsAreCallers: true });
    expect(project.snapshot.configurationProblems()).toEqual([]);
  });

  it('of other tools are their own business', () => {
    expect(problemsOf('[project]\nname = 1\n[tool.slim]\nx = 1\n')).toEqual([]);
  });
});

describe('what is wrong', () => {
  it.each([
    [
      'a value',
      '[tool.slimscope]\n\ntarget-tensorflow = "3.x"\n',
      '3 `tool.slimscope.target-tensorflow`: `"3.x"` is not allowed, allowed are `auto`, `1.15`, `2.0-2.15`, `2.16`, `2.16-tf_keras`',
    ],
    [
      'a severity',
      '[tool.slimscope.rules]\nunknown-argument = "off"\ncontrib-moved = "loud"\n',
      '3 `tool.slimscope.rules.contrib-moved`: `"loud"` is no severity for `contrib-moved`, allowed are `off`, `hint`, `info`, `warning`, `error`',
    ],
    [
      'a severity by path',
      '[tool.slimscope.rules-by-path]\n"a/**" = { contrib-moved = "off" }\n\n[tool.slimscope.rules-by-path."tests/**"]\ncontrib-moved = 1\n',
      '5 `tool.slimscope.rules-by-path."tests/**".contrib-moved`: `1` is no severity for `contrib-moved`, allowed are `off`, `hint`, `info`, `warning`, `error`',
    ],
    [
      'a list',
      'tool.slimscope.exclude = "old"\n',
      '1 `tool.slimscope.exclude`: `"old"` is not allowed, allowed are lists of strings',
    ],
    [
      'a table',
      '[tool]\nslimscope.rules = "off"\n',
      '2 `tool.slimscope.rules`: `"off"` is not allowed, allowed are objects from rule to severity',
    ],
    ['the file', '[tool.slimscope]\nexclude = [\n', '3 this is not valid TOML'],
  ])('is told for %s, with line, key, value and what is allowed', (_what, toml, expected) => {
    const problems = problemsOf(toml);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });

  it('is told for a key and for one of an inner table', () => {
    const problems = problemsOf('[tool.slimscope]\nexcludes = []\n[tool.slimscope.hover]\non = true\n');
    expect(problems.map((one) => one.split(',')[0])).toEqual([
      '2 `tool.slimscope.excludes`: there is no such setting',
      '4 `tool.slimscope.hover.on`: there is no such setting',
    ]);
    expect(problems[0]).toContain('`target-tensorflow`, `rules`, `rules-by-path`,');
  });

  it('is told for settings of the editor alone', () => {
    expect(problemsOf('[tool.slimscope]\nlog-level = "trace"\n')[0]).toContain(
      '2 `tool.slimscope.log-level`: there is no',
    );
  });

  it('leaves the rest as it is', () => {
    const toml =
      '[tool.slimscope]\ntarget-tensorflow = "3.x"\nexclude = ["old"]\nrules = { nonsense = "off", contrib-moved = "off" }\n';
    const { project, uri } = projectOnDisk({ 'pyproject.toml': toml });
    expect(project.snapshot.settings(uri('a.py'))).toMatchObject({
      targetTensorflow: 'auto',
      exclude: ['old'],
      rules: { 'contrib-moved': 'off' },
    });
  });

  it('is not told for a damaged file that does not speak of Slimscope', () => {
    expect(problemsOf('[project\n')).toEqual([]);
  });
});

describe('the layers', () => {
  const toml = `[tool.slimscope]
exclude = ["old"]
python-paths = ["lib"]

[tool.slimscope.rules]
contrib-moved = "warning"
contrib-changed = "warning"

[tool.slimscope.rules-by-path."tests/**"]
all = "off"

[tool.slimscope.rules-by-path."tests/nets/*.py"]
unknown-argument = "error"
`;
  const files = { 'pyproject.toml': toml, 'sub/pyproject.toml': '[tool.slimscope]\ncallers-tests = true\n' };

  it('are taken key by key, and severities rule by rule, the editor over the project', () => {
    const { project, uri } = projectOnDisk(files);
    const editor = { exclude: ['mine'], rules: { 'contrib-moved': 'hint' } };
    const all = readSettings(editor, rules).settings;
    expect(project.apply({ settings: { all } }).settings(uri('a.py'))).toMatchObject({
      exclude: ['mine'],
      pythonPaths: ['lib'],
      rules: { 'contrib-moved': 'hint', 'contrib-changed': 'warning' },
    });
  });

  it('by path: later globs count more, and the editor most', () => {
    const { project, uri } = projectOnDisk(files);
    const severity = (path: string) => {
      const { rules: found } = project.snapshot.settings(uri(path));
      return [found['contrib-moved'], found['unknown-argument']];
    };
    expect(severity('a.py')).toEqual(['warning', undefined]);
    expect(severity('tests/a.py')).toEqual(['off', 'off']);
    expect(severity('tests/nets/a.py')).toEqual(['off', 'error']);
    const editor = {
      rules: { 'unknown-argument': 'info' },
      rulesByPath: { 'tests/a.py': { 'contrib-moved': 'error' } },
    };
    project.apply({ settings: { all: readSettings(editor, rules).settings } });
    expect(severity('tests/a.py')).toEqual(['error', 'info']);
    expect(severity('tests/nets/a.py')).toEqual(['off', 'info']);
  });

  it('have the nearest project alone', () => {
    const { project, uri } = projectOnDisk(files);
    const { testsAreCallers, exclude, rules: found } = project.snapshot.settings(uri('sub/tests/a.py'));
    expect({ testsAreCallers, exclude, found }).toEqual({ testsAreCallers: true, exclude: [], found: {} });
  });

  it('by path are relative to the folder of the project', () => {
    const toml = '[tool.slimscope.rules-by-path]\n"tests/**" = { contrib-moved = "off" }\n';
    const { project, uri } = projectOnDisk({ 'sub/pyproject.toml': toml });
    const severities = ['sub/tests/a.py', 'tests/a.py', 'sub/a.py'].map(
      (path) => project.snapshot.settings(uri(path)).rules['contrib-moved'],
    );
    expect(severities).toEqual(['off', undefined, undefined]);
  });

  it('search imports and leave files out relative to the folder of the project', () => {
    const { project, uri } = projectOnDisk(
      {
        'sub/pyproject.toml': '[tool.slimscope]\nexclude = ["old"]\npython-paths = ["lib"]\n',
        'sub/lib/deep/util.py': '',
        'sub/a.py': 'import deep.util\n',
      },
      [''],
    );
    const { snapshot } = project;
    const source = snapshot.getFile(uri('sub/a.py'));
    expect(source && snapshot.resolveImport(source, 'deep.util', 0)?.file).toBe(uri('sub/lib/deep/util.py'));
    const paths = ['sub/old/a.py', 'sub/old', 'old/a.py', 'sub/older/a.py'];
    expect(paths.map((path) => snapshot.isExcluded(uri(path)))).toEqual([true, true, false, false]);
  });
});
