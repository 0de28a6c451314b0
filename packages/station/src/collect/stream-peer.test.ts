import { expect, test } from 'vitest'
import { hostNames } from './stream-peer.ts'

test('names of a certificate are read, and none where one was made to be misread', () => {
  expect(hostNames('DNS:fw-1.example, IP Address:192.0.2.1, DNS:b.example')).toEqual([
    'fw-1.example',
    'b.example',
  ])
  expect(hostNames('DNS:"evil.example, DNS:fw-1.example, x"')).toEqual([])
  expect(hostNames('')).toEqual([])
})
