import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseWindowsXml } from './windows-xml.ts'
import { parseCutXml, parseXml } from './xml.ts'

test('elements, attributes, references and literal sections are read', () => {
  const text = `<?xml version="1.0"?><!-- x --><a:b c='1 &lt; 2' d="&#273;"><e/>x&amp;<![CDATA[<y>]]></a:b>`
  expect(parseXml(text)).toEqual({
    ok: true,
    value: {
      name: 'b',
      attributes: { c: '1 < 2', d: 'đ' },
      children: [{ name: 'e', attributes: {}, children: [], text: '' }],
      text: 'x&<y>',
    },
  })
})

test.each([
  ['<a><b></b>', 'xml.not-closed'],
  ['<a', 'xml.not-closed'],
  ['text', 'xml.no-element'],
  ['</a>', 'xml.no-element'],
  ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'xml.declaration'],
  ['<a>'.repeat(40), 'xml.too-deep'],
  [`<r>${'<a/>'.repeat(20_000)}</r>`, 'xml.too-many-elements'],
])('%.40s is refused', (text, reason) => {
  expect(parseXml(text)).toMatchObject({ ok: false, reason })
})

test('of an event that was cut off everything before the cut is read, and it says so', () => {
  const text =
    '<Event><System><EventID>1</EventID><Channel>Linux-Sysmon/Operational</Channel></System><EventData><Data Name="Image">/bin/bash</Data><Data Name="CommandLine">bash -c {ech'
  const read = parseWindowsXml(text)
  expect(read).toMatchObject({
    ok: true,
    value: {
      eventId: 1,
      fields: { Image: '/bin/bash', CommandLine: 'bash -c {ech', 'haidang.cut': true },
    },
  })
  expect(parseCutXml('<a><b')).toMatchObject({ ok: true, value: { name: 'a', children: [] } })
  expect(parseCutXml('<a')).toMatchObject({ ok: false, reason: 'xml.no-element' })
})

const pieces = fc.constantFrom(
  ...[
    '<',
    '>',
    '/',
    '</a>',
    '<a>',
    '<a b="',
    '"',
    '&',
    ';',
    '&#x',
    '<!--',
    '-->',
    '<![CDATA[',
    'x',
    ' ',
  ],
  ...[
    '<Event><System>',
    '<EventID>1</EventID>',
    '</System>',
    '<EventData><Data Name="__proto__">y</Data>',
  ],
)

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      parseXml(parts.join(''))
      parseWindowsXml(parts.join(''))
    }),
  )
  expect(({} as Record<string, unknown>)['y']).toBeUndefined()
})

test('a hostile megabyte costs no more than its length', () => {
  const before = performance.now()
  for (const piece of ['a', '<', '<a ', '<a b="', '&', '<a>', '<!--', 'a="', '<a/>', '</']) {
    parseXml(`<r>${piece.repeat(1_000_000 / piece.length)}`)
    parseXml(`<r ${piece.repeat(1_000_000 / piece.length)}></r>`)
  }
  expect(performance.now() - before).toBeLessThan(3_000)
})
