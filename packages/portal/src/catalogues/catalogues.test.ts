import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Messages of a catalogue: source text and translation, quotes and all. */
function messages(name: string): [source: string, translation: string][] {
  const text = readFileSync(join(import.meta.dirname, name), 'utf8')
  const found = text.matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm)
  return [...found].map(([, source = '', translation = '']) => [source, translation])
}

/** What is filled in when a message is shown. */
function slots(text: string): string[] {
  return (text.match(/\{\w+\}|<\/?\d+\/?>/g) ?? []).toSorted()
}

test('every Vietnamese message has its English', () => {
  const english = messages('en.po')
  expect(english.length).toBeGreaterThan(400)
  expect(english.filter(([, translation]) => translation === '')).toEqual([])
})

test('a translation fills in exactly what its source does', () => {
  const wrong = messages('en.po').filter(
    ([source, translation]) => slots(source).join() !== slots(translation).join(),
  )
  expect(wrong).toEqual([])
})

test('both catalogues hold the same messages', () => {
  const sources = (name: string) => messages(name).map(([source]) => source)
  expect(sources('en.po')).toEqual(sources('vi.po'))
})
