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

/** A message as it reads of one and of many: English counts in two forms, Vietnamese in one. */
function forms(text: string): { one: string; many: string } {
  const plural =
    /\{\w+, plural,(?: one \{((?:[^{}]|\{\w+\})*)\})? other \{((?:[^{}]|\{\w+\})*)\}\}/g
  return {
    one: text.replace(plural, (_, one: string | undefined, many: string) => one ?? many),
    many: text.replace(plural, (_, _one, many: string) => many),
  }
}

test('every Vietnamese message has its English', () => {
  const english = messages('en.po')
  expect(english.length).toBeGreaterThan(400)
  expect(english.filter(([, translation]) => translation === '')).toEqual([])
})

test('a translation fills in exactly what its source does', () => {
  const wrong = messages('en.po').filter(([source, translation]) => {
    const wanted = slots(forms(source).many)
    const { one, many } = forms(translation)
    // Of one it may say "once" and leave the number out.
    return slots(many).join() !== wanted.join() || slots(one).some((slot) => !wanted.includes(slot))
  })
  expect(wrong).toEqual([])
  expect(messages('en.po').filter(([, text]) => forms(text).many.includes(', plural'))).toEqual([])
})

test('both catalogues hold the same messages', () => {
  const sources = (name: string) => messages(name).map(([source]) => source)
  expect(sources('en.po')).toEqual(sources('vi.po'))
})
