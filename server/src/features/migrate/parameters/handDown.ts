/**
 * A call as it is when its function has the planned parameters: what callers' scopes set is what the parameter holds. The
 * conversion then writes the parameter's name, as it writes any expression that means the same at the call.
 */
import type { SourceFile } from '../../../semantics/program';
import type { CallContext, EffectiveArgument, OpCall } from '../../../slim/model';
import { sameImplicit } from '../../../slim/rewrite/commonContext';
import type * as ast from '../../../syntax/ast';
import type { HandedParameter } from './handedParameter';
import { functionAt } from './functionAt';
import { functionAround, isFromOutside } from './observedArguments';

/** The call with its arguments replaced, and the parameters that replaced them. */
export interface HandedCall {
  readonly call: OpCall;
  readonly used: readonly HandedParameter[];
}

/** See the file comment. */
export function handDown(source: SourceFile, call: OpCall, parameters: readonly HandedParameter[]): HandedCall {
  const fn = functionAround(source, call);
  const ours = parameters.filter(({ file, ordinal }) => file === source.file && functionAt(source, ordinal) === fn);
  if (!fn || ours.length === 0) return { call, used: [] };
  const used = new Set<HandedParameter>();
  const replaceIn = (op: string, args: readonly EffectiveArgument[], of: ArgumentsOf): readonly EffectiveArgument[] =>
    args.map((argument) => {
      const parameter = ours.find(({ keyword, ops }) => keyword === argument.name && ops.has(op));
      const isOutside = call.contexts.every((context) => {
        const same = of(context)?.find(({ name }) => name === argument.name);
        return same && isFromOutside(same, source.file, fn.span);
      });
      const replaced = parameter && isOutside ? parameterArgument(source, fn, parameter) : undefined;
      if (parameter && replaced) used.add(parameter);
      return replaced ?? argument;
    });
  const contexts = call.contexts.map((context) => ({
    ...context,
    arguments: replaceIn(call.op.name, context.arguments, (one) => one.arguments),
    implicitCalls: context.implicitCalls.map((implicit) => {
      if (implicit.via !== 'normalizer_fn') return implicit;
      const args = replaceIn(implicit.op.name, implicit.arguments, (one) => sameImplicit(one.implicitCalls, implicit)?.arguments); // prettier-ignore
      return { ...implicit, arguments: args };
    }),
  }));
  return used.size > 0 ? { call: { ...call, contexts }, used: [...used] } : { call, used: [] };
}

/** The arguments of the same op in another context of the call. */
type ArgumentsOf = (context: CallContext) => readonly EffectiveArgument[] | undefined;

/** What the parameter holds is not known; its name means it everywhere in the function. */
function parameterArgument(
  source: SourceFile,
  fn: ast.FunctionDef,
  { name, keyword, function: functionName }: HandedParameter,
): EffectiveArgument | undefined {
  const own = fn.parameters.find((parameter) => parameter.name.name === name);
  if (!own) return undefined;
  const at = { file: source.file, span: own.name.span };
  return {
    name: keyword,
    text: name,
    value: { kind: 'unknown', reason: `parameter \`${name}\` of \`${functionName}\`` },
    origin: { kind: 'call', form: 'keyword', at },
    expression: at,
    overridden: [],
    certainty: 'certain',
  };
}
