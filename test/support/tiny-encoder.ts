import { seededRandom } from '../../src/core/random';
import { floats, model, node, wholes } from './onnx-writer';

const WIDTH = 32;
const INNER = 64;
const LAYERS = 2;
const POSITIONS = 64;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const WORDS = ['tea', 'lights', 'settings', 'make', 'put', 'on', 'off', 'the', 'please', 'good', 'morning'];
const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const VOCABULARY = [...SPECIAL, ...WORDS, ...LETTERS, ...[...LETTERS].map((letter) => `##${letter}`)];

/**
 * The files of an encoder built like BERT (Devlin et al. 2019), small and with random weights: WordPiece, embeddings of
 * tokens, places and segments, layers of attention and of two dense layers with GELU, each with its residual and norm. It
 * knows nothing of what texts mean; all that a real one takes, this one takes too.
 */
export function tinyEncoder(seed = 1): Readonly<Record<string, Uint8Array<ArrayBuffer>>> {
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  return {
    'config.json': json({
      architectures: ['BertModel'],
      model_type: 'bert',
      hidden_size: WIDTH,
      intermediate_size: INNER,
      num_attention_heads: 1,
      num_hidden_layers: LAYERS,
      max_position_embeddings: POSITIONS,
      type_vocab_size: 2,
      vocab_size: VOCABULARY.length,
    }),
    'tokenizer.json': json(tokenizer()),
    'tokenizer_config.json': json({
      tokenizer_class: 'BertTokenizer',
      do_lower_case: true,
      model_max_length: POSITIONS,
      cls_token: '[CLS]',
      mask_token: '[MASK]',
      pad_token: '[PAD]',
      sep_token: '[SEP]',
      unk_token: '[UNK]',
    }),
    'onnx/model_quantized.onnx': encoder(seed),
  };
}

function tokenizer(): object {
  const special = SPECIAL.map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const [cls, sep] = [
    { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
    { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
  ];
  const around = (sequence: 'A' | 'B') => ({ Sequence: { id: sequence, type_id: sequence === 'A' ? 0 : 1 } });
  const mark = (id: string, type = 0) => ({ SpecialToken: { id, type_id: type } });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special,
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [mark('[CLS]'), around('A'), mark('[SEP]')],
      pair: [mark('[CLS]'), around('A'), mark('[SEP]'), around('B'), mark('[SEP]', 1)],
      special_tokens: { '[CLS]': cls, '[SEP]': sep },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(VOCABULARY.map((token, id) => [token, id])),
    },
  };
}

function encoder(seed: number): Uint8Array<ArrayBuffer> {
  const random = seededRandom(seed);
  const nodes: number[][] = [];
  const weights: number[][] = [
    wholes('from', [0]),
    wholes('mask-place', [1]),
    floats('one', [], Float32Array.of(1)),
    floats('half', [], Float32Array.of(0.5)),
    floats('root-two', [], Float32Array.of(Math.SQRT2)),
    floats('root-width', [], Float32Array.of(Math.sqrt(WIDTH))),
    floats('never', [], Float32Array.of(-10_000)),
  ];
  const drawn = (name: string, ...dims: readonly number[]): string => {
    const count = dims.reduce((product, dim) => product * dim, 1);
    const values = Float32Array.from({ length: count }, () => (random() - 0.5) / 2);
    weights.push(floats(name, dims, values));
    return name;
  };
  const does = (kind: string, inputs: readonly string[], output: string, more = {}): string => {
    nodes.push(node(kind, inputs, output, more));
    return output;
  };
  const dense = (input: string, name: string, from: number, to: number): string =>
    does(
      'Add',
      [does('MatMul', [input, drawn(`${name}.w`, from, to)], `${name}.x`), drawn(`${name}.b`, to)],
      name,
    );
  const norm = (input: string, name: string): string => {
    weights.push(floats(`${name}.scale`, [WIDTH], new Float32Array(WIDTH).fill(1)));
    weights.push(floats(`${name}.shift`, [WIDTH], new Float32Array(WIDTH)));
    return does('LayerNormalization', [input, `${name}.scale`, `${name}.shift`], name);
  };

  const tokens = does('Gather', [drawn('token', VOCABULARY.length, WIDTH), 'input_ids'], 'tokens');
  const segments = does('Gather', [drawn('segment', 2, WIDTH), 'token_type_ids'], 'segments');
  const length = does('Shape', ['input_ids'], 'length', { start: 1 });
  const places = does('Slice', [drawn('place', POSITIONS, WIDTH), 'from', length, 'from'], 'places');
  const summed = does('Add', [does('Add', [tokens, segments], 'seen'), places], 'summed');
  let state = norm(summed, 'embedded');
  const seen = does('Cast', ['attention_mask'], 'mask', { to: 1 });
  const hidden = does('Mul', [does('Sub', ['one', seen], 'unseen'), 'never'], 'hidden');
  const masked = does('Unsqueeze', [hidden, 'mask-place'], 'masked');
  for (let layer = 0; layer < LAYERS; layer += 1) {
    const at = `layer${layer}`;
    const [query, key, content] = ['query', 'key', 'content'].map((part) =>
      dense(state, `${at}.${part}`, WIDTH, WIDTH),
    ) as [string, string, string];
    const turned = does('Transpose', [key], `${at}.turned`, { perm: [0, 2, 1] });
    const raw = does('Div', [does('MatMul', [query, turned], `${at}.raw`), 'root-width'], `${at}.scores`);
    const shares = does('Softmax', [does('Add', [raw, masked], `${at}.allowed`)], `${at}.shares`, {
      axis: 2,
    });
    const mixed = does('MatMul', [shares, content], `${at}.mixed`);
    const attended = dense(mixed, `${at}.attended`, WIDTH, WIDTH);
    const middle = norm(does('Add', [state, attended], `${at}.with`), `${at}.middle`);
    const inner = dense(middle, `${at}.inner`, WIDTH, INNER);
    const bent = does('Erf', [does('Div', [inner, 'root-two'], `${at}.scaled`)], `${at}.erf`);
    const gate = does('Mul', [does('Add', [bent, 'one'], `${at}.gate`), 'half'], `${at}.halved`);
    const outer = dense(does('Mul', [inner, gate], `${at}.gelu`), `${at}.outer`, INNER, WIDTH);
    const isLast = layer === LAYERS - 1;
    state = norm(does('Add', [middle, outer], `${at}.sum`), isLast ? 'last_hidden_state' : `${at}.state`);
  }
  return model({
    nodes,
    weights,
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'],
    output: { name: 'last_hidden_state', width: WIDTH },
  });
}
