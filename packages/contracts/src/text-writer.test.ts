import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextWriter } from './text-writer.ts'

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 40 })

test('what is taken is the texts one after the other, batch by batch, whatever was left before', () => {
  const writer = new TextWriter()
  fc.assert(
    fc.property(texts, texts, (given, dropped) => {
      for (const text of dropped) writer.write(text)
      writer.clear()
      for (const text of given) writer.write(text)
      expect(writer.length).toBe(Buffer.byteLength(given.join('')))
      expect(Buffer.from(writer.take()).toString()).toBe(given.join(''))
      expect(writer.length).toBe(0)
    }),
  )
})

test('a text larger than all before it is written whole, and what was taken does not change with it', () => {
  const writer = new TextWriter()
  writer.write('ngắn')
  const before = writer.take()
  writer.write('ế'.repeat(100_000))
  expect(Buffer.from(before).toString()).toBe('ngắn')
  expect(writer.take()).toHaveLength(300_000)
})
