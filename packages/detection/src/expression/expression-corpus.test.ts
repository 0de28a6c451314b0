import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { compileExpression } from './expression.ts'

const shared = process.env['HAIDANG_SHARED']
const root = join(import.meta.dirname, '../../../..')
const directory =
  shared === undefined || shared === 'required' ? join(root, '../shared/data') : shared
const file = join(directory, 'detection/sigma-rules/sigma-rules-8eaafff1.tar.gz')
const present = shared === 'required' || existsSync(file)

interface Written {
  readonly source: string
  readonly ignoreCase: boolean
}

describe.skipIf(!present)('expressions of SigmaHQ (skipped without shared data)', () => {
  const written = present ? expressionsOf(gunzipSync(readFileSync(file))) : []

  test('all are there', () => {
    expect(written.length).toBeGreaterThan(120)
  })

  test('each finds what V8 finds in texts like those it looks for', () => {
    let found = 0
    for (const { source, ignoreCase } of written) {
      const inline = source.startsWith('(?i)')
      const native = new RegExp(source.replace(/^\(\?i\)/, ''), ignoreCase || inline ? 'i' : '')
      const compiled = compileExpression(source, { ignoreCase, multiline: false, dotAll: false })
      for (const text of samplesFor(source)) {
        const expected = native.test(text)
        found += Number(expected)
        expect([source, text, compiled.test(text, text.toLowerCase())]).toEqual([
          source,
          text,
          expected,
        ])
      }
    }
    expect(found).toBeGreaterThan(200)
  })
})

/** All values of `|re` in the rules of a tar archive. */
function expressionsOf(archive: Buffer): Written[] {
  const written = new Map<string, Written>()
  for (let at = 0; at + 512 <= archive.length; ) {
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8) || 0
    const text = archive.toString('utf8', at + 512, at + 512 + size)
    at += 512 + 512 * Math.ceil(size / 512)
    if (!text.includes('|re')) continue
    for (const each of expressionsIn(parseDocument(text, { logLevel: 'silent' }).toJS())) {
      written.set(JSON.stringify(each), each)
    }
  }
  return [...written.values()]
}

function expressionsIn(value: unknown): Written[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const [, ...modifiers] = key.split('|')
    if (!modifiers.includes('re')) return expressionsIn(inner)
    const values: unknown[] = Array.isArray(inner) ? inner : [inner]
    return values.map((each) => ({ source: String(each), ignoreCase: modifiers.includes('i') }))
  })
}

/** The source read as text, with its classes and counts made into something they may accept. */
function samplesFor(source: string): string[] {
  const near = source
    .replace(/^\(\?i\)/, '')
    .replaceAll(/\(\?:|[()^$]|\?|\|.*?(?=\))/g, '')
    .replaceAll(/\[0-9[^\]]*\]|\\d/g, '7')
    .replaceAll(/\[[^\]]*\]|\\w|\\S/g, 'b')
    .replaceAll(/\\s/g, ' ')
    .replaceAll(/\\(.)/g, '$1')
    .replaceAll(/([^}])\{(\d{1,4}),?\d*\}/g, (_, unit: string, count: string) =>
      unit.repeat(Number(count)),
    )
    .replaceAll(/\.[*+]/g, 'x')
    .replaceAll(/([^ ])[*+]/g, '$1$1')
  const around = [near, `cmd /c ${near} x`, near.toUpperCase(), `"${near}"\\set {0} && clip`]
  const ordinary = [
    'C:\\Windows\\System32\\cmd.exe /c whoami',
    'a'.repeat(1_100),
    '',
    '/'.repeat(50),
  ]
  return [...around, ...ordinary, near.slice(1), near.slice(0, -1)]
}
