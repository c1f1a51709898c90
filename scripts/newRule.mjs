// Makes the three files of a new rule and adds it to the registry: `npm run new:rule -- my-rule`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { registryText } from './generateRegistry.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const headings = [
  ['What it reports', 'Say which code is reported, and at which place.'],
  ['Why it matters', 'Say what happens at run time, with the exact error.'],
  ['Example', '```py\nimport tf_slim as slim\n```'],
  ['Use instead', '```py\nimport tensorflow as tf\n```'],
  ['When it stays silent', '* Inside code that is being typed.'],
  ['Fix safety', 'No fix.'],
  ['Options', 'This rule has none.'],
];

/** The files of a new rule, by path from the root. */
export function newRuleFiles(name, version) {
  const camel = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const page = headings.map(([heading, text]) => `## ${heading}\n\n${text}\n`).join('\n');
  return {
    [`server/src/rules/${camel}.ts`]: `/**
 * Reports ... (say what, where the finding stands, and what is not reported on purpose).
 */
import type { Rule } from './rule';

export const ${camel}: Rule = {
  name: '${name}',
  summary: 'One line that says what was found',
  family: 'arg-scope',
  severity: 'warning',
  since: '${version}',
  fix: 'none',
  *check(context) {
    for (const call of context.analysis.calls) {
      if (call.contexts.length === 0) yield { span: call.callee.span, message: 'Sentence case, \`code\` in backticks' };
    }
  },
};
`,
    [`test/rules/${name}.md`]: `# ${name}

## What must be reported

\`\`\`py
import tf_slim as slim  # hint: [tf-slim-bridge]

slim.conv2d(x, 8, 3)  # warning: [${name}]
\`\`\`

## What must not be reported

\`\`\`py
import tf_slim as slim  # hint: [tf-slim-bridge]

slim.conv2d(x, 8, 3)
\`\`\`
`,
    [`docs/rules/${name}.md`]: `# ${name}

One line that says what was found.

Severity \`warning\` · fix \`none\` · since ${version}

${page}
## Suppressing

Write \`# slimscope: ignore[${name}] reason\` at the end of the line, or alone on the line above the
statement; \`# slimscope: ignore-file[${name}] reason\` at the top holds for the whole file.

Set \`"slimscope.rules": { "${name}": "off" }\`, or another severity: \`hint\`, \`info\`, \`warning\`, \`error\`.

## References

None.
`,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const name = process.argv[2] ?? '';
  const files = newRuleFiles(name, JSON.parse(readFileSync(root + 'package.json', 'utf8')).version);
  const existing = Object.keys(files).filter((path) => existsSync(root + path));
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(name)) fail('give a name in kebab-case: npm run new:rule -- unused-scope');
  else if (existing.length > 0) fail(`there is already ${existing.join(', ')}`);
  else {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(root + path), { recursive: true });
      writeFileSync(root + path, text);
      process.stdout.write(`${path}\n`);
    }
    writeFileSync(root + 'server/src/rules/registry.ts', registryText());
    process.stdout.write('Now run `npm run generate`: the manifest lists the rules too.\n');
  }
}

function fail(message) {
  process.stderr.write(message + '\n');
  process.exitCode = 4;
}
