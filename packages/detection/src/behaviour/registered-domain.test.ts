import { expect, test } from 'vitest'
import { registeredDomain } from './registered-domain.ts'

test.each([
  ['www.bo-thu-nghiem.gov.vn', 'bo-thu-nghiem.gov.vn'],
  ['a.b.example.com', 'example.com'],
  ['example.vn', 'example.vn'],
  ['a.b.co.uk', 'b.co.uk'],
  ['com.vn', undefined],
  ['.com.vn', undefined],
  ['..com.vn', undefined],
  ['may-1', undefined],
  ['', undefined],
  ['.', undefined],
  ['..', undefined],
  ['.com', undefined],
  ['4.3.2.10.in-addr.arpa', undefined],
  ['10.0.0.1', undefined],
  ['may-in.phong-a.local', undefined],
])('%s is registered as %s', (name, domain) => {
  expect(registeredDomain(name)).toBe(domain)
})
