import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { compileExpression } from '@haidang/detection/expression/expression'
import { type Located, RuleProblem } from '@haidang/detection/sigma/located-yaml'
import { readYaml } from '@haidang/detection/sigma/rule-yaml'
import { type Figure, median } from './figure.ts'

const root = join(import.meta.dirname, '..')
const given = process.env['HAIDANG_SHARED']
const shared = given === undefined || given === 'required' ? join(root, '../shared/data') : given
const archive = join(shared, 'detection/sigma-rules/sigma-rules-8eaafff1.tar.gz')
const runs = 5
const scriptLength = 8_192
const fieldLength = 1_000_000
const pieces = ['a', '\\', '`', ' ', '"', '+', '0', 'a.', ' -', '-W 00 ', '(Get-Item -Path \\', 'é']

/** Where the shared rules are absent: expressions of each kind the engine treats differently. */
const own = [
  'net\\s+user',
  '\\\\[a-zA-Z]{8}\\.tmp$',
  '[^/]{100,}$',
  '.{1000,}',
  '(Get-Item|gci).{1,64}-Path.{1,64}\\\\Run',
  '\\w+`(?:\\w+|-|.)`[\\w+|\\s]',
  '(?i)set.*&&\\s?set.*(invoke|input).*&&.*"',
]

/** Made to annoy: what the engine takes of such, it must be done with in bounded time. */
const hostile = [
  '(a+)+c',
  '(a|b)*a(a|b){480}c',
  'a.{200}b.{200}c.{100}d',
  '[ab]*a(?:[ab]|bb){14}c',
  'xyz|a\\w(?:[ab]{2}|b){12}c',
]

/** Milliseconds all expressions of the Sigma rules take together for one script block, and the slowest for a hostile field. */
export async function* figures(): AsyncGenerator<Figure> {
  const present = existsSync(archive)
  const sources = present ? corpusSources(gunzipSync(readFileSync(archive))) : own
  const none = { ignoreCase: false, multiline: false, dotAll: false }
  const compiled = sources.map((source) => compileExpression(source, none))
  const native = sources.map(
    (source) => new RegExp(source.replace(/^\(\?i\)/, ''), source.startsWith('(?i)') ? 'i' : ''),
  )
  const script = scriptBlock()
  const ours = () => {
    const lower = script.toLowerCase()
    for (const { test } of compiled) test(script, lower)
  }
  const theirs = () => {
    for (const expression of native) expression.test(script)
  }
  for (let i = 0; i < 30; i++) ours()
  yield {
    name: `expression.${present ? 'corpus' : 'own'}_8k`,
    value: rounded(median(timesOf(ours))),
    unit: `ms, ${sources.length} expressions, one thread`,
    median_of: runs,
    beside: { name: 'V8 RegExp', value: rounded(median(timesOf(theirs))) },
  }
  const worst = compiled.map(({ test, literals }) => worstTime(test, literals))
  yield {
    name: 'expression.worst_1mb_ms',
    value: rounded(Math.max(...worst)),
    unit: `ms, the slowest of ${sources.length} expressions on ${pieces.length} hostile megabytes`,
    median_of: runs,
  }
  yield {
    name: 'expression.hostile_1mb_ms',
    value: rounded(Math.max(...hostile.map(hostileTime))),
    unit: `ms, the slowest of ${hostile.length} hostile expressions on a megabyte of two letters`,
    median_of: runs,
  }
}

function hostileTime(source: string): number {
  const { test } = compileExpression(source, {
    ignoreCase: false,
    multiline: false,
    dotAll: false,
  })
  let seed = 7
  const text = Array.from({ length: fieldLength }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % 2 === 0 ? 'a' : 'b'
  }).join('')
  return median(timesOf(() => test(text, text)))
}

/** All values of `|re` in the rules of a tar archive. */
function corpusSources(archive: Buffer): string[] {
  const sources = new Set<string>()
  for (let at = 0; at + 512 <= archive.length; ) {
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8) || 0
    const text = archive.toString('utf8', at + 512, at + 512 + size)
    at += 512 + 512 * Math.ceil(size / 512)
    if (!text.includes('|re')) continue
    for (const document of readYaml(text)) {
      if (!(document instanceof RuleProblem)) collect(document, false, sources)
    }
  }
  return [...sources]
}

function collect(node: Located, expression: boolean, sources: Set<string>): void {
  if (node.kind === 'scalar') {
    if (expression) sources.add(node.text)
  } else if (node.kind === 'list') {
    for (const item of node.items) collect(item, expression, sources)
  } else {
    for (const [key, { value }] of node.entries) {
      collect(value, key.split('|').slice(1).includes('re'), sources)
    }
  }
}

/** Ends with the literals that must occur, so that nothing but the search itself says no. */
function worstTime(test: (text: string, lower: string) => boolean, literals: readonly string[]) {
  const times = pieces.map((piece) => {
    const body = piece.repeat(Math.ceil(fieldLength / piece.length))
    const text = Buffer.from(`${body}${literals[0] ?? ''}`).toString()
    const lower = text.toLowerCase()
    return median(timesOf(() => test(text, lower)))
  })
  return Math.max(...times)
}

function timesOf(run: () => void): number[] {
  return Array.from({ length: runs }, () => {
    const begun = performance.now()
    run()
    return performance.now() - begun
  })
}

/** A script of ordinary words, the same each time. */
function scriptBlock(): string {
  const words = ['function', 'Get-ChildItem', '-Path', '$env:TEMP', 'param(', '$Name', '"value"']
  const more = ['{', '}', '\r\n', 'foreach', '\\Windows\\System32\\', 'C:\\Users\\Public', '=', '|']
  const all = [...words, ...more, '0x1f', '127.0.0.1', 'net', 'new-object', '+', '`', ';', ' ']
  let seed = 7
  let script = ''
  while (script.length < scriptLength) {
    seed = (seed * 48_271) % 2_147_483_647
    script += `${all[seed % all.length]} `
  }
  return Buffer.from(script).toString()
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
