import { BlockList, isIP } from 'node:net'
import type { Scalar } from './rule-model.ts'

type NaiveTest = (text: string) => boolean

/** Whether a text fits a value under modifiers in any order. */
export function naiveTest(modifiers: readonly string[], value: Scalar): NaiveTest {
  const has = (name: string) => modifiers.includes(name)
  if (has('re')) return expressionTest(modifiers, String(value))
  if (has('cidr')) return networkTest(String(value))
  const comparison = modifiers.find((name) => Object.hasOwn(comparisons, name))
  if (comparison !== undefined) {
    const compare = comparisons[comparison]
    return (text) => text.trim() !== '' && compare?.(Number(text), Number(value)) === true
  }
  const part = modifiers.find((name) => Object.hasOwn(timeParts, name))
  if (part !== undefined) return (text) => timePart(text, part) === Number(value)
  return textTest(modifiers, String(value))
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
}

function expressionTest(modifiers: readonly string[], source: string): NaiveTest {
  const has = (name: string) => modifiers.includes(name)
  const flags = [has('i') ? 'i' : '', has('m') ? 'm' : '', has('s') ? 's' : ''].join('')
  const placed = has('startswith') ? `^(?:${source})` : has('endswith') ? `(?:${source})$` : source
  const expression = new RegExp(placed, flags)
  return (text) => expression.test(text)
}

function networkTest(written: string): NaiveTest {
  const [address = '', bits] = written.split('/')
  const family = (text: string) => (isIP(text) === 6 ? 'ipv6' : 'ipv4')
  const list = new BlockList()
  if (bits === undefined) list.addAddress(address, family(address))
  else list.addSubnet(address, Number(bits), family(address))
  return (text) =>
    isIP(text) !== 0 && family(text) === family(address) && list.check(text, family(text))
}

const timeParts: Readonly<Record<string, (time: Date) => number>> = {
  minute: (time) => time.getUTCMinutes(),
  hour: (time) => time.getUTCHours(),
  day: (time) => time.getUTCDate(),
  week: weekOf,
  month: (time) => time.getUTCMonth() + 1,
  year: (time) => time.getUTCFullYear(),
}

/** The wall clock as written: the zone is cut off; a day alone has no hour. */
function timePart(text: string, part: string): number {
  const written = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?/.exec(text)
  const [, day, time] = written ?? []
  if (day === undefined) return Number.NaN
  if (time === undefined && (part === 'hour' || part === 'minute')) return Number.NaN
  return timeParts[part]?.(new Date(`${day}T${time ?? '00:00'}Z`)) ?? Number.NaN
}

/** ISO 8601: the week of a day is that of its Thursday. */
function weekOf(time: Date): number {
  const thursday = new Date(time)
  thursday.setUTCDate(time.getUTCDate() + 4 - (time.getUTCDay() || 7))
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  return Math.floor((thursday.getTime() - first) / 86_400_000 / 7) + 1
}

/** A unit that must stand there, or a wildcard. */
type Token = { readonly unit: string } | 'any' | 'one' | 'dash'

const dashes = ['-', '/', '–', '—', '―']

function textTest(modifiers: readonly string[], value: string): NaiveTest {
  const has = (name: string) => modifiers.includes(name)
  const patterns =
    has('base64') || has('base64offset') ? encodings(modifiers, value) : [tokensOf(value)]
  const cased = has('cased')
  const placed = patterns.map((tokens): Token[] => [
    ...(has('contains') || has('endswith') ? (['any'] as const) : []),
    ...folded(
      has('windash') && !has('base64') && !has('base64offset') ? dashed(tokens) : tokens,
      cased,
    ),
    ...(has('contains') || has('startswith') ? (['any'] as const) : []),
  ])
  return (text) => {
    const units = cased ? text : text.toLowerCase()
    return placed.some((tokens) => fits(tokens, units))
  }
}

/** `\*`, `\?` and `\\` stand for themselves without the backslash; other backslashes are backslashes. */
export function tokensOf(value: string): Token[] {
  const tokens: Token[] = []
  for (let i = 0; i < value.length; i++) {
    const unit = value.charAt(i)
    if (unit === '\\' && ['*', '?', '\\'].includes(value.charAt(i + 1))) {
      i += 1
      tokens.push({ unit: value.charAt(i) })
    } else if (unit === '*') tokens.push('any')
    else if (unit === '?') tokens.push('one')
    else tokens.push({ unit })
  }
  return tokens
}

/** Lower case of neighbouring units together: some letters depend on what stands around them. */
function folded(tokens: readonly Token[], cased: boolean): Token[] {
  if (cased) return [...tokens]
  const all: Token[] = []
  let run = ''
  const flush = () => {
    all.push(
      ...run
        .toLowerCase()
        .split('')
        .map((unit) => ({ unit })),
    )
    run = ''
  }
  for (const token of tokens) {
    if (typeof token === 'object') run += token.unit
    else {
      flush()
      all.push(token)
    }
  }
  flush()
  return all
}

/** A dash or slash that begins a parameter: no word before it, a word behind it. */
function dashed(tokens: readonly Token[]): Token[] {
  const isWord = (token: Token | undefined) => typeof token === 'object' && /^\w$/.test(token.unit)
  return tokens.map((token, i) => {
    const isDash = typeof token === 'object' && (token.unit === '-' || token.unit === '/')
    return isDash && !isWord(tokens[i - 1]) && isWord(tokens[i + 1]) ? 'dash' : token
  })
}

/** Backtracking over every length a `*` may take. */
function fits(tokens: readonly Token[], text: string, from = 0, at = 0): boolean {
  const token = tokens[from]
  if (token === undefined) return at === text.length
  if (token !== 'any') {
    return at < text.length && takes(token, text.charAt(at)) && fits(tokens, text, from + 1, at + 1)
  }
  if (tokens[from + 1] === 'any') return fits(tokens, text, from + 1, at)
  for (let to = at; to <= text.length; to++) if (fits(tokens, text, from + 1, to)) return true
  return false
}

function takes(token: Exclude<Token, 'any'>, unit: string): boolean {
  if (token === 'one') return true
  return token === 'dash' ? dashes.includes(unit) : token.unit === unit
}

/** The value in base64: as a whole, or what is sure to stand there at each of three offsets. */
function encodings(modifiers: readonly string[], value: string): Token[][] {
  const literal = (text: string): Token[] => text.split('').map((unit) => ({ unit }))
  const texts = modifiers.includes('windash') ? dashVariants(value) : [value]
  const bytes = texts.map((text) => bytesOf(text, modifiers))
  if (modifiers.includes('base64')) return bytes.map((each) => literal(each.toString('base64')))
  return bytes.flatMap((each) => [0, 1, 2].map((offset) => literal(sureBase64(each, offset))))
}

function dashVariants(value: string): string[] {
  const tokens = dashed(value.split('').map((unit) => ({ unit })))
  return tokens.reduce(
    (texts, token) =>
      texts.flatMap((text) =>
        token === 'dash'
          ? dashes.map((dash) => text + dash)
          : [text + (token as { unit: string }).unit],
      ),
    [''],
  )
}

function bytesOf(text: string, modifiers: readonly string[]): Buffer {
  const has = (...names: string[]) => modifiers.some((name) => names.includes(name))
  if (has('utf16be')) return Buffer.from(text, 'utf16le').swap16()
  if (has('utf16')) return Buffer.from(`\ufeff${text}`, 'utf16le')
  return Buffer.from(text, has('wide', 'utf16le') ? 'utf16le' : 'utf8')
}

/** Digits of six bits of which none belongs to what stands before or behind. */
function sureBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes, Buffer.alloc(3)]).toString('base64')
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
}
