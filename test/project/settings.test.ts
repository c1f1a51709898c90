import { describe, expect, it } from 'vitest';
import { defaultSettings, readSettings, settingDefinitions } from '../../server/src/project/settings';

const rules = ['contrib-removed', 'unknown-argument'];

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
      'Setting `slimscope.rules`: there is no rule `contrib-gone`, allowed are `contrib-removed`, `unknown-argument`. The default holds',
    ],
    [
      { rules: { 'contrib-removed': 'loud' } },
      'Setting `slimscope.rules`: `"loud"` is no severity for `contrib-removed`, allowed are `off`, `hint`, `info`, `warning`, `error`. The default holds',
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

describe('the table', () => {
  it('has valid defaults and different names', () => {
    for (const { name, default: value } of settingDefinitions) {
      expect(readSettings({ [name]: value }, rules).warnings).toEqual([]);
    }
    expect(new Set(settingDefinitions.map(({ name }) => name)).size).toBe(settingDefinitions.length);
  });
});
