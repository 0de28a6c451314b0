import { expect, test } from 'vitest'
import { readKeyValues } from '../parse/key-values.ts'
import { normaliseFortigate } from './fortigate.ts'

test('a line without the type every log of FortiOS has is none', () => {
  const around = { zone: 'Asia/Ho_Chi_Minh', receivedAt: 0 }
  for (const line of ['hello', 'Accepted password for root', 'action=deny srcip=192.0.2.7']) {
    expect(normaliseFortigate(readKeyValues(line), around)).toMatchObject({
      ok: false,
      reason: 'fortigate.no-type',
    })
  }
})
