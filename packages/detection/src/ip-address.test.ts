import { isIPv4, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { networkText, readIp, readNetwork } from './ip-address.ts'

test.each([
  ['::', [0, 0, 0, 0]],
  ['::1', [0, 0, 0, 1]],
  ['1::', [0x10000, 0, 0, 0]],
  ['2001:DB8::1:2', [0x20010db8, 0, 0, 0x10002]],
  ['1:2:3:4:5:6:7:8', [0x10002, 0x30004, 0x50006, 0x70008]],
  ['1:2:3:4:5:6:7::', [0x10002, 0x30004, 0x50006, 0x70000]],
  ['::2:3:4:5:6:7:8', [2, 0x30004, 0x50006, 0x70008]],
  ['203.0.113.7', [0, 0, 0xffff, 0xcb007107]],
  ['::ffff:203.0.113.7', [0, 0, 0xffff, 0xcb007107]],
  ['::ffff:cb00:7107', [0, 0, 0xffff, 0xcb007107]],
  ['1:2:3:4:5:6:1.2.3.4', [0x10002, 0x30004, 0x50006, 0x1020304]],
])('%s is read', (text, words) => {
  expect(readIp(text)).toEqual(words)
})

test.each(['1:1.2.3.4::', '1.2.3.4::', '1:2:3:4:5:6:7:1.2.3.4'])(
  '%s is no address: four octets stand only at the end',
  (text) => {
    expect(readIp(text)).toBeUndefined()
  },
)

test('an address is read exactly where the platform calls it one', () => {
  const pieces = fc.constantFrom(
    '1',
    'f',
    '00ff',
    '12345',
    ':',
    '::',
    '.',
    '1.2.3.4',
    '256',
    'g',
    '%1',
  )
  const text = fc.array(pieces, { maxLength: 17 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, (written) => {
      // Leading zeros of octets are read as decimal here and refused there.
      fc.pre(!/(^|\.|:)0\d*\./.test(written) && !/\.0\d/.test(written) && !written.includes('%'))
      expect(readIp(written) !== undefined).toBe(isIPv4(written) || isIPv6(written))
    }),
    { numRuns: 30_000 },
  )
})

test('what is written of a network is read as the same network', () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }))
  const groups = fc.array(group, { minLength: 8, maxLength: 8 })
  fc.assert(
    fc.property(groups, fc.integer({ min: 0, max: 128 }), (parts, bits) => {
      const written = parts.map((part) => part.toString(16)).join(':')
      const network = readNetwork(`${written}/${bits}`)
      if (network === undefined) throw new Error(`${written} is not read`)
      expect(readNetwork(networkText(network))).toEqual(network)
      if (bits === 128 && !written.startsWith('0:0:0:0:0:')) {
        expect(networkText(network)).toBe(new URL(`http://[${written}]`).hostname.slice(1, -1))
      }
    }),
  )
})
