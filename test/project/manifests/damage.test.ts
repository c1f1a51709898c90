import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectOnDisk } from '../../support/projectOnDisk';

/** A text of each kind that says something, to be cut and mixed. */
const texts: Readonly<Record<string, string>> = {
  'requirements.txt': '-r base.txt\r\ntensorflow[x]>=1.4,<2.0; python_version < "3" \\\n  --hash=sha256:00\n',
  'environment.yml': 'dependencies:\n  - conda-forge::tensorflow=1.15=build\n  - pip:\n    - "tf_keras"\n',
  'pyproject.toml':
    '[project]\ndependencies = ["tensorflow==1.15"]\n[tool.poetry.dependencies]\ntensorflow = [{ version = "^1.15" }]\n' +
    '[tool.slimscope]\nrules = { all = "off" }\n[tool.slimscope.rules-by-path."a/**"]\nall = "off"\n',
  Pipfile: '[packages]\ntensorflow = { version = "==1.15" }\n',
  'Pipfile.lock': '{"default": {"tensorflow": {"hashes": ["x"], "version": "==1.15.0"}}}',
  'poetry.lock': '[[package]]\nname = "tensorflow"\nversion = "1.15.0"\n',
  'setup.cfg': '[options]\ninstall_requires =\n  tensorflow<2\n[options.extras_require]\nx = tensorflow\n',
  'setup.py': "R = ['tensorflow==1.15']\nR += ['x']\nsetup(install_requires=R, extras_require={'a': ['tf_keras']})\n",
};

describe('a damaged manifest', () => {
  it('of any kind never throws, and points into its text', () => {
    const pieces = fc.constantFrom(
      '[',
      ']',
      '{',
      '"',
      "'",
      '=',
      '\n',
      '\\',
      '#',
      ' ',
      '==',
      '1.',
      ',',
      '.',
      '🎉',
      '\0',
      '[[',
    );
    const damaged = fc.record({
      path: fc.constantFrom(...Object.keys(texts)),
      source: fc.constantFrom(...Object.values(texts)),
      cuts: fc.array(fc.record({ at: fc.nat(200), length: fc.nat(20), put: pieces }), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(damaged, ({ path, source, cuts }) => {
        const text = cuts.reduce((was, { at, length, put }) => was.slice(0, at) + put + was.slice(at + length), source);
        const { project, uri } = projectOnDisk({ [path]: text });
        const { snapshot } = project;
        const { location } = snapshot.target(uri('a.py'));
        expect(location === undefined || location.span.end <= text.length).toBe(true);
        for (const { line } of snapshot.configurationProblems()) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(text.split('\n').length + 1);
        }
        expect(snapshot.settings(uri('a.py')).targetTensorflow).toBe('auto');
      }),
      { numRuns: 1500 },
    );
  });

  it('is read in time that grows with its length', () => {
    const many = 20_000;
    const long: Readonly<Record<string, string>> = {
      'requirements.txt': `${'x'.repeat(many)}\n${' '.repeat(many)}\n${'a[b]'.repeat(many)}`,
      'pyproject.toml': `[${' '.repeat(many)}\nx = "${'a.'.repeat(many)}"\nslimscope`,
      'Pipfile.lock': '"a": {'.repeat(many),
      'poetry.lock': 'name = "a"\n'.repeat(many),
      'environment.yml': `- "${' "'.repeat(many)}`,
    };
    for (const [path, text] of Object.entries(long)) {
      const { project, uri } = projectOnDisk({ [path]: text });
      const start = performance.now();
      expect(project.snapshot.target(uri('a.py')).target, path).toBe('2.16');
      expect(project.snapshot.configurationProblems().length, path).toBeLessThan(2);
      expect(performance.now() - start, path).toBeLessThan(2000);
    }
  });
});
