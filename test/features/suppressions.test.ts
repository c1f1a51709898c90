/**
 * Where a comment hides problems: each case lists, line by line, what is still reported. `use` is one problem.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '../../server/src/base/cancel';
import { applyEdits } from '../../server/src/base/textEdit';
import { diagnosticsWithFixes } from '../../server/src/features/diagnostics';
import { chooseFixes } from '../../server/src/features/fixes/chooseFixes';
import type { Rule } from '../../server/src/rules/rule';
import { blanketSuppression } from '../../server/src/rules/blanketSuppression';
import { invalidSuppression } from '../../server/src/rules/invalidSuppression';
import { unusedSuppression } from '../../server/src/rules/unusedSuppression';
import { memoryWorkspace } from '../support/memoryWorkspace';

/** Reports every `use` outside strings and comments, at its place. */
const useRule: Rule = {
  name: 'word-found',
  summary: '',
  family: 'mixing',
  severity: 'warning',
  since: '0.2.0',
  fix: 'none',
  *check({ source }) {
    for (const match of source.text.matchAll(/\buse\b/g)) {
      yield { span: { start: match.index, end: match.index + 3 }, message: 'Found' };
    }
  },
};
const otherRule: Rule = { ...useRule, name: 'other-found', family: 'bridge' };

function reportedLines(text: string, rules: readonly Rule[] = [useRule]): readonly number[] {
  const workspace = memoryWorkspace([{ path: 'main.py', text }]);
  const found = diagnosticsWithFixes(workspace.snapshot, workspace.uri('main.py'), { cancel: neverCancelled }, rules);
  const lines = workspace.snapshot.getFile(workspace.uri('main.py'))?.lines;
  return found.map(({ diagnostic }) => (lines?.positionAt(diagnostic.span.start).line ?? -1) + 1);
}

/** `hidden` and `shown` at the end of a line say what is expected of its `use`. */
function check(text: string): void {
  const expected = text.split('\n').flatMap((line, i) => (line.includes('# shown') ? [i + 1] : []));
  expect(expected.length + (text.match(/# hidden/g)?.length ?? 0)).toBe(text.match(/\buse\b/g)?.length);
  expect(reportedLines(text)).toEqual(expected);
  expect(reportedLines(text.replaceAll('\n', '\r\n'))).toEqual(expected);
  expect(reportedLines(text.replaceAll('\n', '\r'))).toEqual(expected);
}

const ignore = '# slimscope: ignore[word-found]';

describe('behind code', () => {
  test('its line only', () => check(`use  # shown\nuse  ${ignore} why # hidden\nuse  # shown\n`));

  test.each(['ignore', 'ignore[mixing]', 'ignore [word-found]', 'ignore[x-y, word-found]', 'ignore[word-found,]'])(
    '%s',
    (form) => check(`use  # slimscope: ${form} # hidden\nuse  # shown\n`),
  );

  test.each([
    'ignore[bridge]',
    'ignore[other-found]',
    'ignore[]',
    'ignore[word-found',
    'Ignore[word-found]',
    'ignores',
  ])('%s does not hide it', (form) => check(`use  # slimscope: ${form} # shown\n`));

  test.each([`#: F401 # slimscope: ignore[word-found]`, `#slimscope:ignore[word-found]`, `# noqa ${ignore}`])(
    '%s',
    (comment) => check(`use  ${comment} # hidden\n`),
  );

  test('on the first line of a statement it holds for all of it', () => {
    check(`f(use,  ${ignore} # hidden\n  1,\n  use)  # hidden\nuse  # shown\n`);
  });

  test('on the last line of a statement it holds for all of it', () => {
    check(`use  # shown\nf(\n  use,  # hidden\n  g(use)  # hidden\n)  ${ignore}\nuse  # shown\n`);
  });

  test('on a line between, for that line', () => {
    check(`f(use,  # shown\n  use,  ${ignore} # hidden\n  use)  # shown\n`);
  });

  test('behind a continued line', () => check(`y = use + \\\n  1  ${ignore} # hidden\n`));

  test('a header of several lines, without its block', () => {
    check(`with f(use,  # hidden\n       use):  ${ignore} # hidden\n    use  # shown\n`);
    check(`def f(a=use,  ${ignore} # hidden\n      b=1):\n    return use  # shown\n`);
    check(
      `if use and (  ${ignore} # hidden\n    use):  # hidden\n    # a comment\n    use  # shown\nelif use:  # shown\n    pass\n`,
    );
  });

  test('a decorator is a line of its own', () => {
    check(`@f(use)  ${ignore} # hidden\n@f(use)  # shown\ndef g(a=use):  # shown\n    pass\n`);
    check(`class A(use):  ${ignore} # hidden\n    @f(use)  # shown\n    def g(self): pass\n`);
  });

  test('statements that share a line are one', () => {
    check(`a = 1; f(\n  use)  ${ignore} # hidden\n`);
    check(`if x: f(  ${ignore}\n  use)  # hidden\n`);
  });

  test('a string over several lines', () => {
    check(`y = [use, """  # hidden\n"""]  ${ignore}\n`);
    check(`y = """\n  ${ignore}\n""" + use  # shown\n`);
    check(`y = use, '${ignore}'  # shown\n`);
    check(`y = f"{use} ${ignore}"  # shown\n`);
  });

  test('Python 2', () => {
    check(`print use  ${ignore} # hidden\nexec use  # shown\n`);
    check(`try:\n  pass\nexcept use, e:  ${ignore} # hidden\n  print >>f, use  # shown\n`);
  });

  test('damage elsewhere does not matter', () => {
    check(`f(use,  ${ignore} # hidden\n  use)  # hidden\n\n\ndef broken(:\n    pass\n\nuse  ${ignore} # hidden\n`);
  });
});

describe('on a line of its own', () => {
  test('the next statement with everything in it', () => {
    check(`${ignore}\nwith use:  # hidden\n    use  # hidden\n    if x:\n        use  # hidden\nuse  # shown\n`);
  });

  test('other comments and empty lines between', () => check(`${ignore}\n# why\n\n\nuse  # hidden\nuse  # shown\n`));

  test('decorators belong to their function', () => {
    check(`${ignore}\n@f(use)  # hidden\ndef g():\n    use  # hidden\n`);
    check(`@f(use)  # shown\n${ignore}\ndef g():\n    use  # hidden\n`);
  });

  test('not a statement of an outer block', () => check(`def f():\n    x = 1\n    ${ignore}\nuse  # shown\n`));

  test('the first statement of the block below, though less indented itself', () => {
    check(`if x:\n${ignore}\n    use  # hidden\n    use  # shown\n`);
    check(`if x:\n\t${ignore}\n        use  # hidden\n`);
  });

  test('clauses', () => {
    check(`if x:\n    use  # shown\n${ignore}\nelse:\n    1\n    use  # hidden\nuse  # shown\n`);
    check(
      `if x:\n    pass\n${ignore}\nelif use:  # hidden\n    use  # hidden\nelse:\n    use  # hidden\nuse  # shown\n`,
    );
    check(`try:\n    pass\n${ignore}\nexcept use:  # hidden\n    use  # hidden\n# c\nfinally:\n    use  # shown\n`);
    check(`try:\n    pass\nexcept E:\n    pass\n${ignore}\nfinally:\n    use  # hidden\n`);
    check(`for x in y:\n    pass;\n${ignore}\nelse :\n    use  # hidden\n`);
  });

  test('inside a statement, the next line of it', () => {
    check(`f(\n  use,  # shown\n  ${ignore}\n  # why\n\n  use,  # hidden\n  use)  # shown\n`);
  });

  test('at the end of the file', () => check(`use  # shown\n${ignore}\n`));
});

describe('for the file', () => {
  const file = '# slimscope: ignore-file[word-found]';

  test('above everything', () => check(`#!/usr/bin/env python\n${file}\n\nuse  # hidden\ndef f(): use  # hidden\n`));

  test('below a docstring', () => check(`"""Doc."""\n${file} why\nuse  # hidden\n`));

  test('behind a statement it does not count', () => check(`import a\n${file}\nuse  # shown\n`));

  test('behind the first statement neither', () => check(`use  ${file} # shown\n`));
});

describe('what counts as used', () => {
  const rules = [useRule, otherRule, unusedSuppression];

  test('the nearest comment hides, those around it are unused', () => {
    expect(reportedLines(`${ignore}\nuse  ${ignore}\n`, [useRule, unusedSuppression])).toEqual([1]);
    const inner = `# slimscope: ignore-file[word-found]\n${ignore}\nif x:\n    ${ignore}\n    use\n`;
    expect(reportedLines(inner, [useRule, unusedSuppression])).toEqual([1, 2]);
  });

  test('nothing is said of a rule that failed', () => {
    const broken: Rule = {
      ...otherRule,
      check() {
        throw new Error('a bug');
      },
    };
    const text =
      'x = 1  # slimscope: ignore[other-found]\ny = 1  # slimscope: ignore[word-found]\nz = 1  # slimscope: ignore\n';
    expect(reportedLines(text, [useRule, broken, unusedSuppression])).toEqual([2]);
    expect(reportedLines(text, rules).slice(0, 2)).toEqual([1, 2]);
  });
});

describe('any comment in any code', () => {
  const fragments = fc.constantFrom(
    '# slimscope: ', 'slimscope', '#', ':', 'ignore', 'ignore-file', '[', ']', '[word-found]', 'mixing', ',', ' ', '  ',
    '\n', '\r\n', '\t', '\\\n', 'use', 'x = 1', 'if x:\n  ', 'else:\n', 'f(', ')', '"""', "'", 'f"{', '}"', 'noqa', '🎉',
    'nothing', '# slimscope: ignore[word-found, mixing] why', '# slimscope: ignore[nothing]', '@d\ndef g():\n',
  ); // prettier-ignore

  test('is read without failing, and fixing all that is safe comes to an end', () => {
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 30 }), (parts) => {
        let text = parts.join('');
        for (let round = 0; round < 3; round++) {
          const workspace = memoryWorkspace([{ path: 'main.py', text }]);
          const options = {
            cancel: neverCancelled,
            onRuleFailure: (rule: string, error: unknown) => {
              throw new Error(rule, { cause: error });
            },
          };
          const rules = [useRule, unusedSuppression, invalidSuppression, blanketSuppression];
          const found = diagnosticsWithFixes(workspace.snapshot, workspace.uri('main.py'), options, rules);
          const safe = found.flatMap((one) => one.fixes().filter(({ safety }) => safety === 'safe'));
          if (safe.length === 0) return;
          expect(round, text).toBeLessThan(2);
          text = applyEdits(text, chooseFixes(found, (safety) => safety === 'safe').edits);
        }
      }),
      { numRuns: 300, seed: 4 },
    );
  });
});
