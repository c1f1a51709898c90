/**
 * `exec` and `eval`: code in a text. It is not run. A text that is known may change what it names; one that is not known
 * may change all variables. A text that calls and binds nothing changes nothing.
 */
import type { CallArguments, CallSite, Environment, PyObject, PyUnknown } from './objects';
import { pyUnknown } from './objects';
import { unknownOrHeld } from './join';
import { forgetMutatedGlobals } from './forgetGlobals';
import type { Machine } from './machine';
import { globalsOf, setVariable, variable } from './names';
import { forgetContent, notFollowed } from './notFollowed';
import { runUnseen } from './unseenCalls';
import { forgetVariables } from './variablesDict';

/** Everything that a text needs to call, bind or delete something. */
const DOES_SOMETHING =
  /[(]|(?<![=!<>])=(?!=)|:=|\b(?:import|del|def|class|for|with|global|nonlocal|yield|await|print)\b/;

/** What gives a text access to names that it does not spell. */
const REACHES_ALL =
  /\b(?:exec|eval|execfile|compile|globals|locals|vars|setattr|delattr|import|__import__|__dict__|sys)\b/;

/** Calls `exec` or `eval`. */
export function executeText(machine: Machine, name: string, args: CallArguments, site: CallSite): PyObject {
  const [text, variables] = args.positional;
  const reason = pyUnknown(`\`${name}(...)\` may change it`, site.call);
  const result = pyUnknown(`the result of \`${name}(...)\``, site.call);
  const isOwn = variables !== undefined && variables.value.kind !== 'none';
  if (isOwn || args.keywords.length > 0) notFollowed(machine, reason.reason, args, site);
  if (isOwn && !args.unknownPositional) return result;
  if (text?.value.kind !== 'str' || REACHES_ALL.test(text.value.value)) changeAll(machine, reason, site);
  else if (DOES_SOMETHING.test(text.value.value)) changeNamed(machine, text.value.value, reason, site);
  return result;
}

/** The environments that code at this place sees, innermost first. */
function seenFrom(machine: Machine): readonly Environment[] {
  const seen: Environment[] = [];
  for (let at: Environment | undefined = machine.frame.environment; at; at = at.parent) seen.push(at);
  return seen;
}

function changeAll(machine: Machine, reason: PyUnknown, site: CallSite): void {
  for (const environment of seenFrom(machine)) {
    for (const { value } of environment.variables.values()) if (value) changeObject(machine, value, reason);
    if (canRebind(machine, environment)) forgetVariables(machine, environment, reason);
  }
  forgetMutatedGlobals(machine, machine.modules);
  notFollowed(machine, reason.reason, { positional: [], keywords: [] }, site);
}

function changeNamed(machine: Machine, text: string, reason: PyUnknown, site: CallSite): void {
  for (const name of new Set(text.match(/[^\W\d]\w*/gu) ?? [])) {
    const home = seenFrom(machine).find((environment) => variable(environment, name) !== undefined);
    const value = home && variable(home, name);
    if (!value) continue;
    runUnseen(machine, value, site);
    changeObject(machine, value, reason);
    const isCode = value.kind === 'function' || value.kind === 'class' || value.kind === 'module';
    const isBound = new RegExp(
      `\\b${name}\\s*(?:[-+*/%&|^@]|//|<<|>>|\\*\\*)?=(?!=)|\\b(?:del|for|as|def|class|global)\\b`,
    ).test(text);
    if (canRebind(machine, home) && value.kind !== 'external' && (!isCode || isBound))
      setVariable(machine, home, name, unknownOrHeld([value], reason));
  }
}

/** The variables of a running function stay as they are in Python 3. */
function canRebind(machine: Machine, environment: Environment): boolean {
  const isModule = environment === globalsOf(environment);
  return isModule || environment.scope.kind === 'class' || machine.frame.source.tree.python2;
}

function changeObject(machine: Machine, value: PyObject, reason: PyUnknown): void {
  const isOwn = value.kind === 'class' && value.source === machine.frame.source;
  if (isOwn) forgetVariables(machine, value.namespace, reason);
  else forgetContent(machine, value, reason);
}
