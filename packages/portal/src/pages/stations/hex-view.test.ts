import { expect, test } from 'vitest'
import { hexView } from './hex-view.ts'

test('bytes stand with their place, and what does not print is a dot', () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('<13>Cảnh báo'), 0, 27, 255])
  expect(hexView(bytes).split('\n')).toEqual([
    '000000  3c 31 33 3e 43 e1 ba a3 6e 68 20 62 c3 a1 6f 00  <13>C...nh b..o.',
    '000010  1b ff                                            ..',
  ])
  expect(hexView(new Uint8Array())).toBe('')
})
