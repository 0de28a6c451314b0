import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SyslogFraming } from './syslog-framing.ts'

function messages(chunks: readonly Uint8Array[], longest = 1000, kept = 10) {
  const framing = new SyslogFraming(longest, kept)
  const found = chunks.flatMap((chunk) => framing.push(chunk))
  const last = framing.end()
  return [...found, ...(last ? [last] : [])].map(({ bytes, cutFrom }) => ({
    text: Buffer.from(bytes).toString(),
    cutFrom,
  }))
}

const whole = (text: string) => ({ text, cutFrom: undefined })

test('counted and line-framed messages are read from one connection', () => {
  const stream = Buffer.from('<1>line\n8 <1>a\nb\ncd<1>line again\r\n4 <1>xrest')
  expect(messages([stream])).toEqual(
    ['<1>line', '<1>a\nb\nc', 'd<1>line again', '<1>x', 'rest'].map(whole),
  )
})

test('however the stream is cut, the messages are the same', () => {
  const texts = fc.array(fc.stringMatching(/^[a-z <>]{1,40}$/), { minLength: 1, maxLength: 8 })
  const property = fc.property(
    texts,
    fc.array(fc.boolean()),
    fc.array(fc.nat(200)),
    (bodies, counted, cuts) => {
      const sent = bodies.map((body) => `<13>${body}`)
      const stream = Buffer.from(
        sent
          .map((text, i) => (counted[i] ? `${Buffer.byteLength(text)} ${text}` : `${text}\n`))
          .join(''),
      )
      const edges = [
        0,
        ...cuts.filter((cut) => cut < stream.length).sort((a, b) => a - b),
        stream.length,
      ]
      const chunks = edges.slice(1).map((end, i) => stream.subarray(edges[i], end))
      expect(messages(chunks)).toEqual(sent.map(whole))
    },
  )
  fc.assert(property, { numRuns: 500 })
})

test('a message too long is cut and the next one is whole, in both framings', () => {
  const long = `<1>${'x'.repeat(2000)}`
  const stream = Buffer.from(`${long}\n<1>next\n${long.length} ${long}<1>last\n`)
  const cut = { text: '<1>xxxxxxx', cutFrom: 2003 }
  const chunks = Array.from({ length: 50 }, (_, i) => stream.subarray(i * 100, i * 100 + 100))
  expect(messages(chunks)).toEqual([cut, whole('<1>next'), cut, whole('<1>last')])
})
