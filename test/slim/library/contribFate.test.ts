/** Every symbol and sub-module of the fate table, by public path and by internal spellings. */
import { describe, expect, it } from 'vitest';
import { lookUpFate } from '../../../server/src/slim/contribFate';
import { lowConfidenceSymbols, submoduleRows, symbolRows } from '../../../server/src/slim/data/contribFateTable';

const symbols = Object.keys(symbolRows);
const low = lowConfidenceSymbols.split(' ');
const submodules = Object.keys(submoduleRows);

/** `tf.contrib.slim.metrics.X` is the module `tf.contrib.metrics`; its symbols are answered from there. */
function expectedName(symbol: string): string {
  return `tf.contrib.${symbol.replace(/^slim\.metrics\./, 'metrics.')}`;
}

describe('the whole table', () => {
  it('has the known numbers of records', () => {
    expect([symbols.length, low.length, submodules.length]).toEqual([884, 591, 113]);
  });

  it('answers every symbol by its public path', () => {
    const wrong = symbols.filter((symbol) => lookUpFate(`tf.contrib.${symbol}`)?.name !== expectedName(symbol));
    expect(wrong).toEqual([]);
  });

  it('answers members of a symbol by the symbol', () => {
    const wrong = symbols.filter((symbol) => {
      const found = lookUpFate(`tf.contrib.${symbol}.anything.below`);
      return found?.matched !== 'symbol';
    });
    expect(wrong).toEqual([]);
  });

  it('answers symbols of low confidence by their sub-module only', () => {
    const wrong = low.filter((symbol) => {
      const found = lookUpFate(`tf.contrib.${symbol}`);
      return found?.matched !== 'submodule' || found.name !== found.submodule || found.autofix !== 'none';
    });
    expect(wrong).toEqual([]);
  });

  it('answers every sub-module, and unknown names below it', () => {
    for (const submodule of submodules) {
      expect(lookUpFate(`tf.contrib.${submodule}`)?.submodule, submodule).toBe(`tf.contrib.${submodule}`);
      expect(lookUpFate(`tf.contrib.${submodule}.noSuchName`)?.name, submodule).toBe(`tf.contrib.${submodule}`);
    }
  });

  it('gives the same answer for every way to spell the root', () => {
    for (const symbol of symbols) {
      const fate = lookUpFate(`tf.contrib.${symbol}`);
      expect(lookUpFate(`tensorflow.contrib.${symbol}`)).toEqual(fate);
      expect(lookUpFate(`tensorflow.compat.v1.contrib.${symbol}`)).toEqual(fate);
    }
  });
});

describe('internal paths', () => {
  const internal: readonly (readonly [string, readonly string[]])[] = [
    [
      'layers',
      [
        'layers.python.layers',
        'layers.python.layers.layers',
        'layers.python.layers.initializers',
        'layers.python.layers.regularizers',
        'layers.python.layers.feature_column',
      ],
    ],
    ['framework', ['framework.python.ops', 'framework.python.ops.variables', 'framework.python.ops.arg_scope']],
    ['rnn', ['rnn.python.ops.core_rnn_cell', 'rnn.python.ops.rnn_cell']],
    ['losses', ['losses.python.losses.loss_ops']],
    ['metrics', ['metrics.python.ops.metric_ops', 'slim.metrics']],
    ['seq2seq', ['seq2seq.python.ops.helper', 'seq2seq.python.ops.decoder']],
    ['training', ['training.python.training.training', 'training.python.training.hparam']],
    ['slim', ['slim.python.slim']],
    ['slim.learning', ['slim.python.slim.learning']],
    ['slim.tfexample_decoder', ['slim.python.slim.data.tfexample_decoder']],
  ];

  it.each(internal)('of tf.contrib.%s lead to the public symbols', (publicModule, modules) => {
    const names = symbols
      .filter((symbol) => symbol.startsWith(`${publicModule}.`))
      .map((symbol) => symbol.slice(publicModule.length + 1))
      .filter((name) => !name.includes('.'));
    expect(names.length).toBeGreaterThan(3);
    for (const module of modules) {
      for (const name of names) {
        const expected = lookUpFate(`tf.contrib.${publicModule}.${name}`);
        expect(lookUpFate(`tf.contrib.${module}.${name}`), `${module}.${name}`).toEqual(expected);
      }
    }
  });

  it.each([
    ['tf.contrib.slim.nets.vgg.vgg_16', 'tf.contrib.slim.nets'],
    ['tf.contrib.slim.python.slim.nets.resnet_v1.resnet_v1_50', 'tf.contrib.slim.nets'],
    ['tf.contrib.layers.python.layers.utils.smart_cond', 'tf.contrib.slim.utils.smart_cond'],
    [
      'tf.contrib.learn.python.learn.preprocessing.text.VocabularyProcessor',
      'tf.contrib.learn.preprocessing.VocabularyProcessor',
    ],
    ['tf.contrib.keras.layers.Dense', 'tf.contrib.keras.layers'],
  ])('%s is answered by %s', (path, name) => {
    expect(lookUpFate(path)?.name).toBe(name);
  });
});

describe('single records', () => {
  it('knows replacement, package names, checks and the twin in tf_slim', () => {
    const fate = lookUpFate('tf.contrib.layers.l2_regularizer');
    expect(fate).toMatchObject({
      matched: 'symbol',
      submodule: 'tf.contrib.layers',
      status: 'keras',
      confidence: 'high',
      autofix: 'unsafe',
      replacement: 'tf.keras.regularizers.L2',
      tfSlim: 'tf_slim.l2_regularizer',
    });
    expect(fate?.verified.get('tf.keras.regularizers.L2')).toEqual(['keras3', 'keras2']);
  });

  it('never maps the dense layer `relu` to the activation', () => {
    expect(lookUpFate('tf.contrib.layers.relu')?.replacement).toMatch(/Dense/);
  });

  it('shows that a replacement resolves nowhere', () => {
    expect(lookUpFate('tf.contrib.crf')?.verified.get('tfa.text.crf_')).toEqual([]);
  });

  it('names the package of a sub-module', () => {
    expect(lookUpFate('tf.contrib.crf')).toMatchObject({ status: 'package-eol', package: 'tensorflow-addons' });
  });

  it.each(['tf.contrib', 'tf.contrib.noSuchModule.x', 'tf.nn.relu', 'tf_slim.conv2d'])(
    'has no answer for %s',
    (path) => {
      expect(lookUpFate(path)).toBeUndefined();
    },
  );
});
