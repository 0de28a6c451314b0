/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A whole number from 0 to below `sides`. */
  roll(sides: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }

  one<T>(list: readonly T[]): T {
    const found = list[this.roll(list.length)]
    if (found === undefined) throw new Error('an empty list')
    return found
  }
}

/** What breaks readers of text: ends, quotes, escapes, names of prototypes, dates beyond all calendars, numbers, encodings. */
const tokens: readonly Buffer[] = [
  ...['\n', '\r\n', '\t', ' ', '\0', '"', "'", '\\', '\\"', '=', ':', ';', ',', '|', '^', '#', '%'],
  ...['<', '>', '</', '<![CDATA[', '&amp;', '&#x0;', '&#x110000;', '[', ']', '{', '}', '(', ')'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '"__proto__":{"x":1},', 'null'],
  ...['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '10000-01-01', '-1', '0', '1e309', '1e-309'],
  ...['4294967296', '18446744073709551616', '9007199254740993', '0x7fffffff', 'NaN', 'Infinity'],
  ...['Feb 30 25:61:61', '1970-01-01 00:00:00', '+99:99', '<191>', '<192>1 ', '<34>1 - - - - - - '],
  ...['\u001b[31m', '\u202e', '\ufeff', '\ud83d', 'Nguyễn Văn Đức', '<script>alert(1)</script>'],
  ...[
    '%00',
    '../../',
    '::ffff:1.2.3.4',
    'fe80::1%eth0',
    '999.999.999.999',
    '[[[[[[[[',
    '{"a":{"a":',
  ],
].map((text) => Buffer.from(text))

/** Bytes no text holds: windows-1258, TCVN3, halves of UTF-8 and UTF-16, lengths of binary formats. */
const bytes: readonly Buffer[] = [
  [0xff, 0xfe],
  [0xfe, 0xff, 0x00],
  [0xef, 0xbb, 0xbf],
  [0xd0, 0xfd, 0xec, 0xcc, 0xf2],
  [0xae, 0xb8, 0xb5, 0xb6],
  [0xc3, 0x28],
  [0xf0, 0x9f],
  [0xff, 0xff, 0xff, 0xff],
  [0x00, 0x00, 0x00, 0x00],
  [0x7f, 0xff, 0xff, 0xff],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
].map((list) => Buffer.from(list))

const marks = new Set(Buffer.from(' \t\n"\'=:;,|[](){}<>/\\'))

/**
 * A neighbour of one of the `seeds`: parts left out, doubled, taken from another seed, numbers and separators put
 * in, bytes turned, the end cut off. Never longer than `longest` bytes.
 */
export function mutated(seeds: readonly Buffer[], dice: Dice, longest: number): Buffer {
  let text = dice.one(seeds)
  const times = 1 + dice.roll(4)
  for (let i = 0; i < times; i++) text = changed(text, seeds, dice)
  return text.length > longest ? text.subarray(0, longest) : text
}

function changed(text: Buffer, seeds: readonly Buffer[], dice: Dice): Buffer {
  const at = placeIn(text, dice)
  const to = Math.min(text.length, at + partOf(text, dice))
  switch (dice.roll(9)) {
    case 0:
      return joined(text.subarray(0, at), text.subarray(to))
    case 1:
      return joined(text.subarray(0, to), text.subarray(at))
    case 2:
      return joined(text.subarray(0, at), dice.one(tokens), text.subarray(to))
    case 3:
      return joined(text.subarray(0, at), dice.one(tokens), text.subarray(at))
    case 4:
      return joined(text.subarray(0, at), dice.one(bytes), text.subarray(at))
    case 5:
      return turned(text, at, dice)
    case 6:
      return text.subarray(0, at)
    case 7:
      return spliced(text, at, dice.one(seeds), dice)
    default:
      return repeated(text, at, to, dice)
  }
}

/** Two times in three where a word begins, so that whole fields are touched. */
function placeIn(text: Buffer, dice: Dice): number {
  let at = dice.roll(text.length + 1)
  if (dice.roll(3) === 0) return at
  while (at < text.length && !marks.has(text[at] ?? 0)) at++
  return at
}

function partOf(text: Buffer, dice: Dice): number {
  return dice.roll(4) === 0 ? dice.roll(text.length + 1) : dice.roll(12)
}

function turned(text: Buffer, at: number, dice: Dice): Buffer {
  const copy = Buffer.from(text)
  if (at < copy.length)
    copy[at] = dice.roll(2) === 0 ? dice.roll(256) : (copy[at] ?? 0) ^ (1 << dice.roll(8))
  return copy
}

function spliced(text: Buffer, at: number, other: Buffer, dice: Dice): Buffer {
  return joined(text.subarray(0, at), other.subarray(placeIn(other, dice)))
}

function repeated(text: Buffer, at: number, to: number, dice: Dice): Buffer {
  const part = text.subarray(at, to)
  const times = 1 << dice.roll(5)
  return joined(
    text.subarray(0, at),
    ...Array.from({ length: times }, () => part),
    text.subarray(to),
  )
}

function joined(...parts: readonly Buffer[]): Buffer {
  return Buffer.concat(parts)
}
