/**
 * What a dotted library name stands for, as far as arg_scope and its diagnostics care. Types only; `libraryNames.ts`
 * resolves. Everything that Slimscope has no special knowledge of is `other`, with a canonical public name.
 */
import type { LibraryFunction, FunctionLibrary } from '../signatures/signature';

/** The two libraries that have an arg_scope. Their scope stacks are separate (A2). */
export type SlimLibrary = 'contrib' | 'tf_slim';

/** The functions of the scope API (A4). */
export type ScopeApiName =
  'arg_scope' | 'add_arg_scope' | 'current_arg_scope' | 'has_arg_scope' | 'arg_scoped_arguments' | 'arg_scope_func_key';

export type LibraryObject =
  | {
      readonly kind: 'op';
      readonly op: LibraryFunction;
      readonly library: FunctionLibrary;
      /** Identity in arg_scope: see `opKeyOf`. */
      readonly key: string;
    }
  | {
      /** `slim.relu` and its like: dense layers, not activations (B2). In an op list they raise AttributeError (A5). */
      readonly kind: 'opPartial';
      readonly name: string;
      /** The partial itself; `parameters` are those of the target. */
      readonly partial: LibraryFunction;
      /** What is called: `fully_connected` or `legacy_fully_connected`. */
      readonly op: LibraryFunction;
      readonly library: SlimLibrary;
      /** Key of the target. */
      readonly key: string;
      /** Keyword -> Python text, for example `activation_fn` -> `tf.nn.relu`. */
      readonly boundKeywords: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'scopeApi'; readonly name: ScopeApiName; readonly library: SlimLibrary }
  | {
      /** `slim.repeat`, `slim.stack`: they call a layer, and are not scopable themselves (A8). */
      readonly kind: 'repeat' | 'stack';
      readonly library: SlimLibrary;
      readonly function: LibraryFunction;
      readonly moduleName: string;
      readonly functionName: string;
    }
  | {
      /** A function or class of the library that is not under `@add_arg_scope`. */
      readonly kind: 'notScopable';
      readonly name: string;
      readonly library: FunctionLibrary;
      /** The two parts of the ValueError of A5. */
      readonly moduleName: string;
      readonly functionName: string;
      /** Absent where the signature is not in our tables. */
      readonly function?: LibraryFunction;
      /** Public name, for example `tf_slim.l2_regularizer` or `tf.contrib.layers.l2_regularizer`. */
      readonly canonical: string;
    }
  | {
      readonly kind: 'module';
      readonly library: FunctionLibrary;
      /** `__name__` of the module that is really bound, for example `tf_slim.layers.layers` for `tf_slim.layers`. */
      readonly moduleName: string;
    }
  | { readonly kind: 'missing'; readonly error: MissingError; readonly library: FunctionLibrary }
  | { readonly kind: 'other'; readonly canonical: string };

/** The Python error of a name that the library does not have. */
export interface MissingError {
  readonly type: 'AttributeError' | 'ImportError' | 'ModuleNotFoundError';
  readonly message: string;
  /** What to use instead, when there is something. */
  readonly hint?: string;
}

/**
 * How the last part of a path was reached. `attribute`: by attribute access on what the rest of the path names
 * (`import tf_slim as slim`, then `slim.layers`). `import`: by an import statement, which finds submodules that are not
 * (or no longer) attributes (B3, trap 49). `any`: not known; then whatever works is taken.
 */
export type Access = 'attribute' | 'import' | 'any';
