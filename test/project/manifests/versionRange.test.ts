import { describe, expect, it } from 'vitest';
import { admittedGeneration } from '../../../server/src/project/manifests/versionRange';

const pinned: readonly (readonly [target: string, specifiers: readonly string[]])[] = [
  [
    '1.15',
    [
      ...['==1.15.5', '1.15', '==1.*', '===1.4', '~=1.15', '~=1.4.0', '<2', '<2.0', '<=1.15', '>=1.4,<2.0', '>1.4, <2'],
      ...['^1.15', '^0.12', '~1.15', '~1', '=1.15', '=1.15.0=py37_0', '1.15.*', '==1.15.0rc3', '==1.14.1.dev20190501'],
      ...[
        '>= 1.4, < 2',
        '>=1.4 <2',
        '>=1.4,!=1.5,<2.0.0a0',
        '==1.13.1 || ==1.15',
        '=1.13|=1.14',
        '==1.15.0+nv20.1',
        'v1.15',
      ],
    ],
  ],
  [
    '2.0-2.15',
    [
      ...['==2.0', '2.15.1', '~=2.4.0', '<2.16', '>=1.4,<2.1', '>=1.15,<3,<2.16', '^2.3,<2.11', '>=1.4,<=2.0'],
      ...['==2.12.*', '==1.15 || ==2.3', '=2.4', '<=2.15.1'],
    ],
  ],
  ['2.16', ['==2.16', '>=2.16', '~=2.17', '^2.16.1', '>2.15.9,!=2.16.0', '=2.18', '==3.0']],
];

describe('a specifier', () => {
  it.each(pinned.flatMap(([target, all]) => all.map((one) => [one, target] as const)))(
    '%s means %s',
    (text, target) => {
      // `>2.15.9` still admits 2.15.10, so that it decides nothing.
      const isPin = text !== '>2.15.9,!=2.16.0';
      expect(admittedGeneration(text)).toEqual({ target, isPin });
    },
  );

  it.each(['', '*', '>=1.4', '>1.0', '!=1.5', '>=2.0', '^2.4', '~=2.4', '>=1.15,<3', '>=1.4 || ^2'])(
    '%s admits the newest and older ones, and decides nothing',
    (text) => {
      expect(admittedGeneration(text)).toEqual({ target: '2.16', isPin: false });
    },
  );

  it.each(['latest', '>=2,<1', '==', '~=1', 'file:///x', '${VERSION}', '<0'])('%s says nothing', (text) => {
    expect(admittedGeneration(text)).toBeUndefined();
  });
});
