import { LogSource, OfferedService, Software } from '@haidang/contracts/system'
import { expect, test } from 'vitest'
import { logLines, serviceLines, softwareLines } from './component-lines.ts'

test('what is printed reads back the same', () => {
  const software = { name: 'nginx', version: '1.29', identifier: 'pkg:generic/nginx@1.29' }
  const service = { name: 'Cổng', protocol: 'tcp' as const, port: 443, public: true }
  const log = { name: 'nginx', kind: '', retention_days: 90, shared: true }
  expect(softwareLines.read(softwareLines.print(software))).toEqual(software)
  expect(serviceLines.read(serviceLines.print(service))).toEqual(service)
  expect(logLines.read(logLines.print(log))).toEqual(log)
  expect(softwareLines.print({ name: 'nginx', version: '', identifier: '' })).toBe('nginx')
})

test('what a line does not say the contract refuses, or is left out', () => {
  expect(OfferedService.safeParse(serviceLines.read('Cổng')).success).toBe(false)
  expect(OfferedService.safeParse(serviceLines.read('Cổng | tcp/x')).success).toBe(false)
  expect(Software.safeParse(softwareLines.read('nginx | 1 | nginx')).success).toBe(false)
  expect(LogSource.parse(logLines.read('nginx'))).toEqual({
    name: 'nginx',
    kind: '',
    shared: false,
  })
})
