/**
 * Turns the compact parameter texts of the signature tables (`'stride=1'`, `'*args'`) into parameters.
 * Only for our own tables: the first `=` separates name and default. It does not parse Python.
 */
import type { SignatureParameter } from './signature';

/** Reads one list of parameter texts. */
export function parseParameterTexts(texts: readonly string[]): readonly SignatureParameter[] {
  return texts.map(parseParameterText);
}

function parseParameterText(text: string): SignatureParameter {
  if (text.startsWith('**')) return { name: text.slice(2), kind: 'varKeyword' };
  if (text.startsWith('*')) return { name: text.slice(1), kind: 'varPositional' };
  const equals = text.indexOf('=');
  if (equals < 0) return { name: text, kind: 'positionalOrKeyword' };
  return { name: text.slice(0, equals), kind: 'positionalOrKeyword', default: text.slice(equals + 1) };
}
