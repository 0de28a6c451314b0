import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extractObservables, harmless, readObservable } from './observable.ts'

test('a pasted report gives each value once, plain or made harmless, without sentences and names of files', () => {
  const text = `Máy 192.0.2.10 tải hxxps://xau[.]example/tai/a.exe (từ 198[.]51[.]100.7), rồi gọi xau.example.
    Mẫu: 44d88612fea8a8f36de82e1278abb02f = svchost.exe; thư từ "ke-gian[@]xau.example", dải 203.0.113.0/24,
    2001:db8::1 và lần nữa 192.0.2.10. Báo cáo bao-cao.docx, phiên bản 7.2`
  expect(extractObservables(text, 100).map(({ kind, value }) => `${kind} ${value}`)).toEqual([
    'address 192.0.2.10',
    'url https://xau.example/tai/a.exe',
    'address 198.51.100.7',
    'domain xau.example',
    'hash 44d88612fea8a8f36de82e1278abb02f',
    'email ke-gian@xau.example',
    'network 203.0.113.0/24',
    'address 2001:db8::1',
  ])
  expect(extractObservables(text, 2)).toHaveLength(2)
})

test('what is made harmless is no longer opened by accident, and reads back as it was', () => {
  for (const written of [
    '192.0.2.10',
    'xau.example',
    'https://xau.example/a.php?x=1.2',
    'ke-gian@xau.example',
    '44d88612fea8a8f36de82e1278abb02f',
  ]) {
    const one = readObservable(written)
    expect(one).toBeDefined()
    if (!one) continue
    expect(readObservable(harmless(one))).toEqual(one)
    if (one.kind !== 'hash') expect(harmless(one)).not.toBe(one.value)
  }
})

test('no text makes it fail or take long', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), (text) => {
      expect(extractObservables(text, 50).length).toBeLessThanOrEqual(50)
    }),
    { numRuns: 200 },
  )
  const start = performance.now()
  extractObservables('a.'.repeat(100_000), 500)
  extractObservables(`${')'.repeat(199_999)}x`, 500)
  expect(performance.now() - start).toBeLessThan(2_000)
})
