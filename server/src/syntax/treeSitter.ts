/**
 * Adapter of web-tree-sitter, and the only file that imports it: text to a concrete tree of plain objects.
 * The wasm bytes come from the caller (no file or network access here). Every parser tree is freed before the
 * function returns. Calls into wasm are the dear part, so that each offset that can be derived is derived.
 */
import { Language, Parser, type Tree, type TreeCursor } from 'web-tree-sitter';
import type { Cst, CstNode, ParseCst } from './cst';
import { createParse, type Parse } from './parse';

/** The bytes of the two wasm modules. */
export interface ParserBinaries {
  /** `web-tree-sitter.wasm` of the package web-tree-sitter. */
  readonly runtimeWasm: Uint8Array;
  /** `tree-sitter-python.wasm` of the package tree-sitter-python. */
  readonly pythonWasm: Uint8Array;
}

/** Loads the parser; the result may be used for any number of texts. */
export async function initParser(binaries: ParserBinaries): Promise<Parse> {
  return createParse(await initCstParser(binaries));
}

/** Loads the parser without the lowering and repair on top of it. */
async function initCstParser({ runtimeWasm, pythonWasm }: ParserBinaries): Promise<ParseCst> {
  // Without locateFile the library builds a URL from import.meta.url, which does not exist in every bundle.
  await Parser.init({ wasmBinary: copyToArrayBuffer(runtimeWasm), locateFile: (name: string) => name });
  const language = await Language.load(pythonWasm);
  const parser = new Parser();
  parser.setLanguage(language);
  const symbols = describeSymbols(language);
  return (text) => {
    const tree = parser.parse(text);
    if (!tree) return emptyCst(text);
    try {
      return readTree(tree, text, symbols);
    } finally {
      tree.delete();
    }
  };
}

function copyToArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}

function emptyCst(text: string): Cst {
  return { root: { ...emptyNode, type: 'module', isNamed: true, end: text.length }, comments: [], hasError: true };
}

const emptyNode: CstNode = {
  type: '',
  isNamed: false,
  start: 0,
  end: 0,
  children: [],
  height: 0,
  isMissing: false,
  hasErrorChild: false,
};

// ---------------------------------------------------------------------------------------- what a symbol is like

interface SymbolInfo {
  readonly type: string;
  readonly isNamed: boolean;
  /** `extra`: comment or continuation. `opaque`: children are not read. `composite`: end and height from children. */
  readonly reading: 'extra' | 'opaque' | 'string' | 'identifier' | 'fixed' | 'composite';
}

const errorInfo: SymbolInfo = { type: 'ERROR', isNamed: true, reading: 'composite' };

const opaqueTypes: ReadonlySet<string> = new Set([
  'integer', 'float', 'true', 'false', 'none', 'ellipsis', 'pass_statement', 'break_statement', 'continue_statement',
  'import_prefix', 'wildcard_import', 'string_start', 'string_end', 'string_content', 'type_conversion',
  'escape_sequence', 'escape_interpolation', 'positional_separator', 'keyword_separator',
]); // prettier-ignore

function describeSymbols(language: Language): readonly SymbolInfo[] {
  return language.types.map((type, id) => {
    const isNamed = language.nodeTypeIsNamed(id);
    return { type, isNamed, reading: readingOf(type, isNamed) };
  });
}

function readingOf(type: string, isNamed: boolean): SymbolInfo['reading'] {
  if (!isNamed) return type === 'not in' || type === 'is not' ? 'opaque' : 'fixed';
  if (type === 'comment' || type === 'line_continuation') return 'extra';
  if (type === 'identifier') return 'identifier';
  if (type === 'string') return 'string';
  return opaqueTypes.has(type) ? 'opaque' : 'composite';
}

// ------------------------------------------------------------------------------------------------- reading a tree

/** A composite node whose children are being read. */
interface OpenNode {
  readonly info: SymbolInfo;
  readonly start: number;
  readonly children: CstNode[];
  height: number;
  hasErrorChild: boolean;
}

/** Iterative on purpose: damaged or generated code may nest deeper than the JavaScript stack. */
function readTree(tree: Tree, text: string, symbols: readonly SymbolInfo[]): Cst {
  const hasError = tree.rootNode.hasError;
  const comments: (readonly [number, number])[] = [];
  const cursor = tree.walk();
  try {
    const stack: OpenNode[] = [];
    let open = openNode(symbols[cursor.nodeTypeId] ?? errorInfo, cursor.startIndex);
    let more = cursor.gotoFirstChild();
    // A block's first child may come after a hidden indent token; elsewhere a first child starts with its parent.
    let knownStart = -1;
    for (;;) {
      while (more) {
        const info = symbols[cursor.nodeTypeId] ?? errorInfo;
        const start = knownStart >= 0 ? knownStart : siblingStart(cursor, open, text, hasError);
        knownStart = -1;
        if (info.reading === 'extra') {
          if (info.type === 'comment') comments.push([start, cursor.endIndex]);
        } else if (isComposite(info, text, start) && cursor.gotoFirstChild()) {
          stack.push(open);
          open = openNode(info, start);
          knownStart = info.type === 'block' || info === errorInfo ? -1 : start;
          continue;
        } else {
          addChild(open, readLeaf(cursor, info, start, text, hasError));
        }
        more = cursor.gotoNextSibling();
      }
      const parent = stack.pop();
      if (!parent) break;
      addChild(parent, closeNode(open));
      open = parent;
      cursor.gotoParent();
      more = cursor.gotoNextSibling();
    }
    return { root: { ...closeNode(open), start: 0, end: text.length }, comments, hasError };
  } finally {
    cursor.delete();
  }
}

/** In a sound tree a sibling begins at the next visible character, unless it lies in a string. */
function siblingStart(cursor: TreeCursor, open: OpenNode, text: string, hasError: boolean): number {
  const previous = open.children[open.children.length - 1];
  if (hasError || !previous || keepsSpaces.has(open.info.type)) return cursor.startIndex;
  let at = previous.end;
  while (text.charCodeAt(at) === 32) at++;
  const code = text.charCodeAt(at);
  // Comments, continuations, line ends, and spaces beyond ASCII are left to the parser.
  return code > 32 && code < 127 && code !== 35 && code !== 92 ? at : cursor.startIndex;
}

const keepsSpaces: ReadonlySet<string> = new Set(['string', 'interpolation', 'format_specifier', 'format_expression']);

function openNode(info: SymbolInfo, start: number): OpenNode {
  return { info, start, children: [], height: 0, hasErrorChild: false };
}

function addChild(parent: OpenNode, child: CstNode): void {
  parent.children.push(child);
  if (child.height >= parent.height) parent.height = child.height + 1;
  if (child.type === 'ERROR') parent.hasErrorChild = true;
}

function closeNode(node: OpenNode): CstNode {
  const { info, children, height, hasErrorChild } = node;
  const first = children[0];
  const start = first ? first.start : node.start;
  const end = children[children.length - 1]?.end ?? node.start;
  return { type: info.type, isNamed: info.isNamed, start, end, children, height, isMissing: false, hasErrorChild };
}

function isComposite(info: SymbolInfo, text: string, start: number): boolean {
  return info.reading === 'composite' || (info.reading === 'string' && isFormatted(text, start));
}

/** True for an f-string (or a t-string): only their insides hold expressions. */
function isFormatted(text: string, start: number): boolean {
  for (let i = start; i < start + 3; i++) {
    const letter = text.charCodeAt(i) | 32;
    if (letter === 102 || letter === 116) return true;
    if (letter < 97 || letter > 122) return false;
  }
  return false;
}

function readLeaf(cursor: TreeCursor, info: SymbolInfo, start: number, text: string, hasError: boolean): CstNode {
  const end = leafEnd(cursor, info, start, text, hasError);
  const isMissing = hasError && end === start && cursor.nodeIsMissing;
  const { type, isNamed } = info;
  return { type, isNamed, start, end, children: noChildren, height: 0, isMissing, hasErrorChild: false };
}

const noChildren: readonly CstNode[] = [];

/** In a sound tree tokens have the length of their text; in a damaged one they may be missing. */
function leafEnd(cursor: TreeCursor, info: SymbolInfo, start: number, text: string, hasError: boolean): number {
  if (hasError) return cursor.endIndex;
  if (info.reading === 'fixed') return start + info.type.length;
  if (info.reading !== 'identifier' && info.type !== 'integer') return cursor.endIndex;
  let end = start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code > 127) return cursor.endIndex;
    const isWordCharacter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
    if (!isWordCharacter && code !== 95) break;
  }
  return end;
}
