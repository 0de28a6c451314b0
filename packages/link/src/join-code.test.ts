import { expect, test } from 'vitest'
import { readJoinCode, writeJoinCode } from './join-code.ts'

const invitation = {
  url: 'https://centre.example:8443',
  authority: Buffer.alloc(32, 7),
  secret: Buffer.alloc(16, 9),
}

test('a code survives being broken over lines', () => {
  const code = writeJoinCode(invitation)
  const pasted = ` ${code.slice(0, 20)}\n  ${code.slice(20)}\r\n`
  expect(readJoinCode(pasted)).toEqual(invitation)
})

test('a wrong character is noticed before anything is dialled', () => {
  const code = writeJoinCode(invitation)
  const wrong = code.replace(/.(?=.{30}$)/, (letter) => (letter === 'A' ? 'B' : 'A'))
  for (const bad of [wrong, code.slice(0, -3), 'HD1-', 'hello']) {
    expect(() => readJoinCode(bad)).toThrow(
      expect.objectContaining({ code: 'join.code-unreadable' }),
    )
  }
})
