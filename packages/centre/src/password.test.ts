import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weaknessOf } from './password.ts'

const file = join(import.meta.dirname, '../../../content/passwords/common.txt')
const common = new Set(readFileSync(file, 'utf8').trim().split('\n'))
const about = ['Nguyễn Văn Minh', 'minh.nguyen@bo-thu-nghiem.example', 'Bộ Thử Nghiệm']
const judged = (password: string) => weaknessOf(password, about, common)

test('the list holds the most used of three thousand and more, in small letters, each once', () => {
  expect(common.size).toBeGreaterThan(3000)
  for (const word of ['123456789', 'qwerty123456', 'football', 'iloveyou']) {
    expect(common.has(word)).toBe(true)
  }
})

test.each([
  'Football123!',
  '2026-iloveyou!!',
  '1qaz2wsx3edc',
  'QWERTYUIOPAS',
  '0123456789012',
  'zyxwvutsrqpo',
  'sunshine 2026',
])('common: %s', (password) => expect(judged(password)).toBe('password.common'))

test.each(['aaaaaaaaaaaa', 'abcabcabcabc', 'ThửThửThửThử', '121212121212', 'mậtkhẩumậtkhẩu'])(
  'repeated: %s',
  (password) => expect(judged(password)).toBe('password.repeated'),
)

test.each([
  'NguyenVanMinh1',
  'minh.nguyen@2026',
  'Bộ Thử Nghiệm 26',
  'Hải Đăng 2026!',
  'mật khẩu 123456',
  'bo-thu-nghiem-!!',
])('personal: %s', (password) => expect(judged(password)).toBe('password.personal'))

test.each([
  'con thuyền ra khơi sớm',
  'mật khẩu thật dài 1',
  'correct horse battery staple',
  'x7#Kq!29vLm@z',
  'Minh thích trà đá vỉa hè',
])('good enough: %s', (password) => expect(judged(password)).toBeUndefined())

test('any text is judged', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 128 }),
      fc.string({ maxLength: 60 }),
      (password, name) => {
        const weakness = weaknessOf(password, [name], common)
        expect(weakness === undefined || weakness.startsWith('password.')).toBe(true)
      },
    ),
    { numRuns: 200 },
  )
})
