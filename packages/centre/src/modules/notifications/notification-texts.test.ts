import { NotificationKind } from '@haidang/contracts/notification-kind'
import { expect, test } from 'vitest'
import { notificationTexts, worded } from './notification-texts.ts'

test.each(NotificationKind.options)('%s names the same facts in both languages', (kind) => {
  const named = (language: 'vi' | 'en') => {
    const { title, lines } = notificationTexts[kind][language]
    return new Set([title, ...lines].join(' ').match(/\{\w+\}/g))
  }
  expect(named('en')).toEqual(named('vi'))
})

test('what a fact contains is one line, and is not read as a place for another fact', () => {
  const facts = {
    number: '01',
    title: 'Chặn\r\nBcc: nobody@foreign.example',
    issuer: '{organisation}',
    organisation: 'Đơn vị',
    due: '23/11/2026 08:00',
  }
  const { title, lines } = worded('order-given', 'vi', facts)
  expect(title).toBe('Lệnh 01: Chặn Bcc: nobody@foreign.example')
  expect(lines[0]).toBe('{organisation} giao lệnh 01 cho Đơn vị.')
})

test('a missing fact is a bug and says so', () => {
  expect(() => worded('station-silent', 'vi', { station: 'T1' })).toThrow('organisation')
})
