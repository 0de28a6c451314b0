import { expect, test } from 'vitest'
import { mailKeyHealth } from './mail-key-health.ts'

const row = { expires_at: '2026-12-31T00:00:00.000Z' }
const at = (text: string) => Date.parse(text)

test.each([
  ['no key', undefined, '2026-11-01', true, 'ok', 'không có khóa'],
  ['long before its end', row, '2026-11-01', true, 'ok', '2026-12-31'],
  ['a month before its end', row, '2026-12-02', true, 'warn', 'hết hạn ngày 2026-12-31'],
  ['over', row, '2026-12-31', false, 'warn', 'không còn được ký'],
  ['not to be opened', row, '2026-11-01', false, 'warn', 'Không mở được'],
] as const)('%s', (_, key, now, canSign, state, words) => {
  const found = mailKeyHealth(key, at(now), canSign)
  expect(found.state).toBe(state)
  expect(found.cause.vi).toContain(words)
  expect(found.remedy.en === '').toBe(state === 'ok')
})
