import { describe, expect, it } from 'vitest';
import { defaultSettings, readSettings, settingDefinitions } from '../../server/src/project/settings';

const rules = [
  { name: 'contrib-removed', family: 'removed' },
  { name: 'contrib-moved', family: 'removed' },
  { name: 'unknown-argument', family: 'arg-scope' },
];

describe('reading settings', () => {
  it('takes nested and flat spellings', () => {
    expect(readSettings({ hover: { enabled: false } }, rules).settings.hoverEnabled).toBe(false);
    expect(readSettings({ 'hover.enabled': false }, rules).settings.hoverEnabled).toBe(false);
  });

  it('gives the defaults for nothing at all, without a warning', () => {
    for (const raw of [undefined, null, {}, { hover: null }, 'nonsense', []]) {
      expect(readSettings(raw, rules)).toEqual({ settings: defaultSettings, warnings: [] });
    }
  });

  it.each([
    [
      { targetTensorflow: '3.x' },
      'Setting `slimscope.targetTensorflow`: `"3.x"` is not allowed, allowed are `auto`, `1.15`, `2.0-2.15`, `2.16`, `2.16-tf_keras`. The default holds',
    ],
    [
      { hover: { enabled: 'yes' } },
      'Setting `slimscope.hover.enabled`: `"yes"` is not allowed, allowed are `true` and `false`. The default holds',
    ],
    [
      { exclude: 'build' },
      'Setting `slimscope.exclude`: `"build"` is not allowed, allowed are lists of strings. The default holds',
    ],
    [
      { rules: { 'contrib-gone': 'off' } },
      'Setting `slimscope.rules`: there is no rule `contrib-gone`, allowed are `contrib-removed`, `contrib-moved`, `unknown-argument`, `family:arg-scope`, `family:removed`, `all`. The default holds',
    ],
    [
      { rules: { 'contrib-removed': 'loud' } },
      'Setting `slimscope.rules`: `"loud"` is no severity for `contrib-removed`, allowed are `off`, `hint`, `info`, `warning`, `error`. The default holds',
    ],
    [
      { rules: { 'family:gone': 'off' } },
      'Setting `slimscope.rules`: there is no family `gone`, allowed are `family:arg-scope`, `family:removed`. The default holds',
    ],
    [
      { rulesByPath: { 'tests/**': 'off' } },
      'Setting `slimscope.rulesByPath`: `"off"` is not allowed for `tests/**`, allowed are objects from rule to severity. The default holds',
    ],
    [
      { rulesByPath: ['tests/**'] },
      'Setting `slimscope.rulesByPath`: `["tests/**"]` is not allowed, allowed are objects from glob to severities. The default holds',
    ],
  ])('refuses %j in one warning, and the default holds', (raw, warning) => {
    expect(readSettings(raw, rules)).toEqual({ settings: defaultSettings, warnings: [warning] });
  });

  it('keeps valid values beside an invalid one', () => {
    const { settings, warnings } = readSettings({ targetTensorflow: 7, rules: { 'contrib-removed': 'hint' } }, rules);
    expect(settings).toEqual({ ...defaultSettings, rules: { 'contrib-removed': 'hint' } });
    expect(warnings).toHaveLength(1);
  });
});

describe('severities', () => {
  it('count by name, then by family, then for all, in whatever order they are written', () => {
    const raw = { 'contrib-moved': 'hint', 'family:removed': 'warning', all: 'off' };
    for (const entries of [Object.entries(raw), Object.entries(raw).reverse()]) {
      const { settings, warnings } = readSettings({ rules: Object.fromEntries(entries) }, rules);
      expect(warnings).toEqual([]);
      expect(settings.rules).toEqual({
        'contrib-removed': 'warning',
        'contrib-moved': 'hint',
        'unknown-argument': 'off',
      });
    }
  });

  it('may be set by path, in the order in which they are written', () => {
    const raw = { rulesByPath: { 'tests/**': { all: 'off' }, 'tests/nets/*.py': { 'family:arg-scope': 'error' } } };
    expect(readSettings(raw, rules).settings.rulesByPath).toEqual([
      { glob: 'tests/**', rules: { 'contrib-removed': 'off', 'contrib-moved': 'off', 'unknown-argument': 'off' } },
      { glob: 'tests/nets/*.py', rules: { 'unknown-argument': 'error' } },
    ]);
  });

  it('that are valid hold beside wrong ones', () => {
    const { settings, warnings } = readSettings({ rules: { nonsense: 'off', 'contrib-moved': 'off' } }, rules);
    expect(settings.rules).toEqual({ 'contrib-moved': 'off' });
    expect(warnings).toHaveLength(1);
  });
});

describe('the table', () => {
  it('has valid defaults and different names', () => {
    for (const { name, default: value } of settingDefinitions) {
      expect(readSettings({ [name]: value }, rules).warnings).toEqual([]);
    }
    expect(new Set(settingDefinitions.map(({ name }) => name)).size).toBe(settingDefinitions.length);
  });
});
