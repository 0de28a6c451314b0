import { expect, test } from 'vitest'
import { strangenessOf } from './letter-model.ts'

const strange = 1.8

test.each([
  'nganhang',
  'chinhphu',
  'dichvucong',
  'thanhnien',
  'windowsupdate',
  'weatherchannel',
  'bao-tuoi-tre',
])('%s reads like words', (label) => expect(strangenessOf(label)).toBeLessThan(strange))

test.each(['xkqzvwptjf', 'qwxzkjvbhd', '3f9a0c1be77d2a40', 'vbnjhgtrfxw'])('%s does not', (label) =>
  expect(strangenessOf(label)).toBeGreaterThanOrEqual(strange),
)

test.each(['vn', 'abc', '', 'xn--bcher-kva', '------------'])('%s cannot be judged', (label) =>
  expect(strangenessOf(label)).toBeUndefined(),
)
