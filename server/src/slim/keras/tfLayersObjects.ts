/**
 * The constructors of `tf.layers` classes (`tf.layers.Dense(10)`) as Keras's. The object behind the constructor has to be
 * followed, since calls of it change too: Keras layers have no `apply`, and `training=` is off by default here. What is
 * not seen is a caveat where any use that Keras allows is the same, else a reason.
 */
import type { TextEdit } from '../../base/textEdit';
import { lookup } from '../../semantics/scopes';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import { reasonOf } from './activations';
import { isNone } from './convolution';
import type { KerasSite } from './kerasSite';
import type { ConvertedCall } from './layers';
import { switchedOn, locationOf, pathOf, checkScopeInitializer } from './surroundings';
import { constructorArguments, type LayerRow } from './tfLayers';
import { overriddenByFit } from './training';
import { addCaveat, refuse } from '../rewrite/notes';
import { calleeName, scopeAlong } from '../rewrite/syntaxAt';
import type { EffectiveArgument } from '../model';

/** Attributes that mean the same on both sides. */
const sharedAttributes: ReadonlySet<string> = new Set([
  ...['weights', 'trainable_weights', 'non_trainable_weights', 'variables', 'trainable_variables'],
  ...['non_trainable_variables', 'get_weights', 'set_weights', 'count_params', 'trainable', 'name', 'built', 'losses'],
  ...['kernel', 'bias', 'depthwise_kernel', 'pointwise_kernel', 'gamma', 'beta', 'moving_mean', 'moving_variance'],
  ...['units', 'filters', 'kernel_size', 'strides', 'rate', 'use_bias', 'activation', 'pool_size'],
]);

/** Converts the constructor and the calls of the object; the site's notes say why not, or what stays different. */
export function convertTfLayerClass(row: LayerRow) {
  return (site: KerasSite): ConvertedCall => {
    checkKeywords(site);
    const args = constructorArguments(site, row);
    const edits = new Uses(site, row).edits();
    const callee = `${site.names.keras}.layers.${row.className}`;
    return { inputs: '', layers: [{ className: row.className, function: callee, args, callArgs: [] }], edits };
  };
}

/** Further keywords: `dtype` where it says what Keras does anyway. */
function checkKeywords(site: KerasSite): void {
  for (const argument of site.context.arguments) {
    if (argument.name === 'dtype') checkFloat32(site, argument);
    else if (argument.name === '_reuse' || argument.name === '_scope') {
      refuse(site.notes, `\`${argument.name}\` shares variables by a scope`, argument.expression);
    }
  }
}

function checkFloat32(site: KerasSite, argument: EffectiveArgument): void {
  const { value } = argument;
  const isFloat32 =
    isNone(value) ||
    (value.kind === 'str' && value.value === 'float32') ||
    (value.kind === 'external' && value.paths.every((path) => path.endsWith('.float32')));
  if (isFloat32) return;
  refuse(site.notes, `\`dtype=${argument.text}\` is not Keras's float32${reasonOf(value)}`, argument.expression);
}

/** A place where the object is used, with the nodes around it, the innermost last. */
interface Use {
  readonly node: ast.Node;
  readonly parents: readonly ast.Node[];
}

/** The uses of the object that one constructor makes. */
class Uses {
  readonly #edits: TextEdit[] = [];

  constructor(
    readonly site: KerasSite,
    readonly row: LayerRow,
  ) {}

  edits(): readonly TextEdit[] {
    const { path, node } = this.site;
    const statement = path[path.length - 2];
    const [target] = statement?.kind === 'Assign' && statement.value === node ? statement.targets : [];
    if (statement?.kind === 'Assign' && statement.targets.length === 1 && target?.kind === 'Name') {
      this.#ofVariable(target);
    } else if (statement?.kind === 'Assign' && statement.targets.length === 1 && target?.kind === 'Attribute') {
      this.#ofAttribute(target);
    } else this.#look({ node, parents: path.slice(0, -1) });
    return this.#edits;
  }

  /** `layer = tf.layers.Dense(8)` */
  #ofVariable(target: ast.Name): void {
    const { site } = this;
    const found = lookup(site.scope, target.name);
    if (!found || found.bindings.length !== 1 || site.scope.globals.has(target.name)) {
      this.#refuse(`\`${target.name}\` is bound to something else too`, target);
      return;
    }
    this.#everywhere((node, parents) => {
      if (node.kind !== 'Name' || node === target || node.name !== target.name) return;
      const here = lookup(scopeAlong(site.source, [...parents, node]), node.name);
      if (here?.scope === found.scope) this.#look({ node, parents });
    });
  }

  /** `self.layer = tf.layers.Dense(8)`: the uses in the class; another class has an attribute of its own. */
  #ofAttribute(target: ast.Attribute): void {
    const { site } = this;
    const owner = site.path.findLast((one) => one.kind === 'ClassDef');
    const name = target.attribute.name;
    if (!owner || target.value.kind !== 'Name') {
      this.#handedOn(target);
      return;
    }
    this.#everywhere((node, parents) => {
      if (node.kind !== 'Attribute' || node === target || node.attribute.name !== name) return;
      const isOwn = parents.includes(owner) && node.value.kind === 'Name';
      const statement = parents[parents.length - 1];
      const isAssigned = statement?.kind === 'Assign' && statement.targets.includes(node);
      if (isOwn && isAssigned && !this.#isSameLayer(statement.value)) {
        this.#refuse(`\`${name}\` is bound to something else too`, node);
      } else if (isOwn && !isAssigned) this.#look({ node, parents });
      else if (!isOwn && !isAssigned && this.row.trains && !isInAnotherClass(parents, owner)) this.#handedOn(node);
    });
    if (this.row.trains) {
      addCaveat(site.notes, `calls of \`${name}\` in other files must say \`training=\` themselves`);
    }
  }

  #everywhere(visit: (node: ast.Node, parents: readonly ast.Node[]) => void): void {
    walk(this.site.source.tree.module, (node, parents) => {
      visit(node, parents);
    });
  }

  /** An `else` that makes the same layer with other arguments. */
  #isSameLayer(value: ast.Expression): boolean {
    const text = this.site.source.text;
    return (
      value.kind === 'Call' &&
      new RegExp(`\\blayers\\.${this.row.className}$`).test(text.slice(value.callee.span.start, value.callee.span.end))
    );
  }

  /** What is done with the object at one place. */
  #look({ node, parents }: Use): void {
    const parent = parents[parents.length - 1];
    const outer = parents[parents.length - 2];
    if (parent?.kind === 'Call' && parent.callee === node) {
      this.#called(parent);
    } else if (parent?.kind === 'Attribute' && parent.value === node) {
      const attribute = parent.attribute.name;
      if (attribute === 'apply' && outer?.kind === 'Call' && outer.callee === parent) {
        this.#edits.push({ span: { start: node.span.end, end: parent.span.end }, newText: '' });
        this.#called(outer);
      } else if (!sharedAttributes.has(attribute)) {
        this.#refuse(`\`${attribute}\` of the layer has no known equal in Keras`, parent);
      }
    } else this.#handedOn(node);
  }

  #called(call: ast.Call): void {
    this.#checkScopes(call);
    if (!this.row.trains) return;
    const training = call.args.find(({ name }) => name?.name === 'training') ?? call.args[1];
    const [hidden] = call.args.filter(({ form }) => form === 'star' || form === 'doubleStar');
    if (hidden) this.#refuse('it is not known whether the call says `training=`', hidden);
    else if (training) this.#checkTraining(training.value);
    else if (call.args[0]) {
      const at = call.args[0].span.end;
      addCaveat(this.site.notes, overriddenByFit);
      this.#edits.push({ span: { start: at, end: at }, newText: ', training=False' });
    }
  }

  /** Keras 3 needs a Python bool. */
  #checkTraining(value: ast.Expression): void {
    const { site } = this;
    if (value.kind === 'Constant' && value.value === 'False') addCaveat(site.notes, overriddenByFit);
    if (value.kind === 'Constant' && (value.value === 'True' || value.value === 'False')) return;
    const text = site.source.text.slice(value.span.start, value.span.end);
    if (this.#isPlaceholder(value)) {
      this.#refuse(`\`training\` is a tensor (\`${text}\`), and Keras 3 needs a Python bool`, value);
    } else addCaveat(site.notes, `\`${text}\` must be a Python bool, not a placeholder`);
  }

  #isPlaceholder(value: ast.Expression): boolean {
    const name = value.kind === 'Name' ? value.name : value.kind === 'Attribute' ? value.attribute.name : undefined;
    let found = false;
    this.#everywhere((node) => {
      if (node.kind !== 'Assign' || node.value.kind !== 'Call') return;
      if (!/^placeholder(?:_with_default)?$/.test(calleeName(node.value) ?? '')) return;
      found ||= node.targets.some((target) =>
        target.kind === 'Name' ? target.name === name : target.kind === 'Attribute' && target.attribute.name === name,
      );
    });
    return found;
  }

  /** The variables are made where the object is called first. */
  #checkScopes(call: ast.Call): void {
    const { site } = this;
    const path = pathOf(site, call);
    for (const { parameter, effect, value, text } of switchedOn(site, path)) {
      this.#refuse(`\`${parameter}=${text}\` of the \`tf.variable_scope\` around a call of the layer ${effect}`, value);
    }
    const drawnByScope = site.context.arguments.some(
      ({ name, value }) => name.endsWith('_initializer') && value.kind === 'none',
    );
    if (drawnByScope) checkScopeInitializer(site, path);
  }

  /** A list, an argument, a return value: whoever has it may call it, as a Keras layer. */
  #handedOn(node: ast.Node): void {
    const { site, row } = this;
    if (row.trains) {
      this.#refuse('the layer is handed on, and may be called without `training=` elsewhere', node);
    } else if (/\.apply\s*\(/.test(site.source.text)) {
      this.#refuse('the layer is handed on, and Keras layers have no `apply`', node);
    } else {
      addCaveat(site.notes, 'the layer is handed on: whoever has it must call it, since Keras layers have no `apply`');
    }
  }

  #refuse(reason: string, node: ast.Node): void {
    refuse(this.site.notes, reason, locationOf(this.site, node));
  }
}

/** An attribute of the same name belongs to that class, if it is used there. */
function isInAnotherClass(parents: readonly ast.Node[], owner: ast.ClassDef): boolean {
  return parents.some((one) => one.kind === 'ClassDef' && one !== owner);
}
